"""The report's tables: columns whose widths add up to the text's, rows of strings. Nothing is counted here but sums of what is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from eventday.kernel.clock import day_of
from eventday.programme.domain import Kind
from eventday.reports.figures import ActivityFact, ActivityFigures, Age, Figures, Group, HamletFigures, SlotFact
from eventday.web.filters import clock_time, number, share, short_date

TEXT_WIDTH, ANNEX_WIDTH = 165.0, 252.0  # mm between the margins, upright and across


@dataclass(frozen=True)
class Column:
    """`width` in mm; `kind` text, middle or number."""

    head: str
    width: float
    kind: str = "number"


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows` have as many cells as there are columns, or one (a heading over all). `total` begins behind the cells that its word spans."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    total_word: str = "Tổng cộng"
    span: int = 2


_TT = Column("TT", 9, "middle")


def dash(value: int | None) -> str:
    """A number, or “–” where there is none to be had."""
    return "–" if value is None else number(value)


_KIND_WORDS = {
    Kind.BOOTH: ("Gian hàng",),
    Kind.CONFERENCE: ("Hội nghị",),
    Kind.TALK: ("Tọa đàm",),
    Kind.STATION: ("Trạm trải nghiệm", "Trạm"),
    Kind.CLASS: ("Lớp học số", "Lớp học", "Lớp"),
}


def short_title(activity: ActivityFact) -> str:
    """The title without the word of its kind, which the table's heading says already."""
    for word in _KIND_WORDS.get(activity.kind, ()):
        rest = activity.title.removeprefix(word + " ")
        if rest != activity.title and rest:
            return rest[0].upper() + rest[1:]
    return activity.title


def times(activity: ActivityFact, days: int) -> str:
    """“07:30–16:30”, with its days where the event has several, a line each where their hours differ."""
    slots = sorted(activity.slots, key=lambda slot: slot.starts_at)
    spans = [_span(list(of_day)) for _, of_day in groupby(slots, key=lambda slot: day_of(slot.starts_at))]
    if not spans:
        return "–"
    hours = {span[1] for span in spans}
    if days == 1:
        return spans[0][1]
    if len(hours) == 1:
        return f"{spans[0][1]}\n({', '.join(short_date(day) for day, _ in spans)})"
    return "\n".join(f"{text} ({short_date(day)})" for day, text in spans)


def _span(slots: Sequence[SlotFact]) -> tuple[date, str]:
    """The day of these slots, and from when to when it goes."""
    begins, ends = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    return day_of(begins), f"{clock_time(begins)}–{clock_time(ends)}"


def of_kinds(figures: Figures, days: int) -> dict[str, Table]:
    """A table for each group of kinds that took place: booths, meetings, stations, classes, online."""
    made = {
        "booths": _booths(figures.of_kind(Kind.BOOTH)),
        "meetings": _meetings(figures.of_kind(Kind.CONFERENCE, Kind.TALK), days),
        "stations": _stations(figures.of_kind(Kind.STATION)),
        "classes": _classes(figures.of_kind(Kind.CLASS), days),
        "online": _online(figures.of_kind(Kind.ONLINE), days),
    }
    return {name: table for name, table in made.items() if table.rows}


def _rows(activities: Sequence[ActivityFigures], cells: Callable[[ActivityFigures], Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(at), short_title(activity.fact), *cells(activity)) for at, activity in enumerate(activities, start=1))


def _sum(activities: Sequence[ActivityFigures], value: Callable[[ActivityFigures], int | None]) -> str:
    values = [found for activity in activities if (found := value(activity)) is not None]
    return number(sum(values)) if values else "–"


def _booths(activities: Sequence[ActivityFigures]) -> Table:
    return Table(
        caption="Kết quả các gian hàng",
        columns=(_TT, Column("Gian hàng", 98, "text"), Column("Lượt ghé", 24), Column("Lượt thực hành", 34)),
        rows=_rows(activities, lambda one: (number(one.count.attendances), number(one.count.stamps))),
        total=(_sum(activities, lambda one: one.count.attendances), _sum(activities, lambda one: one.count.stamps)),
    )


def _registered(one: ActivityFigures) -> int | None:
    return None if one.seats is None else one.count.registered


def _filled(activities: Sequence[ActivityFigures]) -> str:
    seats = sum(one.seats or 0 for one in activities)
    return share(sum(one.count.attendances for one in activities if one.seats is not None), seats)


def _meetings(activities: Sequence[ActivityFigures], days: int) -> Table:
    head = (Column("Số chỗ", 13), Column("Đăng ký", 13), Column("Có mặt", 13), Column("Lấp đầy", 17))
    return Table(
        caption="Kết quả hội nghị, tọa đàm",
        columns=(_TT, Column("Tên hoạt động", 62, "text"), Column("Thời gian", 38, "middle"), *head),
        rows=_rows(
            activities,
            lambda one: (times(one.fact, days), dash(one.seats), dash(_registered(one)), number(one.count.attendances), _filled([one])),
        ),
        total=(
            _sum(activities, lambda one: one.seats),
            _sum(activities, _registered),
            _sum(activities, lambda one: one.count.attendances),
            _filled(activities),
        ),
        span=3,
    )


def _stations(activities: Sequence[ActivityFigures]) -> Table:
    head = (Column("Số ca", 13), Column("Số chỗ", 16), Column("Đăng ký", 17), Column("Có mặt", 17), Column("Đạt kỹ năng", 18))
    return Table(
        caption="Kết quả các trạm trải nghiệm",
        columns=(_TT, Column("Trạm trải nghiệm", 75, "text"), *head),
        rows=_rows(
            activities,
            lambda one: (
                number(len(one.fact.slots)),
                dash(one.seats),
                dash(_registered(one)),
                number(one.count.attendances),
                number(one.count.stamps),
            ),
        ),
        total=(
            _sum(activities, lambda one: len(one.fact.slots)),
            _sum(activities, lambda one: one.seats),
            _sum(activities, _registered),
            _sum(activities, lambda one: one.count.attendances),
            _sum(activities, lambda one: one.count.stamps),
        ),
    )


def _classes(activities: Sequence[ActivityFigures], days: int) -> Table:
    head = (Column("Số chỗ", 13), Column("Đăng ký", 13), Column("Có mặt", 13), Column("Đạt kỹ năng", 18))
    return Table(
        caption="Kết quả các lớp học số",
        columns=(_TT, Column("Tên lớp", 61, "text"), Column("Thời gian", 38, "middle"), *head),
        rows=_rows(
            activities,
            lambda one: (
                times(one.fact, days),
                dash(one.seats),
                dash(_registered(one)),
                number(one.count.attendances),
                number(one.count.stamps),
            ),
        ),
        total=(
            _sum(activities, lambda one: one.seats),
            _sum(activities, _registered),
            _sum(activities, lambda one: one.count.attendances),
            _sum(activities, lambda one: one.count.stamps),
        ),
        span=3,
    )


def _online(activities: Sequence[ActivityFigures], days: int) -> Table:
    return Table(
        caption="Kết quả hoạt động trực tuyến",
        columns=(_TT, Column("Tên hoạt động", 78, "text"), Column("Thời gian", 38, "middle"), Column("Đăng ký", 18), Column("Lượt tham gia", 22)),
        rows=_rows(activities, lambda one: (times(one.fact, days), dash(_registered(one)), number(one.count.online))),
        total=(_sum(activities, _registered), _sum(activities, lambda one: one.count.online)),
        span=3,
    )


_GROUPS = {
    "channels": (
        "Theo kênh đăng ký",
        {
            "web": "Trang web của xã",
            "desk": "Cán bộ đăng ký giúp",
            "api": "Phần mềm khác gửi",
            "import": "Danh sách thôn, bản",
            "walk_in": "Tại chỗ trong ngày",
        },
    ),
    "genders": ("Theo giới tính", {"male": "Nam", "female": "Nữ", "other": "Khác", "unknown": "Không khai"}),
    "ages": (
        "Theo độ tuổi",
        {
            "under_16": "Dưới 16 tuổi",
            "16_35": "Từ 16 đến 35 tuổi",
            "36_59": "Từ 36 đến 59 tuổi",
            "from_60": "Từ 60 tuổi trở lên",
            "unknown": "Không khai",
        },
    ),
}


def people(figures: Figures) -> Table:
    """Who registered and who came, by channel, gender and age: people, not attendances."""
    rows: list[tuple[str, ...]] = []
    for name, (title, words) in _GROUPS.items():
        known = {group.key: group for group in getattr(figures, name)}
        rows.append((title,))
        rows += [_person_row(word, known[key], figures.totals.came) for key, word in words.items() if key in known]
    total = figures.totals
    whole = Group("", total.registered, total.of_registered, total.walk_ins, total.came)
    return Table(
        caption="Người dân đăng ký và có mặt (đơn vị: người)",
        columns=(
            Column("Phân nhóm", 57, "text"),
            *(Column(head, 18) for head in ("Đăng ký trước", "Trong đó đến", "Tỷ lệ đến", "Đăng ký tại chỗ", "Tổng có mặt", "Cơ cấu")),
        ),
        rows=tuple(rows),
        total=_person_row("", whole, total.came)[1:],
        span=1,
    )


def _person_row(word: str, group: Group, came: int) -> tuple[str, ...]:
    return (
        word,
        number(group.registered) if group.registered else "–",
        number(group.of_registered) if group.registered else "–",
        share(group.of_registered, group.registered),
        number(group.walk_ins) if group.walk_ins else "–",
        number(group.came),
        share(group.came, came),
    )


HAMLET_WIDTHS = (9, 42, 14, 15, 16, 16, 15, 13, 12.5, 12.5, 13, 13, 13, 13, 17, 18)


def hamlet_row(at: int, row: HamletFigures) -> tuple[str, ...]:
    """A line of annex I, in the order of its columns."""
    place, count = row.hamlet, row.count
    population = place.population if place else None
    return (
        str(at),
        place.name if place else "Nơi khác hoặc không khai",
        dash(place.households if place else None),
        dash(population),
        number(count.registered),
        number(count.came),
        number(count.of_registered),
        number(count.walk_ins),
        *(number(row.genders[key]) for key in ("male", "female")),
        *(number(row.ages[age]) for age in (Age.CHILD, Age.YOUNG, Age.MIDDLE, Age.OLD)),
        number(count.attendances),
        number(1000 * count.came / population, 1) if population else "–",
    )


def hamlet_total(figures: Figures) -> tuple[str, ...]:
    """The last line of annex I, behind its two first columns. The share counts who lives in a hamlet only."""
    rows, total = figures.by_hamlet, figures.totals
    households = [row.hamlet.households for row in rows if row.hamlet and row.hamlet.households is not None]
    population = [(row.hamlet.population, row.count.came) for row in rows if row.hamlet and row.hamlet.population]
    people = sum(living for living, _ in population)
    return (
        dash(sum(households) if households else None),
        dash(people or None),
        *(number(value) for value in (total.registered, total.came, total.of_registered, total.walk_ins)),
        *(number(sum(row.genders[key] for row in rows)) for key in ("male", "female")),
        *(number(sum(row.ages[age] for row in rows)) for age in (Age.CHILD, Age.YOUNG, Age.MIDDLE, Age.OLD)),
        number(total.attendances),
        number(1000 * sum(came for _, came in population) / people, 1) if people else "–",
    )


def activity_total(figures: Figures) -> tuple[str, ...]:
    """The last line of annex II, behind its five first columns."""
    every = figures.activities
    return (number(figures.slots), _sum(every, lambda one: one.seats), _sum(every, _registered), _sum(every, lambda one: one.count.all_attendances))


def activity_rows(figures: Figures, days: int) -> list[tuple[Kind, list[tuple[str, ...]]]]:
    """The lines of annex II by kind, numbered through: title, host, place, time, slots, seats, registered, attendances."""
    at, groups = 0, []
    for kind in Kind:
        rows: list[tuple[str, ...]] = []
        for one in figures.of_kind(kind):
            at += 1
            places = sorted({slot.place for slot in one.fact.slots if slot.place})
            rows.append(
                (
                    str(at),
                    short_title(one.fact),
                    one.fact.host,
                    "; ".join(places) or "–",
                    times(one.fact, days),
                    number(len(one.fact.slots)),
                    dash(one.seats),
                    dash(_registered(one)),
                    number(one.count.all_attendances),
                )
            )
        if rows:
            groups.append((kind, rows))
    return groups


ACTIVITY_WIDTHS = (9, 63, 50, 49, 36, 10, 12, 12, 11)

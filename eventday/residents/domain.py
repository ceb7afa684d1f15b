"""How a day's programme is laid out for residents: by hour, what is on now and next, what is open all day. Pure; times are aware UTC."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from eventday.kernel.clock import day_of, local
from eventday.kernel.text import matches
from eventday.programme.domain import Admission, Event, Kind, Slot
from eventday.programme.offer import Offer, offer_of, together

_ROUNDS = 3  # so many like slots of an activity on a day are one line
_ALL_DAY = timedelta(hours=4)
_FOLD_FROM = 12  # o'clock
_FOLD_WHEN = 9  # lines of a day; fewer are shown whole
_SOON = timedelta(minutes=60)
_KIND_WORDS = ("Gian hàng ", "Trạm trải nghiệm ")  # what officials begin a title with


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the programme: a slot, or several rounds of the same length of one activity."""

    slot: Slot
    offer: Offer
    rounds: int = 1
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """The length of one round."""
        return int((self.slot.ends_at - self.slot.starts_at).total_seconds() // 60)


@dataclass(frozen=True)
class OpenAllDay:
    """The booths, or the stations, that are open for hours and walked into, as one line."""

    kind: Kind
    slots: tuple[Slot, ...]

    @property
    def opens_at(self) -> datetime:
        return min(slot.starts_at for slot in self.slots)

    @property
    def closes_at(self) -> datetime:
        return max(slot.ends_at for slot in self.slots)

    @property
    def place(self) -> str:
        """Where most of them stand."""
        return Counter(slot.place for slot in self.slots).most_common(1)[0][0]

    @property
    def names(self) -> str:
        """A few of them, without the word that they all begin with."""
        return ", ".join(short_title(slot.title) for slot in self.slots[:3])


@dataclass(frozen=True)
class Hour:
    starts_at: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class DayProgramme:
    """A day as it is read: on the day itself `now` and `soon` come first; `later` may be folded, `past` is."""

    now: tuple[Line, ...] = ()
    soon: tuple[Line, ...] = ()
    hours: tuple[Hour, ...] = ()
    later: tuple[Hour, ...] = ()
    past: tuple[Line, ...] = ()
    all_day: tuple[OpenAllDay, ...] = ()

    @property
    def later_count(self) -> int:
        return sum(len(hour.lines) for hour in self.later)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader asked for: words, a kind; nothing asked is everything."""

    text: str = ""
    kind: Kind | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.kind)

    def fits(self, slot: Slot, description: str) -> bool:
        """Words are looked for without diacritics, in the title, host, place and description."""
        if self.kind and slot.kind is not self.kind:
            return False
        return matches(self.text, f"{slot.title} {slot.host} {slot.place} {description}")


def days(event: Event, slots: Iterable[Slot]) -> list[date]:
    """The days on which there is something, in order; the event's own where there is nothing."""
    found = sorted({day_of(slot.starts_at) for slot in slots})
    if found:
        return found
    return [event.first_day + timedelta(days=n) for n in range(min((event.last_day - event.first_day).days + 1, 31))]


def day_shown(wanted: str | None, choices: Sequence[date], today: date) -> date:
    """The day asked for if it is one of `choices`; else today or the next one, else the last."""
    by_name = {day.isoformat(): day for day in choices}
    if wanted in by_name:
        return by_name[wanted]
    return next((day for day in choices if day >= today), choices[-1])


def lay_out(slots: Sequence[Slot], *, now: datetime, today: bool, waiting_limit: int) -> DayProgramme:
    """Lay out all slots of one day. Cancelled ones stay in their hour; they are told as such."""
    all_day = tuple(_open_all_day(slots))
    joined = {slot.id for group in all_day for slot in group.slots}
    lines = _lines([slot for slot in slots if slot.id not in joined], now, waiting_limit)
    if not today:
        first, later = _folded(lines)
        return DayProgramme(hours=_hours(first), later=_hours(later), all_day=all_day)
    past = tuple(line for line in lines if line.ends_at <= now)
    running = tuple(line for line in lines if line.slot.starts_at <= now < line.ends_at and not line.slot.cancelled_at)
    coming = [line for line in lines if line.slot.starts_at > now or (line.slot.cancelled_at and line.ends_at > now)]
    soon = _soon(coming, now)
    rest = [line for line in coming if line not in soon]
    return DayProgramme(now=running, soon=soon, hours=_hours(rest), past=past, all_day=all_day)


def plain(slots: Sequence[Slot], *, now: datetime, waiting_limit: int) -> DayProgramme:
    """The slots by hour and nothing joined or folded: for what was searched or filtered."""
    return DayProgramme(hours=_hours(_lines(slots, now, waiting_limit)))


def short_title(title: str) -> str:
    """“VNeID” of “Gian hàng VNeID – Định danh điện tử”."""
    for word in _KIND_WORDS:
        title = title.removeprefix(word)
    return title.split(" – ")[0]


def split_title(title: str) -> tuple[str, str]:
    """“Lớp học số”, “X” of “Lớp học số “X””; the first is empty where the title is not of that form."""
    label, quote, rest = title.partition("“")
    if quote and rest.endswith("”") and label.strip():
        return label.strip(), rest[:-1]
    return "", title


def clash(slot: Slot, held: Iterable[Slot]) -> Slot | None:
    """The first of the slots somebody has already that overlaps this one."""
    return next((other for other in held if other.starts_at < slot.ends_at and slot.starts_at < other.ends_at), None)


def _open_all_day(slots: Sequence[Slot]) -> Iterator[OpenAllDay]:
    """Booths, then stations, where there are several; one alone stands in its hour."""
    for kind in (Kind.BOOTH, Kind.STATION):
        alike = tuple(slot for slot in slots if slot.kind is kind and _is_all_day(slot))
        if len(alike) > 1:
            yield OpenAllDay(kind, alike)


def _is_all_day(slot: Slot) -> bool:
    long = slot.ends_at - slot.starts_at >= _ALL_DAY
    return long and slot.admission is Admission.OPEN and not slot.cancelled_at


def _lines(slots: Sequence[Slot], now: datetime, waiting_limit: int) -> list[Line]:
    """Lines in order of start; like rounds of an activity are joined at the first that has not ended."""
    alike: dict[tuple[UUID, UUID | None, timedelta, bool], list[Slot]] = {}
    for slot in slots:
        alike.setdefault((slot.activity_id, slot.space_id, slot.ends_at - slot.starts_at, bool(slot.cancelled_at)), []).append(slot)
    lines: list[Line] = []
    for rounds in alike.values():
        groups = [rounds] if len(rounds) >= _ROUNDS else [[slot] for slot in rounds]
        lines += [_line(group, now, waiting_limit) for group in groups]
    return sorted(lines, key=lambda line: line.slot.starts_at)


def _line(rounds: list[Slot], now: datetime, waiting_limit: int) -> Line:
    coming = [slot for slot in rounds if slot.ends_at > now] or rounds[-1:]
    offer = together([offer_of(slot, now, waiting_limit) for slot in coming])
    return Line(slot=coming[0], offer=offer, rounds=len(coming), ends_at=coming[-1].ends_at)


def _hours(lines: Iterable[Line]) -> tuple[Hour, ...]:
    return tuple(Hour(start, tuple(group)) for start, group in groupby(lines, key=lambda line: line.slot.starts_at))


def _folded(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """What is shown at once, and the afternoon and evening where the day is long."""
    morning = [line for line in lines if local(line.slot.starts_at).hour < _FOLD_FROM]
    if len(lines) < _FOLD_WHEN or not morning:
        return lines, []
    return morning, [line for line in lines if line not in morning]


def _soon(coming: Sequence[Line], now: datetime) -> tuple[Line, ...]:
    """What begins within the hour; if nothing does, what begins next."""
    begins = [line for line in coming if not line.slot.cancelled_at]
    soon = tuple(line for line in begins if line.slot.starts_at - now <= _SOON)
    return soon or tuple(line for line in begins[:3] if line.slot.starts_at == begins[0].slot.starts_at)

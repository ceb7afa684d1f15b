"""One line of a table → one row of a plan."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from eventday.imports.cells import (
    hosts_of,
    is_blank,
    is_ditto,
    is_online_word,
    kind_of_cell,
    kind_of_heading,
    kind_of_title,
    people,
    says_only_in_person,
)
from eventday.imports.days import day_of_name, day_of_title
from eventday.imports.findings import Findings, PlanRow
from eventday.imports.headings import Column
from eventday.imports.moments import TIME_COLUMNS, Cell, Moment, read_moment, shown
from eventday.imports.sheet import CellError, Sheet, Value
from eventday.imports.table import Grid, Table
from eventday.imports.times import read as read_when
from eventday.imports.when import Days, When
from eventday.kernel.text import fold, tidy
from eventday.places.domain import ONLINE, Host, Space, find_space
from eventday.programme.domain import Kind, Part
from eventday.programme.planned import Planned, number_of

_NOBODY = ("khong", "khong co")
_MAX_TITLE, _MAX_HOST, _MAX_SHORT, _MAX_LONG = 200, 160, 200, 2_000


@dataclass(frozen=True)
class Known:
    """What a plan is read against: the event's days, the commune's spaces and hosts."""

    days: Days
    spaces: tuple[Space, ...]
    hosts: tuple[Host, ...] = ()

    @property
    def online_space(self) -> Space | None:
        """The commune's online place, where it has exactly one."""
        online = [space for space in self.spaces if space.kind == ONLINE]
        return online[0] if len(online) == 1 else None


@dataclass
class Context:
    """What stands above a row: the sheet's name and day, the group, the values that “nt” repeats."""

    sheet: Sheet
    table: Table
    known: Known
    outer_kind: Kind | None
    day: date | None
    kind: Kind | None = None
    part: Part | None = None
    above: dict[int, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, table: Table, known: Known) -> "Context":
        kinds = (kind_of_heading(text) for text in (table.title_heading, sheet.name, *reversed(table.titles)))
        days = {day for title in table.titles if (day := day_of_title(title, known.days))}
        day = days.pop() if len(days) == 1 else None if days else day_of_name(sheet.name, known.days)
        return cls(sheet, table, known, next((kind for kind in kinds if kind), None), day)

    def enter_group(self, text: str) -> None:
        """A group's heading gives its rows a kind, a day or a part of the day; one of a day or part alone leaves the kind."""
        kind = kind_of_heading(text)
        when = read_when(_without_number(text), self.known.days)
        part = when.part if isinstance(when, When) else None
        day = day_of_title(text, self.known.days)
        if day:
            self.day, self.part = day, None
        self.part = part or self.part
        self.kind = self.kind if kind is None and (day or part) else kind


def _without_number(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if len(head) <= 5 and head.rstrip(".)-/:").isalnum() and rest and head[-1:] in ".)-/:" else text


class _Row:
    """The cells of one line by role, “nt” resolved; errors of cells are told as they are met."""

    def __init__(self, grid: Grid, row: int, context: Context, findings: Findings) -> None:
        self.sheet, self.row, self.context, self.findings = grid.sheet.name, row, context, findings
        self.faulty = self.doubtful = self.unplaceable = False
        self._cells: dict[Column, list[Cell]] = {}
        self.broken: set[Column] = set()
        for role, columns in context.table.columns.items():
            self._cells[role] = [Cell(role, column, value) for column in columns if (value := self._value(grid, role, column)) is not None]

    def _value(self, grid: Grid, role: Column, column: int) -> Value | None:
        value = grid.value(self.row, column)
        if is_ditto(value):
            value = self.context.above.get(column, value)
        if isinstance(value, CellError):
            if role is not Column.NO:
                self.error(column, "cell_error" if value.text != "NO VALUE" else "cell_not_calculated", value=value.text)
                self.broken.add(role)
            return None
        if value is not None:
            self.context.above[column] = value
        return value

    def cells(self, *roles: Column) -> list[Cell]:
        return [cell for role in roles for cell in self._cells.get(role, [])]

    def texts(self, role: Column, limit: int = _MAX_LONG) -> list[str]:
        found = []
        for cell in self._cells.get(role, []):
            text = shown(cell.value) if not isinstance(cell.value, str) else cell.value
            if len(tidy(text)) > limit:
                self.error(cell.column, "text_too_long", limit=limit, length=len(tidy(text)))
                text = text[:limit]
            found.append(text)
        return found

    def text(self, role: Column, limit: int = _MAX_LONG) -> str:
        return "; ".join(filter(None, map(tidy, self.texts(role, limit))))

    def column(self, role: Column) -> int:
        return self.context.table.columns.get(role, self.context.table.columns[Column.TITLE])[0]

    def error(self, column: int, code: str, **facts: object) -> None:
        self.faulty = True
        self.findings.error(self.sheet, self.row, column, code, **facts)

    def warning(self, column: int, code: str, **facts: object) -> None:
        self.doubtful = True
        self.findings.warning(self.sheet, self.row, column, code, **facts)


def read_row(grid: Grid, number: int, context: Context, findings: Findings) -> PlanRow | None:
    """The row, faulty or not; None where it has no title or kind, which is told."""
    row = _Row(grid, number, context, findings)
    title, description = _title(row)
    moment = _moment(row)
    space, online = _place(row)
    kind = _kind(row, title, online)
    host, co_hosts = _hosts(row)
    capacity = _capacity(row, space)
    _check_hours(row, moment, space)
    code = _number(row)
    if not title or kind is None:
        return None
    online_space = context.known.online_space if kind is Kind.ONLINE and not row.cells(Column.PLACE) else None
    stands = space or online_space
    planned = Planned(
        title=title,
        kind=kind,
        host=host,
        co_hosts=co_hosts,
        space_id=stands.id if stands else None,
        space_capacity=stands.capacity if stands else 0,
        placed_online=online or online_space is not None or (kind is Kind.ONLINE and not row.cells(Column.PLACE)),
        day=moment.day,
        start=moment.start,
        end=moment.end,
        part=moment.part,
        capacity=capacity,
        description=description,
        audience=row.text(Column.AUDIENCE, _MAX_SHORT),
        equipment=row.text(Column.EQUIPMENT),
        speaker=row.text(Column.SPEAKER, _MAX_SHORT),
        note=row.text(Column.NOTE),
        number=code,
    )
    columns = {role: cells[0].column for role in context.table.columns if (cells := row.cells(role))}
    columns |= {role: numbers[0] for role, numbers in context.table.columns.items() if role not in columns}
    return PlanRow(row.sheet, row.row, planned, space, columns, row.faulty, row.doubtful, row.unplaceable)


def _title(row: _Row) -> tuple[str, str]:
    texts = [tidy(text.lstrip("-+•* \t\n")) for text in row.texts(Column.TITLE)]
    title_column = row.column(Column.TITLE)
    here = [cell for cell in row.cells(Column.TITLE) if cell.column == title_column]
    title = texts[0] if here else ""
    if not fold(title) and Column.TITLE not in row.broken:
        row.error(title_column, "missing_title")
        return "", ""
    if len(title) > _MAX_TITLE:
        row.error(title_column, "text_too_long", limit=_MAX_TITLE, length=len(title))
    return title[:_MAX_TITLE], " – ".join(text for text in texts[1:] if text)


def _moment(row: _Row) -> Moment:
    context = row.context
    cells = row.cells(*TIME_COLUMNS)
    moment = read_moment(cells, context.known.days, date1904=context.sheet.date1904, day=context.day, part=context.part)
    for trouble in moment.troubles:
        (row.warning if trouble.is_warning else row.error)(trouble.column, trouble.code, **trouble.facts)
        row.unplaceable |= not trouble.is_warning
    return moment


def _place(row: _Row) -> tuple[Space | None, bool]:
    """The space of a row, and whether it is online. Several place columns (phòng, địa điểm) are one place."""
    texts = [tidy(text) for text in row.texts(Column.PLACE, _MAX_SHORT) if fold(text)]
    if not texts:
        return None, False
    spaces = row.context.known.spaces
    tries = [", ".join(texts), ", ".join(reversed(texts)), *(texts if len(texts) == 1 else ())]
    space = next((found for text in tries if (found := _find(text, spaces))), None)
    if space is None and len(set(map(fold, texts))) == 1:
        space = _find(texts[0], spaces)
    if space:
        return space, space.kind == ONLINE
    if all(map(is_online_word, texts)):
        online = row.context.known.online_space
        return online, True
    row.error(row.cells(Column.PLACE)[0].column, "unknown_place", value=", ".join(texts), near=_near(texts[0], spaces))
    row.unplaceable = True
    return None, False


@lru_cache(maxsize=4096)
def _find(text: str, spaces: tuple[Space, ...]) -> Space | None:
    return find_space(text, spaces)


def _near(text: str, spaces: tuple[Space, ...]) -> str:
    """The known space with the most words of the text, as a hint; empty where none has most of them."""
    words = set(fold(text).split())
    scored = [(len(words & set(fold(name).split())) / max(len(words), 1), space.full_name) for space in spaces for name in space.aliases]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= 0.75 else ""


def _kind(row: _Row, title: str, online: bool) -> Kind | None:
    if Column.KIND in row.broken:
        return None
    text = row.text(Column.KIND)
    if fold(text) and not says_only_in_person(text):
        kind = kind_of_cell(text)
        if kind is None:
            row.error(row.column(Column.KIND), "unknown_kind", value=text)
        return kind
    if online:
        return Kind.ONLINE
    kind = kind_of_title(title) or row.context.kind or row.context.outer_kind
    if kind is None and title:
        row.error(row.column(Column.KIND), "unknown_kind", value="")
    return kind


def _hosts(row: _Row) -> tuple[str, tuple[str, ...]]:
    known = row.context.known.hosts
    columns = row.context.table.columns.get(Column.HOST, [])
    texts = {cell.column: cell.value if isinstance(cell.value, str) else shown(cell.value) for cell in row.cells(Column.HOST)}
    hosts = next((found for column in columns if column in texts and (found := hosts_of(texts[column], known))), ())
    partners = tuple(name for text in row.texts(Column.CO_HOST) for name in hosts_of(text, known, one_a_line=True) if fold(name) not in _NOBODY)
    if columns and not hosts and Column.HOST not in row.broken:
        row.warning(columns[0], "missing_host")
    if hosts and len(hosts[0]) > _MAX_HOST:
        row.error(row.column(Column.HOST), "text_too_long", limit=_MAX_HOST, length=len(hosts[0]))
    host = hosts[0][:_MAX_HOST] if hosts else ""
    return host, tuple(dict.fromkeys(name for name in (*hosts[1:], *partners) if name != host))


def _capacity(row: _Row, space: Space | None) -> int | None:
    cells = [cell for cell in row.cells(Column.CAPACITY) if not isinstance(cell.value, str) or not is_blank(cell.value)]
    if not cells:
        return None
    number = people(cells[0].value)
    if isinstance(number, str):
        row.error(cells[0].column, number, value=shown(cells[0].value))
        return None
    if space and 0 < space.capacity < number:
        row.error(cells[0].column, "over_capacity", value=number, capacity=space.capacity, place=space.full_name)
    return number


def _check_hours(row: _Row, moment: Moment, space: Space | None) -> None:
    """Warns where a space is shut then: a key can be fetched, but somebody must ask."""
    if space is None or space.kind == ONLINE or row.unplaceable:
        return
    facts = {"place": space.full_name, "opens": space.opens, "closes": space.closes}
    starts = [cell.column for cell in row.cells(Column.START, Column.TIME, Column.DATE)]
    if moment.start and not space.opens <= moment.start < space.closes:
        row.warning(starts[0] if starts else row.column(Column.TITLE), "outside_opening_hours", **facts)
    elif moment.end and moment.end > space.closes:
        row.warning(moment.end_column or row.column(Column.TITLE), "outside_opening_hours", **facts)


def _number(row: _Row) -> int | None:
    text = row.text(Column.CODE)
    number = number_of(text) if text else None
    if text and number is None and fold(text).startswith("hd"):
        row.error(row.column(Column.CODE), "unknown_code", value=text)
    return number

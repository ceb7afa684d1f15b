"""One line of a table → one row of a plan."""

from dataclasses import replace

from eventday.imports.cells import is_blank, kind_of_cell, kind_of_title, people, says_only_in_person
from eventday.imports.context import Context
from eventday.imports.findings import Findings, PlanRow
from eventday.imports.headings import Column
from eventday.imports.moments import TIME_COLUMNS, Moment, read_moment, shown
from eventday.imports.row_cells import MAX_LONG, RowCells
from eventday.imports.row_place import Place, read_place, stays_put, warn_if_shut
from eventday.imports.table import Grid
from eventday.kernel.text import fold, tidy
from eventday.places.domain import Space
from eventday.programme.domain import Kind
from eventday.programme.planned import Planned, number_of

_NOBODY = ("khong", "khong co")
_MAX_TITLE, _MAX_HOST, _MAX_SHORT = 200, 160, 200


def read_row(grid: Grid, number: int, context: Context, findings: Findings) -> PlanRow | None:
    """The row, faulty or not; None where it has no title or kind, which is told."""
    row = RowCells(grid, number, context, findings)
    title, description = _title(row)
    moment = _moment(row)
    place = read_place(row)
    kind = _kind(row, title, place.online)
    host, co_hosts = _hosts(row)
    capacity = _capacity(row, place.space)
    warn_if_shut(row, moment, place.space)
    code = _number(row)
    if not title or kind is None:
        return None
    named = Planned(title=title, kind=kind, host=host, co_hosts=co_hosts, description=description, capacity=capacity, number=code)
    planned = _placed(_described(named, row), moment, place, row)
    return PlanRow(row.sheet, row.row, planned, place.space, _columns(row), row.faulty, row.doubtful, row.unplaceable)


def _described(planned: Planned, row: RowCells) -> Planned:
    return replace(
        planned,
        audience=_text(row, Column.AUDIENCE, _MAX_SHORT),
        equipment=_text(row, Column.EQUIPMENT),
        speaker=_text(row, Column.SPEAKER, _MAX_SHORT),
        note=_text(row, Column.NOTE),
    )


def _text(row: RowCells, role: Column, limit: int = MAX_LONG) -> str:
    return str(getattr(row.own.planned, role)) if row.own and row.stands(role) else row.text(role, limit)


def _placed(planned: Planned, moment: Moment, place: Place, row: RowCells) -> Planned:
    """With its day, hours and place; what is online and names no place takes the commune's online one."""
    online = planned.kind is Kind.ONLINE and not row.cells(Column.PLACE) and not stays_put(row)
    space = place.space or (row.context.known.online_space if online else None)
    return replace(
        planned,
        day=moment.day,
        start=moment.start,
        end=moment.end,
        part=moment.part,
        space_id=space.id if space else None,
        space_capacity=space.capacity if space else 0,
        placed_online=place.online or online,
    )


def _columns(row: RowCells) -> dict[Column, int]:
    """Where each of its cells stands: of several columns of a role the first with a value, else the first."""
    columns = row.context.table.columns
    return {role: cells[0].column if (cells := row.cells(role)) else numbers[0] for role, numbers in columns.items()}


def _title(row: RowCells) -> tuple[str, str]:
    if row.own and row.stands(Column.TITLE):
        return row.own.planned.title, row.own.planned.description
    texts = [tidy(text.lstrip("" if row.own else "-+•* \t\n")) for text in row.texts(Column.TITLE)]
    title_column = row.column(Column.TITLE)
    here = [cell for cell in row.cells(Column.TITLE) if cell.column == title_column]
    title = texts[0] if here else ""
    if not fold(title) and Column.TITLE not in row.broken:
        row.error(title_column, "missing_title")
        return "", ""
    if len(title) > _MAX_TITLE:
        row.error(title_column, "text_too_long", limit=_MAX_TITLE, length=len(title))
    return title[:_MAX_TITLE], " – ".join(text for text in texts[1:] if text)


def _moment(row: RowCells) -> Moment:
    context = row.context
    if row.own and row.stands(*TIME_COLUMNS):
        own = row.own.planned
        return Moment(own.day, own.start, own.end, own.part, end_column=row.column(Column.END))
    cells = row.cells(*TIME_COLUMNS)
    moment = read_moment(cells, context.known.days, date1904=context.sheet.date1904, day=context.day, part=context.part)
    for trouble in moment.troubles:
        (row.warning if trouble.is_warning else row.error)(trouble.column, trouble.code, **trouble.facts)
        row.unplaceable |= not trouble.is_warning
    return moment


def _kind(row: RowCells, title: str, online: bool) -> Kind | None:
    if Column.KIND in row.broken:
        return None
    if row.own and row.stands(Column.KIND):
        return row.own.planned.kind
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


def _hosts(row: RowCells) -> tuple[str, tuple[str, ...]]:
    if row.own and row.stands(Column.HOST, Column.CO_HOST):
        return row.own.planned.host, row.own.planned.co_hosts
    known = row.context.known
    columns = row.context.table.columns.get(Column.HOST, [])
    texts = {cell.column: cell.value if isinstance(cell.value, str) else shown(cell.value) for cell in row.cells(Column.HOST)}
    stands = (row.own.planned.host,) if row.own and row.stands(Column.HOST) else None
    hosts = stands or next((found for column in columns if column in texts and (found := known.hosts_in(texts[column]))), ())
    partners = tuple(name for text in row.texts(Column.CO_HOST) for name in known.hosts_in(text, one_a_line=True) if fold(name) not in _NOBODY)
    if columns and not hosts and Column.HOST not in row.broken:
        row.warning(columns[0], "missing_host")
    if hosts and len(hosts[0]) > _MAX_HOST:
        row.error(row.column(Column.HOST), "text_too_long", limit=_MAX_HOST, length=len(hosts[0]))
    host = hosts[0][:_MAX_HOST] if hosts else ""
    return host, tuple(dict.fromkeys(name for name in (*hosts[1:], *partners) if name != host))


def _capacity(row: RowCells, space: Space | None) -> int | None:
    if row.own and row.stands(Column.CAPACITY, Column.PLACE):
        return row.own.planned.capacity
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


def _number(row: RowCells) -> int | None:
    text = row.text(Column.CODE)
    number = number_of(text) if text else None
    if text and number is None and fold(text).startswith("hd"):
        row.error(row.column(Column.CODE), "unknown_code", value=text)
    return number

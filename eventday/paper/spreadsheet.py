"""A table as an Excel workbook that prints well. What people typed stays text: no cell of it is a formula, whatever it begins with."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | date | time | None
_HEAD = PatternFill("solid", fgColor="0B4F94")
_HEAD_FONT = Font(name="Arial", size=11, bold=True, color="FFFFFF")
_FONT, _STRONG = Font(name="Arial", size=11), Font(name="Arial", size=11, bold=True)
_LINE = Side("thin", color="C9D1D9")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP, _MIDDLE = Alignment(vertical="top", wrap_text=True), Alignment(vertical="center", wrap_text=True)
_SPARE_ROWS = 200  # below the last one, where a choice is still offered


@dataclass(frozen=True)
class Heading:
    """A column: its heading, its width in characters, and the words one chooses from, if any. `strong`: what its rows are known by."""

    text: str
    width: float
    choices: tuple[str, ...] = ()
    strong: bool = False


def workbook(name: str, headings: Sequence[Heading], rows: Iterable[Sequence[CellValue]], *, title: str, kept: int = 1) -> bytes:
    """One sheet; the heading and the first `kept` columns stay in view. `title` stands above each printed page."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for number, row in enumerate([[heading.text for heading in headings], *rows], 1):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), value, headings[column - 1], is_head=number == 1)
    _lay_out(sheet, headings, kept)
    _set_up_pages(sheet, title)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(cell: Cell | MergedCell, value: CellValue, heading: Heading, *, is_head: bool) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        cell.data_type = "s"
        cell.quotePrefix = not value[:1].isalnum()
    else:
        cell.value = value
    if isinstance(value, time):
        cell.number_format = "hh:mm"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    cell.border = _GRID
    cell.font = _HEAD_FONT if is_head else _STRONG if heading.strong else _FONT
    cell.alignment = _MIDDLE if is_head else _TOP
    if is_head:
        cell.fill = _HEAD


def _lay_out(sheet: Worksheet, headings: Sequence[Heading], kept: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(kept + 1)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{max(sheet.max_row, 2)}"
    sheet.row_dimensions[1].height = 32
    for number, heading in enumerate(headings, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = heading.width
        if heading.choices:
            choice = DataValidation("list", formula1=f'"{",".join(heading.choices)}"', allow_blank=True, showErrorMessage=False)
            choice.add(f"{letter}2:{letter}{sheet.max_row + _SPARE_ROWS}")
            sheet.add_data_validation(choice)


def _set_up_pages(sheet: Worksheet, title: str) -> None:
    """A4 across, as wide as the page, the heading on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=title.replace("&", "&&")))
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P/&N"))

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, time

import openpyxl
import pytest
from openpyxl.styles import Font

from eventday.imports import workbook
from eventday.imports.errors import BadWorkbook
from eventday.imports.sheet import Area, CellError

SHEET = "xl/worksheets/sheet1.xml"


def book(fill: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["Nội dung", "Địa điểm"])
    if fill:
        fill(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def altered(data: bytes, change: Callable[[bytes], bytes] | None = None, extra: dict[str, bytes] | None = None, without: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename != without:
                new.writestr(entry.filename, change(part) if change and entry.filename == SHEET else part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return content.getvalue()


def doctype(definition: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        return b'<?xml version="1.0"?><!DOCTYPE x [' + definition + b"]>" + part[part.index(b"<worksheet") :]

    return change


def put(cells: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"</sheetData>", cells + b"</sheetData>")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "workbook_not_xlsx", id="empty"),
        pytest.param(b"<html><table>", "workbook_not_xlsx", id="html"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook_old_xls", id="xls"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook_protected", id="password"),
        pytest.param(b"PK\x03\x04" + bytes(40), "workbook_damaged", id="broken zip"),
        pytest.param(book()[:2000], "workbook_damaged", id="truncated"),
        pytest.param(altered(book(), without="xl/workbook.xml"), "workbook_damaged", id="no workbook"),
        pytest.param(altered(book(), doctype(b'<!ENTITY a "x">')), "workbook_suspicious", id="entity"),
        pytest.param(altered(book(), doctype(b'<!ENTITY e SYSTEM "file:///etc/hostname">')), "workbook_suspicious", id="external entity"),
        pytest.param(altered(book(), extra={"custom": doctype(b"")(b"<worksheet/>")}), "workbook_suspicious", id="doctype in any part"),
        pytest.param(altered(book(), lambda part: part + b" " * 60_000_000), "workbook_too_large", id="zip bomb"),
        pytest.param(altered(book(), extra={f"x/{n}": b"" for n in range(1100)}), "workbook_too_large", id="entries"),
        pytest.param(altered(book(), put(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "workbook_too_many_rows", id="far cell"),
        pytest.param(altered(book(), put(b"<row><c><v>1</v></c></row>" * 5_001)), "workbook_too_many_rows", id="rows"),
        pytest.param(altered(book(), put(b"<row>" + b"<c/>" * 300_001 + b"</row>")), "workbook_too_many_rows", id="cells"),
        pytest.param(b"PK\x03\x04" + bytes(5 * 1024 * 1024), "workbook_too_large", id="megabytes"),
        pytest.param(altered(book(), extra={"word/document.xml": b"<w/>"}), "workbook_not_xlsx", id="docx"),
    ],
)
def test_every_hostile_or_foreign_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(BadWorkbook) as refusal:
        workbook.read(data)

    assert refusal.value.code == code


def strict(part: bytes) -> bytes:
    return part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")


def of_excel_strict(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: strict(archive.read(name)) for name in archive.namelist()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def test_what_openpyxl_gives_up_on_is_read_all_the_same() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active["A2"], made.active["B2"] = datetime(2027, 10, 10), time(7, 30)  # noqa: DTZ001
        made.active.merge_cells("A3:B3")
        made.active.column_dimensions["D"].hidden = True

    rule = b'</sheetData><conditionalFormatting sqref="A1"><cfRule type="odd" priority="1"/></conditionalFormatting>'
    usual = book(fill)

    assert workbook.read(altered(usual, lambda part: part.replace(b"</sheetData>", rule))) == workbook.read(usual)
    assert workbook.read(of_excel_strict(usual)) == workbook.read(usual)


def test_what_fonts_say_comes_through() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active["A1"].font = Font(strike=True)
        made.active["B1"].font = Font(name=".VnTime")

    sheet = workbook.read(book(fill))[0]

    assert (sheet.struck, sheet.old_fonts) == ({(1, 1)}, {(1, 2): ".VnTime"})


def test_macros_links_and_odd_paths_stay_dead_bytes() -> None:
    extra = {"xl/vbaProject.bin": b"\xcc\x61" + bytes(90), "xl/externalLinks/externalLink1.xml": b"<externalLink/>", "../../evil.txt": b"x"}

    assert workbook.read(altered(book(), extra=extra)) == workbook.read(book())


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    lying = altered(book(), lambda part: part.replace(b'ref="A1:B1"', b'ref="A1"'))

    assert len(workbook.read(lying)[0].cells) == 2


def test_merged_hidden_and_typed_cells_come_through() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        sheet = made.active
        sheet["A2"], sheet["B2"], sheet["A3"], sheet["C3"] = 5, True, "#REF!", "x\n_x000D_y"
        sheet["A3"].data_type = "e"
        sheet["D2"] = "=1+1"
        sheet.merge_cells("A5:B6")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        made.create_sheet("Ẩn").sheet_state = "hidden"

    shown, hidden = workbook.read(book(fill))

    assert shown.cells[2, 1] == 5
    assert shown.cells[2, 2] is True
    assert shown.cells[3, 1] == CellError("#REF!")
    assert shown.cells[2, 4] == CellError("NO VALUE")
    assert shown.cells[3, 3] == "x\n y"
    assert (shown.merged, shown.hidden_rows, shown.hidden_columns) == ((Area(5, 1, 6, 2),), {2}, {3})
    assert hidden.hidden


def test_a_formula_has_the_value_that_was_calculated_last() -> None:
    with_value = altered(book(), put(b'<row r="2"><c r="A2"><f>40+2</f><v>42</v></c></row>'))

    assert workbook.read(with_value)[0].cells[2, 1] == 42


def test_dates_come_as_dates_in_both_calendars() -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active["A2"], made.active["A3"] = datetime(2027, 10, 10), time(7, 30)  # noqa: DTZ001

    def of_1904(made: openpyxl.Workbook) -> None:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        fill(made)

    for sheet in (workbook.read(book(fill))[0], workbook.read(book(of_1904))[0]):
        assert (sheet.cells[2, 1], sheet.cells[3, 1]) == (datetime(2027, 10, 10), time(7, 30))  # noqa: DTZ001
    assert workbook.read(book(of_1904))[0].date1904

"""Workbooks that somebody made to do harm, or that are no workbooks: bytes of our own making, each with what is said about it."""

import io
import struct
import zipfile
import zlib
from functools import partial
from itertools import pairwise

from openpyxl.workbook import Workbook

from proofs.workbooks_parts import BOOK, END, HEAD, MAIN, OLE, READ, SHEET, STRINGS, STYLES, TYPES, Hostile, book, streamed, with_parts


def _sheet(cells: bytes = b"", after: bytes = b"") -> bytes:
    return with_parts({SHEET: lambda part: part.replace(END, cells + END + after)})


def _doctype(part: str, definition: bytes, use: bytes = b"") -> bytes:
    def change(content: bytes) -> bytes:
        root = content[content.index(b"?>") + 2 :] if content.startswith(b"<?xml") else content
        cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + use + b"</t></is></c></row>" if use else b""
        return b'<?xml version="1.0"?><!DOCTYPE x ' + definition + b">" + root.replace(END, cell + END)

    return with_parts({part: change})


def _laughs(power: int) -> bytes:
    names = [b"l%d" % n for n in range(power)]
    told = [b'<!ENTITY l0 "ha">', *(b'<!ENTITY %s "%s">' % (b, b"&%s;" % a * 10) for a, b in pairwise(names))]
    return _doctype(SHEET, b"[" + b"".join(told) + b"]", b"&%s;" % names[-1])


def _spaces(megabytes: int) -> bytes:
    return streamed(b" " * (1 << 20) for _ in range(megabytes))


def _rows(count: int) -> bytes:
    row = b'<row><c t="inlineStr"><is><t>A</t></is></c></row>'
    return streamed(row * 1_000 for _ in range(count // 1_000))


def _strings(count: int) -> bytes:
    head = b'<sst xmlns="%s">' % MAIN
    return streamed((b"<si><t>a</t></si>" * 1_000 for _ in range(count // 1_000)), STRINGS, (head, b"</sst>"))


def _nested(depth: int) -> bytes:
    data = _spaces(20)
    for _ in range(depth):
        data = with_parts(more={"xl/embeddings/book.xlsx": data})
    return data


def _lying(size: int) -> bytes:
    """A part that says it is small and unpacks to a hundred megabytes."""
    data = bytearray(_spaces(100))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = struct.pack("<I", archive.getinfo(SHEET).file_size)
    return bytes(data).replace(true, struct.pack("<I", size))


def _overlapping(copies: int) -> bytes:
    """One packed part that many names share, so that the file stays small however much it unpacks to."""
    content, packed = io.BytesIO(), zlib.compress(b" " * (10 << 20), 9)[2:-4]
    crc = zlib.crc32(b" " * (10 << 20))
    head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), 10 << 20, 1, 0) + b"a"
    content.write(head + packed)
    start = content.tell()
    for _ in range(copies):
        content.write(struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), 10 << 20, 1, 0, 0, 0, 0, 0, 0) + b"a")
    size = content.tell() - start
    content.write(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, size, start, 0))
    return content.getvalue()


def _locked() -> bytes:
    """The bit that says “encrypted” set for each part."""
    data = bytearray(book())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _packed(kind: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(content, "w", kind) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return content.getvalue()


def _biting(made: Workbook) -> None:
    """Cells that bite in a page, a log, an export or a spreadsheet."""
    texts = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "＝1+1", "<script>alert(1)</script>", "{{7*7}}", "%(x)s %s", "'; DROP TABLE passes;--")
    marks = ("\u202eabc", "\u2067abc\u2069", "a_x0000_b", "a_x0008_b", "\ufeff", "x" * 32_767, "1e999", "NaN", "9" * 400, "🏳️\u200d🌈" * 99)
    for text in (*texts, *marks):
        made.worksheets[0].append([text] * len(HEAD))
    for cells in made.worksheets[0].iter_rows(min_row=3):
        for cell in cells:
            cell.data_type = "s"


def _sheets(count: int, made: Workbook) -> None:
    for n in range(count):
        made.create_sheet(f"Trang {n}").sheet_state = ("hidden", "veryHidden", "visible")[n % 3]


def _numbers() -> bytes:
    values = ("-1", "0", "60", "2958466", "1e308", "-1e308", "1e999", "0.1e-320", "99999999999999999999", "")
    cells = [b'<row r="%d">' % n + b"".join(b'<c r="%s%d" s="1"><v>%s</v></c>' % (c.encode(), n, v.encode()) for c in "ABCDEFG") + b"</row>"
             for n, v in enumerate(values, 3)]  # fmt: skip
    dates = b'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    return with_parts({
        SHEET: lambda part: part.replace(END, b"".join(cells) + END),
        STYLES: lambda part: part[: part.index(b"<cellXfs")] + dates + part[part.index(b"</cellXfs>") + 10 :],
        BOOK: lambda part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1),
    })  # fmt: skip


def _twins() -> bytes:
    """Two sheets of one name, and one of no name."""
    more = b'<sheet name="Sheet" sheetId="7" r:id="rId1"/><sheet name="" sheetId="8" r:id="rId1"/></sheets>'
    name = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    return with_parts({BOOK: lambda part: part.replace(b"<workbook ", b"<workbook " + name, 1).replace(b"</sheets>", more)})


def _merges(count: int) -> bytes:
    areas = b"".join(b'<mergeCell ref="A%d:G%d"/>' % (n, n) for n in range(3, count + 3))
    return _sheet(after=b"<mergeCells>" + areas + b"</mergeCells>")


def _full(made: Workbook) -> None:
    """Sheets none of which has more than we take."""
    for n in range(4):
        sheet = made.create_sheet(f"Trang {n}")
        for _ in range(1_000):
            sheet.append([1] * 50)


def _text(megabytes: int) -> bytes:
    return streamed(iter([b'<row><c t="inlineStr"><is><t>' + b"a" * (megabytes << 20) + b"</t></is></c></row>"]))


def _hidden_columns() -> bytes:
    columns = b'<cols><col min="1" max="999999999" hidden="1"/></cols><sheetData>'
    return with_parts({SHEET: lambda part: part.replace(b"<sheetData>", columns)})


def _formats(count: int) -> bytes:
    return with_parts({STYLES: lambda part: part.replace(b"</cellXfs>", b'<xf numFmtId="14"/>' * count + b"</cellXfs>")})


def _wide_entities() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    return with_parts(more={"xl/odd.xml": text.encode("utf-16")})


def _formulas() -> bytes:
    return _sheet(b'<row r="3"><c r="A3"><f>1+1</f></c><c r="E3"><f>HYPERLINK("http://127.0.0.1:9")</f></c></row>')


def _rule(cells: int) -> bytes:
    named = b" ".join(b"A%d" % (2 * n) for n in range(1, cells))
    return b'<dataValidations><dataValidation type="whole" sqref="' + named + b'"><formula1>1</formula1></dataValidation></dataValidations>'


def _macro() -> bytes:
    """A workbook with macros under the name of one without."""
    usual, macro = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    return with_parts({TYPES: lambda part: part.replace(usual, macro)}, {"xl/vbaProject.bin": OLE + bytes(4096)})


def _links() -> bytes:
    """DDE and a book elsewhere, named by a formula that has a value."""
    dde = b'<externalLink xmlns="%s"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>' % MAIN
    cell = b'<row r="3"><c r="A3" t="str"><f>cmd|\'/C calc\'!A0</f><v>Gian</v></c><c r="B3" t="str"><f>[1]S!A1</f><v>Gian</v></c></row>'
    target = b'<Relationships xmlns="%s"><Relationship Id="rId1" TargetMode="External" Type="%s" Target="http://127.0.0.1:9/x.xlsx"/></Relationships>'
    rels, kind = b"http://schemas.openxmlformats.org/package/2006/relationships", b"externalLinkPath"
    more = {"xl/externalLinks/externalLink1.xml": dde, "xl/externalLinks/_rels/externalLink1.xml.rels": target % (rels, kind)}
    return with_parts({SHEET: lambda part: part.replace(END, cell + END)}, more)


BAD, ODD, BIG, LONG = ("workbook_damaged",), ("workbook_suspicious",), ("workbook_too_large",), ("workbook_too_many_rows",)
NOT, LOCKED = ("workbook_not_xlsx",), ("workbook_protected",)
WORKBOOKS = (
    Hostile("empty", lambda: b"", NOT),
    Hostile("text with commas", lambda: "Nội dung,Địa điểm\nHội nghị,UBND\n".encode(), NOT),
    Hostile("a page", lambda: b"<html><table><tr><td>=1+1</td></tr></table></html>", NOT),
    Hostile("a PDF", lambda: b"%PDF-1.7\n" + bytes(99), NOT),
    Hostile("xls", lambda: OLE + bytes(4096), ("workbook_old_xls",)),
    Hostile("with a password", lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512), LOCKED),
    Hostile("ods", lambda: _packed(zipfile.ZIP_STORED).replace(TYPES.encode(), b"mimetype" + b"x" * 11), BAD),
    Hostile("docx", lambda: with_parts(more={"word/document.xml": b"<w/>"}), NOT),
    Hostile("xlsb", lambda: with_parts(more={"xl/workbook.bin": bytes(99)}), NOT),
    Hostile("locked parts", _locked, LOCKED),
    *(Hostile(f"cut at {share} %", partial(lambda share: book()[: len(book()) * share // 100], share), BAD) for share in (2, 50, 99)),
    Hostile("a part that is damaged", lambda: (lambda data: data[:300] + bytes(60) + data[360:])(book()), BAD),
    Hostile("no sheet", lambda: with_parts({BOOK: lambda part: part[: part.index(b"<sheets>")] + b"<sheets/></workbook>"}), BAD),
    Hostile("half an element", lambda: with_parts({SHEET: lambda part: part[:-20]}), BAD),
    Hostile("a surrogate alone", lambda: _sheet(b'<row r="3"><c t="inlineStr"><is><t>&#xD800;</t></is></c></row>'), BAD),
    Hostile("200 MB of spaces", partial(_spaces, 200), BIG, slow=True),
    Hostile("1 GB of spaces", partial(_spaces, 1_000), BIG, slow=True),
    Hostile("100 MB that say 999 bytes", partial(_lying, 999), BAD, slow=True),
    Hostile("10 MB shared by 500 names", partial(_overlapping, 500), BIG),
    Hostile("60,000 names", partial(_overlapping, 60_000), BIG),
    Hostile("5,000 parts", lambda: with_parts(more={f"x/{n}": b"" for n in range(5_000)}), BIG),
    Hostile("workbooks in a workbook", partial(_nested, 4), (READ,)),
    Hostile("packed with LZMA", partial(_packed, zipfile.ZIP_LZMA), (READ, *BAD)),
    Hostile("packed with BZIP2", partial(_packed, zipfile.ZIP_BZIP2), (READ, *BAD)),
    Hostile("20,000 rows", partial(_rows, 20_000), LONG, slow=True),
    Hostile("a million rows", partial(_rows, 1_000_000), (*LONG, *BIG), slow=True),
    Hostile("200,000 cells in four sheets", lambda: book(_full), LONG, slow=True),
    Hostile("16,384 columns", lambda: _sheet(b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"), LONG),
    Hostile("a cell at the far end", lambda: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), LONG),
    Hostile("a size that is not true", lambda: with_parts({SHEET: lambda p: p.replace(b'ref="A1:G2"', b'ref="A1:XFD1048576"')}), (READ,)),
    Hostile("a million strings", partial(_strings, 1_000_000), BIG, slow=True),
    Hostile("a string of 40 MB", partial(_text, 40), (READ, *BIG), slow=True),
    Hostile("all cells merged", lambda: _sheet(after=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), LONG),
    Hostile("50,000 merges", partial(_merges, 50_000), LONG),
    Hostile("columns merged", lambda: _sheet(after=b'<mergeCells><mergeCell ref="A:XFD"/></mergeCells>'), LONG),
    Hostile("a link over all cells", lambda: _sheet(after=b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'), LONG),
    Hostile("a rule for 200,000 cells", lambda: _sheet(after=_rule(200_000)), (READ, *BIG), slow=True),
    Hostile("all rows hidden", lambda: streamed(b'<row r="%d" hidden="1"/>' % n for n in range(3, 40_000)), (READ, *LONG), slow=True),
    Hostile("all columns hidden", _hidden_columns, (READ, *BAD)),
    Hostile("a million elements deep", lambda: streamed(iter([b"<x>" * 1_000_000, b"</x>" * 1_000_000])), ODD, slow=True),
    Hostile("200,000 formats", partial(_formats, 200_000), ODD, slow=True),
    Hostile("billion laughs", partial(_laughs, 10), ODD),
    Hostile("a file named by an entity", lambda: _doctype(SHEET, b'[<!ENTITY e SYSTEM "file:///etc/hostname">]', b"&e;"), ODD),
    Hostile("a page named by an entity", lambda: _doctype(TYPES, b'[<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]'), ODD),
    Hostile("a document type elsewhere", lambda: _doctype(BOOK, b'SYSTEM "http://127.0.0.1:9/x.dtd"'), ODD),
    Hostile("entities in UTF-16", _wide_entities, ODD),
    Hostile("macros", _macro, (READ,)),
    Hostile("DDE and external links", _links, (READ,)),
    Hostile("formulas without a value", _formulas, (READ,)),
    Hostile("cells that bite", lambda: book(_biting), (READ,)),
    Hostile("numbers that are no dates", _numbers, (READ,)),
    Hostile("a number that is none", lambda: _sheet(b'<row r="3"><c r="A3"><v>x</v></c></row>'), BAD),
    Hostile("sheets of one name", _twins, (READ, *BAD)),
    Hostile("300 sheets, most of them hidden", lambda: book(partial(_sheets, 300)), (READ,)),
    Hostile("paths out of the folder", lambda: with_parts(more={"../../../../tmp/evil": b"x", "/abs": b"x", "..\\win": b"x"}), (READ,)),
)  # fmt: skip

"""Passes on paper: drawn by the worker, found by the web, read back by a decoder."""

import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from eventday.jobs.queue import carrier
from eventday.kernel.errors import TryLater
from eventday.reports import passes
from eventday.reports.passes import PaperPass, PassLine, PassSheet
from tests.paper.test_qr import TOKEN

NAMES = ("Nguyễn Thị Thanh Hằng", "Trần Đình Khoa", "Nguyễn Trần Lê Bảo Khánh Quỳnh Anh", "Vi Thị Mỷ", "H'Hen Niê")
TITLES = ("Phát động Ngày hội toàn dân học tập số", "Lớp học số “Dịch vụ công trực tuyến từ A đến Z”", "Trạm trải nghiệm cài đặt VNeID")


def _line(hour, title, waiting=False):
    at = datetime(2027, 10, 10, hour - 7, 30, tzinfo=UTC)
    return PassLine(at, at.replace(minute=55), title, "Hội trường Nhà văn hóa xã", waiting)


def _pass(number, lines=3):
    address = f"HTTPS://NGAYHOI.ANHSON.NGHEAN.VN/T/{TOKEN[:-2]}{number:02}"
    return PaperPass(NAMES[number % 5], "Thôn 3", f"DME-4NT-{number:03}", address, tuple(_line(8 + n, TITLES[n % 3], n == 2) for n in range(lines)))


def _sheet(people, lines=3, phone="0238 3872 111"):
    day = date(2027, 10, 10)
    return PassSheet("Ngày hội toàn dân học tập số", day, day, "Xã Anh Sơn", phone, tuple(_pass(n, lines) for n in range(people)))


def _pictures(pdf: bytes, folder: Path, dpi: int = 150) -> list[Image.Image]:
    (folder / "pass.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "pass.pdf", "page"], cwd=folder, check=True)
    return [Image.open(path) for path in sorted(folder.glob("page*.png"))]


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (2, 1), (8, 1), (9, 2)])
def test_every_code_on_paper_is_read_back(app, tmp_path, people, pages):
    sheet = _sheet(people)

    drawn = _pictures(passes.draw(sheet), tmp_path)

    read = {code.text for page in drawn for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)}
    assert (len(drawn), read) == (pages, {one.address for one in sheet.passes})


@pytest.mark.parametrize(("people", "side"), [(1, 100), (3, 51)])
def test_side_of_the_code_is_at_least_fifty_millimetres(app, tmp_path, people, side):
    [picture] = _pictures(passes.draw(_sheet(people)), tmp_path)

    code = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)[0].position

    assert abs((code.top_right.x - code.top_left.x) / 150 * 25.4 - side) < 1


def test_pass_names_person_code_and_what_they_go_to(app):
    text = _text(passes.draw(_sheet(1)))

    for words in ("Nguyễn Thị Thanh Hằng", "DME-4NT-000", "Thôn 3, xã Anh Sơn", "08:30–08:55", TITLES[0], "Còn chờ chỗ", "gọi 0238 3872 111"):
        assert words in text


@pytest.mark.parametrize(
    ("people", "lines", "words"), [(1, 0, "Chưa chọn ca"), (2, 0, "Chưa chọn ca"), (1, 9, "và 4 hoạt động nữa"), (2, 5, "và 2 hoạt động nữa")]
)
def test_none_and_many_activities_are_told(app, people, lines, words):
    pdf = passes.draw(_sheet(people, lines))

    assert words in _text(pdf).replace("\n", " ")
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 1


def test_file_is_found_once_the_worker_has_drawn_it(app, monkeypatch):
    monkeypatch.setattr(passes, "PATIENCE", 0.1)
    sheet = _sheet(1)
    with pytest.raises(TryLater):
        passes.pass_pdf(sheet)
    assert not carrier().is_empty()

    passes.keep(passes._json.dump_python(sheet, mode="json"))

    assert passes.pass_pdf(sheet).startswith(b"%PDF")


def test_worker_is_asked_once_while_it_is_busy(app, monkeypatch):
    monkeypatch.setattr(passes, "PATIENCE", 0.1)
    for _ in range(3):
        with pytest.raises(TryLater):
            passes.pass_pdf(_sheet(1))

    assert carrier().huey.pending_count() == 1


def test_pass_that_changed_is_another_file(app):
    assert passes._path(_sheet(1)) != passes._path(_sheet(1, phone=""))
    assert passes._path(_sheet(1)) == passes._path(_sheet(1))

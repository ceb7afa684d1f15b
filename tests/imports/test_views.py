import io
import re
from pathlib import Path

import pytest
from flask import Flask

from eventday.access.domain import Role
from eventday.db import db
from eventday.programme import queries, service
from eventday.programme.domain import Event
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event
from tests.imports.samples import DATA
from tests.places.samples import enter_sample_places

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach/nhap"


@pytest.fixture
def event(app: Flask) -> Event:
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


@pytest.fixture
def desk(app: Flask, event: Event) -> Desk:
    return sign_in(app)


def sample(name: str) -> bytes:
    return (DATA / f"{name}.xlsx").read_bytes()


def send(desk: Desk, data: bytes, name: str = "ke-hoach.xlsx"):
    return desk.post(PAGE, {"file": (io.BytesIO(data), name)})


def slots(event: Event) -> int:
    db.session.rollback()
    return len(queries.slots(event.id, COMMUNE))


def test_a_file_is_looked_at_first_and_then_taken(desk: Desk, event: Event) -> None:
    sent = send(desk, sample("ke-hoach-01-chuan"))
    assert sent.status_code == 303
    page = desk.get(sent.location).text
    assert "Đọc được hết" in page
    assert "Nhập 24 thay đổi" in page
    assert "hiện ra cho mọi người ngay" not in page
    assert slots(event) == 0

    token = re.search(r"tep=(\w+)", sent.location).group(1)
    done = desk.post(f"{PAGE}/{token}")

    assert done.status_code == 303
    assert "24 mới" in desk.get(done.location).text
    assert slots(event) == 24
    assert desk.post(f"{PAGE}/{token}").status_code == 404


def test_a_file_with_errors_shows_each_cell_and_offers_no_import(desk: Desk, event: Event) -> None:
    page = desk.get(send(desk, sample("ke-hoach-06-co-loi")).location).text

    assert "Chưa nhập: 13 ô cần sửa" in page
    for words in ("Kết thúc 14:00 trước lúc bắt đầu 15:00.", "Có phải 15:00–16:00?", "khoảng 100", "Điền ô B9"):
        assert words in page
    assert "Nhập 5 thay đổi" not in page
    assert slots(event) == 0


def test_a_kept_file_with_errors_cannot_be_forced_in(desk: Desk, event: Event) -> None:
    token = re.search(r"tep=(\w+)", send(desk, sample("ke-hoach-06-co-loi")).location).group(1)

    answer = desk.post(f"{PAGE}/{token}")

    assert f"tep={token}" in answer.location
    assert slots(event) == 0


def test_a_published_plan_says_that_changes_are_public_at_once(desk: Desk, event: Event) -> None:
    first = send(desk, sample("ke-hoach-01-chuan"))
    desk.post(f"{PAGE}/{re.search(r'tep=(.*)', first.location).group(1)}")
    service.publish(event.id, COMMUNE, now=BEFORE)

    page = desk.get(send(desk, sample("ke-hoach-02-o-gop")).location).text

    assert "hiện ra cho mọi người ngay" in page


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "không phải Excel"),
        (b"<html></html>", 422, "không phải Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), 422, "Excel đời cũ"),
        (b"PK\x03\x04" + bytes(6 * 1024 * 1024), 413, "5 MB"),
        (b"PK\x03\x04" + bytes(12 * 1024 * 1024), 413, "5 MB"),
    ],
)
def test_a_wrong_file_is_told_beside_the_field(desk: Desk, data: bytes, status: int, words: str) -> None:
    answer = send(desk, data)

    assert answer.status_code == status
    assert words in answer.text
    assert 'id="file-error"' in answer.text


def test_no_file_is_told_beside_the_field(desk: Desk) -> None:
    answer = desk.post(PAGE)

    assert answer.status_code == 422
    assert "Hãy chọn tệp Excel" in answer.text


def test_nobody_else_takes_a_kept_file(app: Flask, desk: Desk, event: Event) -> None:
    token = re.search(r"tep=(\w+)", send(desk, sample("ke-hoach-01-chuan")).location).group(1)
    other = sign_in(app, email="other@xa.vn")

    assert other.get(f"{PAGE}?tep={token}").status_code == 404
    assert other.post(f"{PAGE}/{token}").status_code == 404
    assert slots(event) == 0


def test_a_file_that_was_changed_on_disk_is_not_taken(app: Flask, desk: Desk, event: Event) -> None:
    token = re.search(r"tep=(\w+)", send(desk, sample("ke-hoach-01-chuan")).location).group(1)
    path = Path(app.instance_path) / "uploads" / f"{token}.xlsx"
    path.write_bytes(sample("ke-hoach-02-o-gop"))

    assert desk.post(f"{PAGE}/{token}").status_code == 404


def test_a_file_can_be_let_go(desk: Desk, event: Event) -> None:
    token = re.search(r"tep=(\w+)", send(desk, sample("ke-hoach-01-chuan")).location).group(1)

    assert desk.post(f"{PAGE}/{token}/bo").status_code == 303
    assert desk.get(f"{PAGE}?tep={token}").status_code == 404


@pytest.mark.parametrize(("role", "scope", "status"), [(Role.VIEWER, "commune:17329", 403), (Role.ORGANISER, "commune:17365", 404)])
def test_only_the_communes_organisers_may(app: Flask, event: Event, role: Role, scope: str, status: int) -> None:
    make_commune("17365", "Xã Anh Sơn Đông")
    other = sign_in(app, role, scope)

    assert other.get(PAGE).status_code == status
    assert send(other, sample("ke-hoach-01-chuan")).status_code == status


def test_what_a_cell_says_is_never_markup(desk: Desk, event: Event) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Nội dung", "Loại hình", "Địa điểm"])
    book.active.append(["<script>alert(1)</script>", "Hội nghị", "<img src=x onerror=alert(1)>"])
    content = io.BytesIO()
    book.save(content)

    page = desk.get(send(desk, content.getvalue(), "<b>x</b>.xlsx").location).text

    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "<b>x</b>.xlsx" not in page

"""A wrong workbook mended on its page: cells corrected, a place chosen or added, the marked file taken away."""

import io
import os
import re
import time

import openpyxl
import pytest
from flask import Flask

from eventday.access.domain import Role
from eventday.db import db
from eventday.imports import export
from eventday.places import editing
from eventday.places import queries as places
from eventday.places.entries import SpaceEntry
from eventday.programme import queries
from eventday.programme.domain import Event
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.imports.samples import DATA
from tests.imports.test_export import edited
from tests.places.samples import enter_sample_places
from tests.registrations.people import counters, registered

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach/nhap"
HEAD = ["Nội dung", "Loại hình", "Đơn vị chủ trì", "Địa điểm", "Ngày", "Bắt đầu", "Kết thúc", "Số người"]
HALL = "Hội trường Nhà văn hóa xã"


@pytest.fixture
def event(each_app: Flask) -> Event:
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


@pytest.fixture
def desk(each_app: Flask, event: Event) -> Desk:
    return sign_in(each_app)


def book_of(*rows: list) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def row(title: str = "Hội nghị A", place: str = HALL, day: str = "10/10", start: str = "8h", end: str = "9h", people: object = 50) -> list:
    return [title, "Hội nghị", "UBND xã", place, day, start, end, people]


def upload(desk: Desk, data: bytes) -> str:
    sent = desk.post(PAGE, {"file": (io.BytesIO(data), "ke-hoach.xlsx")})
    return re.search(r"tep=(\w+)", sent.location).group(1)


def shown(desk: Desk, token: str) -> str:
    return desk.get(f"{PAGE}?tep={token}").text


def slots(event: Event) -> list[str]:
    db.session.rollback()
    return [slot.title for slot in queries.slots(event.id, COMMUNE)]


def test_a_wrong_cell_has_a_field_with_its_value(desk: Desk) -> None:
    page = shown(desk, upload(desk, book_of(row(people="khoảng 100"))))

    assert 'name="o-0-2-8" value="khoảng 100"' in page


def test_a_corrected_cell_is_read_again_and_the_plan_taken(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(people="khoảng 100"), row("Hội nghị B", start="25h00", end="11h")))

    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "100", "o-0-3-6": "10h"})
    assert "Nhập 2 thay đổi" in shown(desk, token)
    desk.post(f"{PAGE}/{token}")

    assert slots(event) == ["Hội nghị A", "Hội nghị B"]
    assert [slot.capacity for slot in queries.slots(event.id, COMMUNE)] == [100, 50]


def test_what_is_still_wrong_is_told_and_what_was_typed_is_kept(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(people="khoảng 100"), row("Hội nghị B", start="25h00", end="11h")))

    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "nhiều lắm", "o-0-3-6": "10h"})

    page = shown(desk, token)
    assert 'value="nhiều lắm"' in page
    assert "Chưa nhập: 1 ô cần sửa" in page
    assert slots(event) == []


def test_a_known_place_is_chosen_instead(desk: Desk) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))
    known = places.spaces(COMMUNE)[0].full_name
    assert f"<option>{known}</option>" in shown(desk, token)

    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-4": known})

    assert "Nhập 1 thay đổi" in shown(desk, token)


SAME = (("Hội nghị A", "Nhà rông", "8h"), ("Hội nghị B", "nhà rông", "13h"), ("C", "Nhà rông", "9h"))


def test_a_place_chosen_once_is_meant_wherever_the_same_is_said(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(*(row(title, place, start=start, end=f"{int(start[:-1]) + 1}h", people=5) for title, place, start in SAME)))
    known, other = places.spaces(COMMUNE)[:2]

    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-4": known.full_name, "o-0-3-4": "nhà rông", "o-0-4-4": other.full_name})
    desk.post(f"{PAGE}/{token}")

    assert {slot.title: slot.space_id for slot in queries.slots(event.id, COMMUNE)} == {"Hội nghị A": known.id, "Hội nghị B": known.id, "C": other.id}


def test_a_place_is_added_there_and_all_cells_that_say_so_mean_it(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(place="Nhà rông"), row("Hội nghị B", place="nhà rông", start="13h", end="14h")))
    to_form = desk.post(f"{PAGE}/{token}/sua", {"them": "o-0-2-4"})
    assert 'value="Nhà rông"' in desk.get(to_form.location).text

    desk.post(f"{PAGE}/{token}/dia-diem", {"o": "o-0-2-4", "venue": "", "venue_name": "Nhà rông", "name": "Sảnh", "kind": "hall", "capacity": "80"})

    assert "Nhập 2 thay đổi" in shown(desk, token)
    assert ("Sảnh, Nhà rông", 80) in {(space.full_name, space.capacity) for space in places.spaces(COMMUNE)}


def test_a_new_venue_with_one_space_of_its_name_is_called_so_once(desk: Desk) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))

    desk.post(f"{PAGE}/{token}/dia-diem", {"o": "o-0-2-4", "venue": "", "venue_name": "Nhà rông", "name": "Nhà rông", "kind": "hall"})

    assert "Nhà rông" in {space.full_name for space in places.spaces(COMMUNE)}


@pytest.mark.parametrize("cell", ["", "o-0-99-1", "o-0-2-20", "x"])
def test_there_is_no_page_to_add_a_place_that_no_cell_names(desk: Desk, cell: str) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))
    full = {"o": cell, "venue": "", "venue_name": "Nhà rông", "name": "Sảnh", "kind": "hall"}

    assert desk.get(f"{PAGE}/{token}/dia-diem?o={cell}").status_code == 404
    assert desk.post(f"{PAGE}/{token}/dia-diem", full).status_code == 404
    assert "Nhà rông" not in {venue.entry.name for venue in places.venues(COMMUNE)}


@pytest.mark.parametrize("sent", [{"name": ""}, {"venue_name": ""}, {"capacity": "-3"}, {"kind": "lâu đài"}])
def test_a_place_with_something_missing_is_not_added_and_what_was_typed_stays(desk: Desk, sent: dict[str, str]) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))
    before = len(places.spaces(COMMUNE))
    full = {"o": "o-0-2-4", "venue": "", "venue_name": "Nhà rông", "name": "Sảnh lớn", "kind": "hall", "capacity": "80"}

    answer = desk.post(f"{PAGE}/{token}/dia-diem", full | sent)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert len(places.spaces(COMMUNE)) == before


def test_a_row_is_left_out_and_taken_in_again_with_what_was_typed(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(people="khoảng 100"), row("Hội nghị B", start="25h00", end="11h")))

    dropped = desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "100", "bo": "0-2", "o-0-3-6": "26h"})
    desk.post(f"{PAGE}/{token}/sua", {"lai": "0-2"})
    desk.post(f"{PAGE}/{token}/sua", {"bo": "0-3"})
    without = shown(desk, token)
    desk.post(f"{PAGE}/{token}/sua", {"lai": "0-3"})
    again = shown(desk, token)

    assert dropped.location.endswith("#o-0-3-6-loi")
    assert "Nhập 1 thay đổi" in without
    assert "Dòng 3: Hội nghị B" in without
    assert 'value="26h"' in again
    assert "Đã bỏ" not in again


def test_what_was_left_out_is_not_imported(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(), row("Hội nghị B", start="25h00", end="11h")))
    desk.post(f"{PAGE}/{token}/sua", {"bo": "0-3"})
    desk.post(f"{PAGE}/{token}")

    assert slots(event) == ["Hội nghị A"]


def test_what_later_rows_repeat_of_a_row_that_was_left_out_stands(desk: Desk, event: Event) -> None:
    token = upload(desk, book_of(row(people="khoảng 100"), row("Hội nghị B", place="nt", day="nt", start="10h", end="11h")))
    desk.post(f"{PAGE}/{token}/sua", {"bo": "0-2"})
    desk.post(f"{PAGE}/{token}")

    (slot,) = queries.slots(event.id, COMMUNE)
    assert (slot.title, slot.place) == ("Hội nghị B", "Hội trường, Nhà văn hóa xã Anh Sơn")


def test_each_wrong_row_is_left_out_by_one_button(desk: Desk) -> None:
    page = shown(desk, upload(desk, book_of(row(people="khoảng 100", start="25h00"), row("Hội nghị B", people="nhiều"))))

    assert [page.count(f'name="bo" value="0-{number}"') for number in (2, 3)] == [1, 1]


@pytest.mark.parametrize("sent", ["0-9999", "x", "-1-2", "9-3"])
def test_a_row_that_is_none_is_left_out_without_harm(desk: Desk, sent: str) -> None:
    token = upload(desk, book_of(row()))
    desk.post(f"{PAGE}/{token}/sua", {"bo": sent})

    assert "Nhập 1 thay đổi" in shown(desk, token)


def test_a_new_venue_and_its_space_come_together_or_not_at_all(desk: Desk) -> None:
    venue = places.venues(COMMUNE)[0].id
    editing.add(COMMUNE, [SpaceEntry(venue_id=venue, name="Phòng 99", kind="room", aliases=("Sảnh, Nhà rông",))], now=BEFORE)
    token = upload(desk, book_of(row(place="Nhà rông")))

    answer = desk.post(f"{PAGE}/{token}/dia-diem", {"o": "o-0-2-4", "venue": "", "venue_name": "Nhà rông", "name": "Sảnh", "kind": "hall"})

    assert answer.status_code == 422
    assert "Nhà rông" not in {one.entry.name for one in places.venues(COMMUNE)}


def test_a_venue_s_name_that_is_taken_is_told_beside_it(desk: Desk) -> None:
    token, known = upload(desk, book_of(row(place="Nhà rông"))), places.venues(COMMUNE)[0].entry.name

    answer = desk.post(f"{PAGE}/{token}/dia-diem", {"o": "o-0-2-4", "venue": "", "venue_name": known, "name": "Sảnh", "kind": "hall"})

    assert answer.status_code == 422
    assert 'id="venue_name-error"' in answer.text


def test_a_dropped_row_keeps_its_slot_and_more_seats_move_the_waiting_up(desk: Desk, event: Event) -> None:
    slot, other = make_slot(capacity=1), make_slot(title="Lớp khác")
    registered(slot, people=3)
    rows = export.own_rows(event, COMMUNE)
    number = next(n for n, one in enumerate(rows, 2) if one.planned.title != "Lớp khác")
    data = edited(export.plan_file(rows), **{f"K{number}": 2, f"K{5 - number}": "nhiều"})
    token = upload(desk, data)
    desk.post(f"{PAGE}/{token}/sua", {"bo": f"0-{5 - number}"})
    done = desk.get(desk.post(f"{PAGE}/{token}").location).text

    assert "1 người chờ đã lên chỗ." in done
    assert (queries.slot(other).capacity, queries.slot(slot).capacity, counters(slot)) == (30, 2, (2, 1))


def test_who_mends_for_long_loses_nothing(each_app: Flask, desk: Desk) -> None:
    token = upload(desk, book_of(row(people="khoảng 100")))
    folder = each_app.config["SETTINGS"].instance / "uploads"
    for path in folder.glob(f"{token}*"):
        os.utime(path, (path.stat().st_mtime - 3500,) * 2)
    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "nhiều lắm"})

    assert {path.stat().st_mtime > time.time() - 60 for path in folder.glob(f"{token}*")} == {True}
    assert 'value="nhiều lắm"' in shown(desk, token)


def test_the_marked_file_is_the_person_s_own_with_comments(desk: Desk) -> None:
    token = upload(desk, (DATA / "ke-hoach-06-co-loi.xlsx").read_bytes())
    desk.post(f"{PAGE}/{token}/sua", {"o-0-6-9": "=1+1"})

    file = desk.get(f"{PAGE}/{token}/danh-dau")
    sheet = openpyxl.load_workbook(io.BytesIO(file.data)).worksheets[0]

    assert "no-store" in file.headers["Cache-Control"]
    assert "Có phải 15:00–16:00?" in sheet["H4"].comment.text
    assert sheet["H4"].fill.fgColor.rgb == "00F8C9C9"
    assert (sheet["I6"].value, sheet["I6"].data_type) == ("=1+1", "s")
    assert sheet["A1"].comment is None


@pytest.mark.parametrize("path", ["sua", "dia-diem"])
def test_another_person_s_upload_cannot_be_mended(each_app: Flask, desk: Desk, path: str) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))
    other = sign_in(each_app, email="khac@example.vn")

    assert other.post(f"{PAGE}/{token}/{path}", {"o-0-2-4": HALL}).status_code == 404
    assert other.get(f"{PAGE}/{token}/danh-dau").status_code == 404
    assert "Chưa nhập: 1 ô" in shown(desk, token)


def test_who_may_not_import_may_not_mend(each_app: Flask, desk: Desk) -> None:
    token = upload(desk, book_of(row(place="Nhà rông")))

    assert sign_in(each_app, Role.DESK).post(f"{PAGE}/{token}/sua").status_code == 403


def test_nothing_is_left_of_a_file_that_was_taken(desk: Desk, each_app: Flask) -> None:
    token = upload(desk, book_of(row(people="khoảng 100")))
    desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "100"})
    desk.post(f"{PAGE}/{token}")

    assert desk.get(f"{PAGE}/{token}/danh-dau").status_code == 404

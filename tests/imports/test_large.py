"""Workbooks that take too long to be waited for: the worker looks and imports, the pages are those of the small ones."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from flask import Flask

from eventday.imports import plan_tasks, tasks, workbook
from eventday.jobs import queries as jobs
from eventday.jobs import tasks as job_tasks
from eventday.jobs.domain import State
from eventday.kernel import clock, ids
from eventday.programme.domain import Event
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.imports.samples import DATA
from tests.imports.test_mending import PAGE, book_of, row, slots, upload
from tests.imports.test_people import PAGE as PEOPLE
from tests.imports.test_people import sample
from tests.imports.test_workbook import altered
from tests.places.samples import enter_sample_places
from tests.registrations.people import counters

MARKED_LATER = re.compile(r'<form method="post" action="([^"]*/danh-dau)">.*?<button class="button">(.*?)</button></form>')
MARKED_NOW = r'<a class="button" href="\1">\2</a>'
WRONG = [row(people="khoảng 100"), row("Hội nghị B", start="10h", end="11h")]


@pytest.fixture
def event(each_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Where every workbook is a large one."""
    monkeypatch.setattr(workbook, "LARGE", 0)
    clock.shift_to(BEFORE)
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


@pytest.fixture
def desk(each_app: Flask, event: Event) -> Desk:
    return sign_in(each_app)


def work() -> None:
    """Let the worker do what it was asked for last."""
    job_tasks.run(newest().id, ids.new())


def newest() -> Any:
    return jobs.of_commune(COMMUNE, offset=0, limit=1)[0]


def uploaded(desk: Desk, data: bytes) -> tuple[str, str]:
    """Where the upload leads, and the file's token."""
    return desk.post(PAGE, {"file": (io.BytesIO(data), "ke-hoach.xlsx")}).location, newest().arguments["token"]


def test_a_large_plan_is_looked_at_and_imported_by_the_worker(desk: Desk, event: Event) -> None:
    there, token = uploaded(desk, book_of(*WRONG[1:]))
    waiting = desk.get(there).text
    work()
    ready = desk.get(there, follow_redirects=True).text
    taking = desk.post(f"{PAGE}/{token}").location
    before = slots(event)
    work()

    assert "Máy chủ đang đọc tệp" in waiting
    assert ("Nhập 1 thay đổi" in ready, before, slots(event)) == (True, [], ["Hội nghị B"])
    assert "1 mới, 0 đổi" in desk.get(taking, follow_redirects=True).text


def test_the_page_of_a_large_plan_is_that_of_a_small_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (DATA / "ke-hoach-06-co-loi.xlsx").read_bytes()
    there, large_token = uploaded(desk, data)
    work()
    large = desk.get(there, follow_redirects=True).text
    monkeypatch.setattr(workbook, "LARGE", 10**9)
    small_token = upload(desk, data)

    assert "Chưa nhập: 13 ô cần sửa" in large
    assert desk.get(f"{PAGE}?tep={small_token}").text.replace(small_token, large_token) == MARKED_LATER.sub(MARKED_NOW, large)


def test_a_large_plan_s_marked_file_is_made_by_the_worker_for_whoever_asked(each_app: Flask, desk: Desk) -> None:
    _, token = uploaded(desk, book_of(*WRONG))
    work()
    at_once = desk.get(f"{PAGE}/{token}/danh-dau")
    jobs_page = desk.post(f"{PAGE}/{token}/danh-dau").location
    work()
    file = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/viec-nen/{newest().id}/tep"
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get(file).data)).worksheets[0]

    assert (at_once.status_code, at_once.location.partition("?")[2]) == (303, f"tep={token}")
    assert (jobs_page.endswith("viec-nen?da=giao"), file in desk.get(jobs_page).text) == (True, True)
    assert "không phải một số" in sheet["H2"].comment.text
    assert sign_in(each_app, email="khac@example.vn").get(file).status_code == 404


def test_a_large_plan_is_mended_as_a_small_one(desk: Desk, event: Event) -> None:
    there, token = uploaded(desk, book_of(*WRONG))
    work()
    wrong = desk.get(there, follow_redirects=True).text
    again = desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": "100"}).location
    waiting = desk.get(again, follow_redirects=True).text
    work()

    assert 'name="o-0-2-8" value="khoảng 100"' in wrong
    assert "Máy chủ đang đọc tệp" in waiting
    assert "Nhập 2 thay đổi" in desk.get(again, follow_redirects=True).text


def test_corrections_that_wait_for_their_turn_are_looked_at_once(desk: Desk) -> None:
    _, token = uploaded(desk, book_of(*WRONG))
    for people in ("90", "100"):
        desk.post(f"{PAGE}/{token}/sua", {"o-0-2-8": people})

    assert len(jobs.of_commune(COMMUNE, offset=0, limit=9)) == 1


def test_what_no_longer_fits_is_shown_and_nothing_imported(desk: Desk, event: Event) -> None:
    _, token = uploaded(desk, book_of(*WRONG))
    work()
    taking = desk.post(f"{PAGE}/{token}").location
    work()
    failed = desk.get(taking).text

    assert "Chưa nhập gì: tệp có 1 ô cần sửa." in failed
    assert (f"tep={token}" in failed, slots(event)) == (True, [])


def test_a_large_file_that_cannot_be_read_is_told_and_another_can_be_sent(desk: Desk) -> None:
    there, _ = uploaded(desk, book_of(row()).replace(b"xl/workbook.xml", b"xl/wOrkbook.xml"))
    work()
    page = desk.get(there).text

    assert newest().state is State.FAILED
    assert "Tệp này bị hỏng" in page
    assert "Tải tệp lên lại" in page


def test_an_import_that_was_stopped_changes_nothing(desk: Desk, event: Event) -> None:
    _, token = uploaded(desk, book_of(row()))
    work()
    taking = desk.post(f"{PAGE}/{token}").location
    desk.post(f"/lam-viec/{COMMUNE}/{event.code}/viec-nen/{newest().id}/dung")
    work()

    assert "Việc này đã được dừng" in desk.get(taking).text
    assert slots(event) == []


@pytest.mark.parametrize("job", ["other", "none", "x"])
def test_nobody_else_sees_how_far_it_is(each_app: Flask, desk: Desk, job: str) -> None:
    uploaded(desk, book_of(row()))
    shown = {"other": str(newest().id), "none": str(ids.new()), "x": "x"}[job]

    assert sign_in(each_app, email="khac@example.vn").get(f"{PAGE}?viec={shown}").status_code == 404


def test_a_large_list_is_looked_at_and_taken_by_the_worker(desk: Desk) -> None:
    slot_id = make_slot(capacity=100)
    there = desk.post(PEOPLE, {"slot": str(slot_id), "file": (io.BytesIO(sample("danh-sach-03-tcvn3")), "ds.xlsx")}).location
    waiting = desk.get(there).text
    work()
    ready, token = desk.get(there).text, newest().arguments["token"]
    unasked = desk.post(f"{PEOPLE}/{token}", {"slot": str(slot_id)})
    desk.post(f"{PEOPLE}/{token}", {"slot": str(slot_id), "dong-y": "1"})
    work()

    assert ("Máy chủ đang đọc tệp" in waiting, "Ghi tên 25 người" in ready, unasked.status_code) == (True, True, 422)
    assert counters(slot_id) == (25, 0)


def test_a_list_for_a_slot_that_closed_meanwhile_says_so(desk: Desk) -> None:
    slot_id = make_slot(capacity=100)
    there = desk.post(PEOPLE, {"slot": str(slot_id), "file": (io.BytesIO(sample("danh-sach-03-tcvn3")), "ds.xlsx")}).location
    clock.shift_to(BEFORE.replace(month=11))
    work()
    clock.shift_to(BEFORE)

    assert "Ca này đã đóng" in desk.get(there).text


def test_a_page_mends_fifty_cells_of_a_long_list_and_says_how_many_are_left(desk: Desk) -> None:
    there, _ = uploaded(desk, book_of(*(row(f"Hội nghị {n}", people="nhiều", start="", end="") for n in range(500))))
    work()
    page = desk.get(there, follow_redirects=True).text

    assert (page.count('<input class="input" id="o-'), page.count('<tr><th scope="row">')) == (50, 60)
    assert ("Còn 450 ô nữa" in page, len(page) < 90_000) == (True, True)


def test_a_small_workbook_is_unpacked_once(each_app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LARGE", 10**9)
    sent = desk.post(PAGE, {"file": (io.BytesIO(book_of(*WRONG)), "ke-hoach.xlsx")})
    token = re.search(r"tep=(\w+)", sent.location).group(1)
    monkeypatch.setattr(workbook, "_apart", None)
    desk.post(f"{PAGE}/{token}/sua", {"bo": "0-2"})

    assert "Nhập 1 thay đổi" in desk.get(sent.location).text


def test_how_large_is_too_large_is_told_by_what_it_holds() -> None:
    """Rows with something in them, or bytes; rows that are only ruled are none."""
    empty = altered(book_of(row()), lambda part: part.replace(b"</sheetData>", b'<row><c s="1"/></row>' * 900 + b"</sheetData>"))
    long, heavy = book_of(*[row(f"Hội nghị {n}") for n in range(201)]), book_of(*[row("Hội nghị", people="x" * 4000 + str(n)) for n in range(190)])

    assert [workbook.is_large(data) for data in (book_of(row()), empty, long, heavy)] == [False, False, True, True]


def test_what_is_refused_anyway_is_no_work_for_later() -> None:
    """Nothing is unpacked in a request that could ask for any memory, and no list of a million names made."""
    many, odd = altered(book_of(row()), extra={f"x/{n}": b"" for n in range(1100)}), io.BytesIO()
    with zipfile.ZipFile(odd, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<row><v>1</v></row>" * 400)

    assert [workbook.is_large(data) for data in (many, odd.getvalue(), book_of(row())[:2000])] == [False, False, False]


def test_all_ask_for_work_that_people_know(event: Event) -> None:
    from eventday.workspace.job_words import job_title

    names = {job_title(name) for name in (plan_tasks.LOOK, plan_tasks.MARK, plan_tasks.IMPORT, tasks.LOOK, tasks.IMPORT)}

    assert len(names) == 5

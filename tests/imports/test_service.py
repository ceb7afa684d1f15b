from datetime import UTC, date, datetime, time
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import update

from eventday.db import db, transaction
from eventday.imports import service
from eventday.imports.findings import PlanRead
from eventday.imports.plan import Known, read_plan
from eventday.imports.service import Changes
from eventday.imports.sheet import Value
from eventday.imports.when import Days
from eventday.places import queries as places
from eventday.programme import models, queries
from eventday.programme.domain import Admission, Event
from eventday.programme.planned import code_of
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.imports.samples import DATA, expectation, sheet_of, told
from tests.places.samples import enter_sample_places

HEAD = ["Mã", "Nội dung", "Đơn vị chủ trì", "Địa điểm", "Ngày", "Bắt đầu", "Kết thúc", "Số lượng"]
HALL, YARD = "Hội trường Nhà văn hóa xã", "Sân Nhà văn hóa xã"
SUN = date(2027, 10, 10)


@pytest.fixture
def event(each_app: Flask) -> Event:
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


def row(title: str = "Hội nghị A", start: str | None = "8h", end: str | None = "9h", **more: Value | None) -> list[Value | None]:
    cells: dict[str, Value | None] = {"code": None, "host": "UBND xã", "place": HALL, "day": "10/10/2027", "capacity": 100} | more
    return [cells["code"], title, cells["host"], cells["place"], cells["day"], start, end, cells["capacity"]]


def read(event: Event, *rows: list[Value | None]) -> PlanRead:
    known = Known(Days(event.first_day, event.last_day), tuple(places.spaces(COMMUNE)), tuple(places.hosts(COMMUNE)))
    return read_plan([sheet_of([HEAD, *rows])], known)


def run(event: Event, *rows: list[Value | None], dry_run: bool = False) -> Changes:
    return service.import_plan(read(event, *rows), event, COMMUNE, dry_run=dry_run, now=BEFORE)


def changes_of(changes: Changes) -> list[str]:
    return [changed.change for changed in changes.rows]


def stand(event: Event) -> list[tuple[str, int, datetime, int]]:
    db.session.rollback()
    return [(slot.title, slot.capacity, slot.starts_at, slot.taken) for slot in queries.slots(event.id, COMMUNE)]


def fill(slot_id: object, taken: int, waiting: int = 0) -> None:
    with transaction() as session:
        session.execute(update(models.Slot).where(models.Slot.id == slot_id).values(taken=taken, waiting=waiting))


def test_a_clean_plan_comes_in_whole_and_the_same_file_again_changes_nothing(event: Event) -> None:
    data = (DATA / "ke-hoach-01-chuan.xlsx").read_bytes()

    first = service.import_file(data, event, COMMUNE, now=BEFORE)
    again = service.import_file(data, event, COMMUNE, now=BEFORE)

    assert changes_of(first) == ["new"] * 24
    assert changes_of(again) == ["same"] * 24
    assert len(queries.slots(event.id, COMMUNE)) == 24
    assert again.left == ()


@pytest.mark.parametrize("name", ["ke-hoach-02-o-gop", "ke-hoach-03-gio-bang-chu", "ke-hoach-04-hai-bang", "ke-hoach-05-unicode-to-hop"])
def test_each_sample_can_be_imported_twice(event: Event, name: str) -> None:
    found = service.read((DATA / f"{name}.xlsx").read_bytes(), event, COMMUNE)
    assert told(found) == expectation(name)["rows"]

    service.import_plan(found, event, COMMUNE, dry_run=False, now=BEFORE)
    again = service.import_plan(found, event, COMMUNE, dry_run=False, now=BEFORE)

    assert set(changes_of(again)) == {"same"}


def test_one_error_stops_the_whole_import(event: Event) -> None:
    found = service.read((DATA / "ke-hoach-06-co-loi.xlsx").read_bytes(), event, COMMUNE)

    changes = service.import_plan(found, event, COMMUNE, dry_run=False, now=BEFORE)

    wanted = expectation("ke-hoach-06-co-loi")
    seen = {(problem.cell, problem.code) for problem in (*changes.errors, *changes.warnings)}
    assert seen == {(problem["cell"], problem["code"]) for problem in wanted["errors"]}
    assert {(problem.cell, problem.code) for problem in changes.errors} >= {(p["cell"], p["code"]) for p in wanted["errors"] if "severity" not in p}
    assert [changed.row.row for changed in changes.rows] == [row["row"] for row in wanted["rows"]]
    clash = next(problem for problem in changes.errors if problem.code == "space_conflict")
    assert clash.facts["with_row"] == 2
    assert queries.slots(event.id, COMMUNE) == []
    assert queries.activities(event.id, COMMUNE) == []


def test_a_dry_run_changes_nothing(event: Event) -> None:
    changes = run(event, row(), dry_run=True)

    assert changes_of(changes) == ["new"]
    assert not changes.done
    assert stand(event) == []


def test_what_lacks_a_place_or_an_hour_is_a_wish(event: Event) -> None:
    run(event, row("Hội nghị A", end=None), row("Hội nghị B", place=None), row("Hội nghị C", start=None, end=None, day="Sáng 10/10"))

    wishes = [(wish.title, wish.day, wish.start, wish.end, wish.part, wish.place, wish.capacity) for wish in queries.wishes(event.id, COMMUNE)]
    hall = "Hội trường, Nhà văn hóa xã Anh Sơn"
    assert wishes == [
        ("Hội nghị A", SUN, time(8), None, None, hall, 100),
        ("Hội nghị B", SUN, time(8), time(9), None, "", 100),
        ("Hội nghị C", SUN, None, None, "morning", hall, 100),
    ]


def test_a_missing_capacity_is_the_spaces(event: Event) -> None:
    run(event, row(capacity=None), row("Tọa đàm trên mạng", place="Trực tuyến", capacity=None))

    assert {slot.title: slot.capacity for slot in queries.slots(event.id, COMMUNE)} == {"Hội nghị A": 250, "Tọa đàm trên mạng": 1000}


def test_an_online_row_without_a_place_takes_the_online_place(event: Event) -> None:
    run(event, row("Trực tuyến: hỏi đáp", place="Trực tuyến"))

    slot = queries.slots(event.id, COMMUNE)[0]
    assert (slot.kind, slot.place, slot.admission) == ("online", "Trực tuyến", Admission.SEATS)


def test_equal_rows_are_occurrences_of_one_activity_matched_in_order_of_start(event: Event) -> None:
    run(event, row(start="8h", end="9h"), row("HỘI NGHỊ A", start="10h", end="11h"))
    before = queries.slots(event.id, COMMUNE)

    changes = run(event, row(start="10h30", end="11h30"), row(start="8h30", end="9h30"))

    after = queries.slots(event.id, COMMUNE)
    assert len(queries.activities(event.id, COMMUNE)) == 1
    assert [slot.id for slot in after] == [slot.id for slot in before]
    assert [slot.starts_at.hour for slot in after] == [1, 3]
    assert changes_of(changes) == ["changed", "changed"]


def test_a_row_that_left_the_file_stays_and_is_told(event: Event) -> None:
    run(event, row(), row("Hội nghị B", start="10h", end="11h"))

    changes = run(event, row())

    assert [one.title for one in changes.left] == ["Hội nghị B"]
    assert [warning.code for warning in changes.warnings] == ["row_left_file"]
    assert len(queries.slots(event.id, COMMUNE)) == 2


def test_the_row_that_stands_unchanged_is_not_moved_when_another_of_its_activity_leaves(event: Event) -> None:
    run(event, row(start="8h", end="9h"), row(start="10h", end="11h"))

    changes = run(event, row(start="10h", end="11h"))

    assert changes_of(changes) == ["same"]
    assert [one.start for one in changes.left] == [time(8)]


def test_a_code_names_its_row_through_a_new_title_and_survives_placing(event: Event) -> None:
    run(event, row("Hội nghị A", end=None))
    wish = queries.wishes(event.id, COMMUNE)[0]

    placed = run(event, row("Hội nghị mới", code=code_of(1)))

    slot = queries.slots(event.id, COMMUNE)[0]
    assert (slot.id, slot.title) == (wish.id, "Hội nghị mới")
    assert changes_of(placed) == ["changed"]
    assert queries.wishes(event.id, COMMUNE) == []
    assert [activity.title for activity in queries.activities(event.id, COMMUNE)] == ["Hội nghị mới"]
    assert changes_of(run(event, row("Hội nghị mới", end=None, code="hd 1"))) == ["same"]


def test_an_unknown_code_is_an_error(event: Event) -> None:
    changes = run(event, row(code="HD-0099"))

    assert [(problem.cell, problem.code) for problem in changes.errors] == [("A2", "unknown_code")]
    assert stand(event) == []


def test_a_code_that_is_not_ours_names_nothing(event: Event) -> None:
    assert changes_of(run(event, row(code="GH01"))) == ["new"]


def test_seats_cannot_fall_below_those_taken(event: Event) -> None:
    run(event, row())
    fill(queries.slots(event.id, COMMUNE)[0].id, taken=50)

    changes = run(event, row(capacity=40))

    assert [(problem.cell, problem.code, problem.facts["taken"]) for problem in changes.errors] == [("H2", "capacity_below_taken", 50)]
    assert [slot.capacity for slot in queries.slots(event.id, COMMUNE)] == [100]
    assert changes_of(run(event, row(capacity=50))) == ["changed"]


def test_a_moved_slot_says_how_many_people_it_touches(event: Event) -> None:
    run(event, row())
    fill(queries.slots(event.id, COMMUNE)[0].id, taken=50, waiting=7)

    changes = run(event, row(start="9h", end="10h"))

    assert [(changed.change, changed.people) for changed in changes.rows] == [("changed", 57)]
    assert [warning.code for warning in changes.warnings] == ["moves_people"]


def test_a_cancelled_slot_is_not_brought_back(event: Event) -> None:
    run(event, row())
    with transaction() as session:
        session.execute(update(models.Slot).values(cancelled_at=BEFORE))

    changes = run(event, row(start="9h", end="10h"))

    assert changes_of(changes) == ["same"]
    assert [warning.code for warning in changes.warnings] == ["slot_stays_cancelled"]


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [("9h", "10h", False), ("7h", "8h", False), ("8h30", "9h30", True), ("7h", "10h", True)],
)
def test_one_hall_has_one_thing_at_a_time_and_times_that_touch_are_no_clash(event: Event, start: str, end: str, clashes: bool) -> None:
    changes = run(event, row(), row("Hội nghị B", start=start, end=end))

    assert [(problem.cell, problem.code, problem.facts["with_row"]) for problem in changes.errors] == (
        [("F3", "space_conflict", 2)] if clashes else []
    )


def test_a_clash_with_a_slot_that_is_not_in_the_file_is_told_but_stops_nothing(event: Event) -> None:
    hall = next(space for space in places.spaces(COMMUNE) if space.full_name.startswith("Hội trường, Nhà"))
    make_slot(event=event, starts_at=datetime(2027, 10, 10, 1, tzinfo=UTC), title="Họp thôn", space_id=hall.id)

    changes = run(event, row())

    told = [(problem.cell, problem.facts["title"]) for problem in changes.warnings if problem.code == "space_conflict"]
    assert told == [("F2", "Họp thôn")]
    assert changes.done


def test_booths_share_a_yard_up_to_its_pitches(event: Event) -> None:
    booths = [row(f"Gian hàng {n}", place="Trạm Y tế xã", capacity=5) for n in range(5)]

    assert changes_of(run(event, *booths[:4])) == ["new"] * 4
    fifth = run(event, *booths, dry_run=True)
    assert [(problem.cell, problem.facts["pitches"]) for problem in fifth.errors] == [("F6", 4)]


def test_what_the_file_does_not_say_of_an_activity_stays(event: Event) -> None:
    run(event, row())
    with transaction() as session:
        session.execute(update(models.Activity).values(join_url="https://example.vn", audience="Mọi người"))

    assert changes_of(run(event, row())) == ["same"]
    activity = queries.activities(event.id, COMMUNE)[0]
    assert (activity.join_url, activity.audience) == ("https://example.vn", "Mọi người")


def test_two_imports_at_once_queue(event: Event, each_app: Flask) -> None:
    found = read(event, *[row(f"Hội nghị {n}", start=f"{n}h", end=f"{n + 1}h") for n in range(8, 18)])
    answers: list[Changes] = []

    def work() -> None:
        with each_app.app_context():
            answers.append(service.import_plan(found, event, COMMUNE, dry_run=False, now=BEFORE))

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(changes_of(answer)[0] for answer in answers) == ["new", "same", "same"]
    assert len(stand(event)) == 10

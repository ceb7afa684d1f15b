"""Lists of people: what is read of them, and what registering them does."""

import io
import json
import re

import pytest
from sqlalchemy import select

from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.db import db
from eventday.imports import enlisting, limits, tasks
from eventday.imports.findings import Skipped
from eventday.imports.people import read_people
from eventday.imports.people_printing import as_json
from eventday.imports.printing import skipped_line
from eventday.jobs import queries as jobs
from eventday.jobs import tasks as job_tasks
from eventday.kernel import clock, ids
from eventday.programme.errors import SlotClosed
from eventday.registrations import finding, people, queries
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.imports.samples import DATA, expectation, sheet_of
from tests.places.samples import enter_sample_places
from tests.registrations.people import assert_sound, counters

LISTS = sorted(path.name.removesuffix(".xlsx") for path in DATA.glob("danh-sach-*.xlsx"))
PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nguoi-tham-gia/nhap"
HEAD = ("Họ và tên", "Năm sinh", "Nam", "Nữ", "Thôn", "SĐT", "Ghi chú")


@pytest.fixture
def slot(each_app):
    make_event()
    enter_sample_places(COMMUNE)
    return enlisting.slot_of(make_event(), COMMUNE, make_slot(capacity=200))


def sample(name):
    return (DATA / f"{name}.xlsx").read_bytes()


def take(data, slot, **options):
    return enlisting.enlist(enlisting.read(data, make_event(), COMMUNE), slot, **({"dry_run": False, "now": BEFORE} | options))


def read_rows(*rows):
    return read_people([sheet_of([HEAD, *rows])], [], 2027)


def told(problems):
    return [(problem.cell, problem.code) for problem in problems]


@pytest.mark.parametrize("name", LISTS)
def test_a_sample_is_read_as_expected(slot, name):
    expected = expectation(name)

    found = as_json(take(sample(name), slot, dry_run=True))

    assert [{key: value for key, value in row.items() if key != "change"} for row in found["rows"]] == [
        {key: value for key, value in row.items() if key != "note"} for row in expected["rows"]
    ]
    assert found["errors"] == expected["errors"]
    assert [(one["cell"], one["code"], one["with_row"]) for one in found["warnings"] if one["code"] == "duplicate_person"] == [
        (one["cell"], one["code"], one["with_row"]) for one in expected["warnings"]
    ]
    assert counters(slot.id) == (0, 0)


@pytest.mark.parametrize("name", LISTS)
def test_the_same_list_twice_changes_nothing(slot, name):
    first = take(sample(name), slot)
    again = take(sample(name), slot)

    assert {one.change for one in first.rows} == {"new"}
    assert {one.change for one in again.rows} == {"same"}
    assert counters(slot.id) == (len(first.rows), 0)
    assert len(queries.passes_of_commune(slot.event_id, COMMUNE)) == len(first.rows)


def test_who_is_known_comes_to_another_slot_with_the_same_pass(slot):
    take(sample("danh-sach-01-chuan"), slot)
    other = enlisting.slot_of(make_event(), COMMUNE, make_slot(capacity=200))

    again = take(sample("danh-sach-01-chuan"), other)

    assert {one.change for one in again.rows} == {"changed"}
    assert len(queries.passes_of_commune(slot.event_id, COMMUNE)) == len(again.rows)


WITH_ADULT = ("Họ và tên", "Năm sinh", "Người giám hộ")


def read_children(*rows, head=WITH_ADULT):
    return read_people([sheet_of([head, *rows])], [], 2027)


def test_a_child_without_an_adult_is_an_error_at_the_cell_of_the_adult():
    found = read_children(("Lê An", 2015, ""), ("Lê Bình", 2015, "–"), ("Lê Chi", 2012, "mẹ lê thị mai"), ("Lê Dung", 2011, ""), ("Lê Em", None, ""))

    assert told(found.errors) == [("C2", "guardian_missing"), ("C3", "guardian_missing")]
    assert [(row.name, row.guardian) for row in found.rows] == [("Lê Chi", "Mẹ Lê Thị Mai"), ("Lê Dung", None), ("Lê Em", None)]


def test_a_list_without_that_column_is_taken_and_the_children_are_told():
    found = read_children(("Lê An", 2015), ("Lê Bình", 1980), head=("Họ và tên", "Năm sinh"))

    assert (found.errors, told(found.warnings)) == ((), [("B2", "guardian_unknown")])


def test_the_adult_and_what_the_child_said_are_kept(slot):
    found = read_children(("Lê An", 2015, "Lê Thị Mai"), ("Lê Bình", 2024, "Lê Thị Mai"), ("Lê Chi", 1980, ""))

    enlisting.enlist(found, slot, dry_run=False, now=BEFORE, children_agree=True)

    kept = {view.name: people.details(db.session(), view.id) for view in queries.passes_of_commune(slot.event_id, COMMUNE)}
    assert {name: (one.guardian, one.child_agrees) for name, one in kept.items()} == {
        "Lê An": ("Lê Thị Mai", True),
        "Lê Bình": ("Lê Thị Mai", None),
        "Lê Chi": (None, None),
    }


def test_remarks_are_not_kept_anywhere(slot):
    found = take(sample("danh-sach-01-chuan"), slot)

    assert "Hộ nghèo" not in json.dumps(as_json(found), ensure_ascii=False)
    assert [(one.why, one.columns) for one in found.skipped] == [("not_kept", ("G (Ghi chú)",))]


def test_who_finds_no_seat_waits_and_that_is_told_before(slot):
    small = enlisting.slot_of(make_event(), COMMUNE, make_slot(capacity=2))

    refused = take(sample("danh-sach-01-chuan"), small, now=BEFORE)

    assert refused.done
    assert counters(small.id) == (2, 38)
    assert told(one for one in refused.warnings if one.code != "guardian_unknown") == [("B6", "will_wait")]
    assert_sound()


def test_where_the_queue_is_full_nobody_is_registered(each_app, slot):
    each_app.config["SETTINGS"] = each_app.config["SETTINGS"].model_copy(update={"waiting_limit": 5})
    small = enlisting.slot_of(make_event(), COMMUNE, make_slot(capacity=2))

    refused = take(sample("danh-sach-01-chuan"), small)

    assert (refused.done, [one.code for one in refused.errors]) == (False, ["no_place_left"])
    assert counters(small.id) == (0, 0)
    assert finding.search(slot.event_id, COMMUNE, "nguyen").people == ()


def test_a_closed_slot_takes_no_list(slot):
    with pytest.raises(SlotClosed):
        take(sample("danh-sach-01-chuan"), slot, now=NOON)


def test_each_wrong_cell_is_told():
    found = read_rows(("", "1960"), ("Lê An", "60"), ("Lê Bình", "1800", "x", "x"), ("Lê 7", "1960", "", "", "Bản Không", "091"))

    assert told(found.errors) == [
        ("A2", "missing_name"),
        ("B3", "birth_year_unclear"),
        ("B4", "birth_year_out_of_range"),
        ("D4", "gender_twice"),
        ("A5", "name_unclear"),
        ("E5", "unknown_hamlet"),
        ("F5", "phone_too_short"),
    ]
    assert found.rows == ()


def test_a_sheet_without_names_is_told():
    assert told(read_people([sheet_of([("Nội dung", "Thời gian")])], [], 2027).errors) == [("A1", "people_no_table")]
    assert told(read_rows().errors) == [("A1", "people_no_rows")]


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    enter_sample_places(COMMUNE)
    return sign_in(app)


def send(desk, slot_id, data):
    return desk.post(PAGE, {"slot": str(slot_id), "file": (io.BytesIO(data), "ds.xlsx")})


def test_a_list_is_looked_at_first_and_then_taken(desk):
    slot_id = make_slot(capacity=100)
    sent = send(desk, slot_id, sample("danh-sach-03-tcvn3"))
    page = desk.get(sent.location).text
    token = re.search(r"tep=(\w+)", sent.location).group(1)

    unasked = desk.post(f"{PAGE}/{token}", {"slot": str(slot_id)})
    assert (unasked.status_code, counters(slot_id)) == (422, (0, 0))
    assert "Hỏi người lớn của các cháu đã" in unasked.text
    done = desk.post(f"{PAGE}/{token}", {"slot": str(slot_id), "dong-y": "1"})

    assert "Ghi tên 25 người" in page
    assert "Trương Thị Hiền" in page
    assert "25 người mới" in desk.get(done.location).text
    assert counters(slot_id) == (25, 0)
    assert desk.post(f"{PAGE}/{token}", {"slot": str(slot_id)}).status_code == 404


@pytest.fixture
def handed_over(desk, monkeypatch):
    """A list that is longer than one waits for, confirmed: its slot and its job."""
    monkeypatch.setattr(limits, "MANY", 20)
    slot_id = make_slot(capacity=100)
    sent = send(desk, slot_id, sample("danh-sach-03-tcvn3"))
    token = re.search(r"tep=(\w+)", sent.location).group(1)
    assert "Đã giao cho máy chủ" in desk.post(f"{PAGE}/{token}", {"slot": str(slot_id), "dong-y": "1"}, follow_redirects=True).text
    (job,) = jobs.of_commune(COMMUNE, offset=0, limit=9)
    return slot_id, job


def test_a_long_list_is_taken_by_the_worker(desk, handed_over):
    slot_id, job = handed_over

    job_tasks.run(job.id, ids.new())

    assert counters(slot_id) == (25, 0)
    assert "Ghi mới 25 người" in desk.get(PAGE.replace("nguoi-tham-gia/nhap", "viec-nen")).text
    assert db.session.scalars(select(Entry).where(Entry.action == "imported")).one().actor_id == str(job.requested_by)


def test_a_long_list_whose_file_is_gone_says_so(desk, handed_over):
    slot_id, job = handed_over
    for path in tasks.folder().iterdir():
        path.unlink()

    job_tasks.run(job.id, ids.new())

    assert counters(slot_id) == (0, 0)
    assert "Hãy tải tệp lên lại" in desk.get(PAGE.replace("nguoi-tham-gia/nhap", "viec-nen")).text


@pytest.mark.parametrize(("data", "said"), [(b"khong", "không phải Excel"), (b"", "không phải Excel")])
def test_a_file_that_cannot_be_read_is_told_beside_the_field(desk, data, said):
    answer = send(desk, make_slot(), data)

    assert answer.status_code == 422
    assert said in answer.text


def test_a_list_without_its_slot_is_told_beside_the_field(desk):
    make_slot()

    answer = desk.post(PAGE)

    assert answer.status_code == 422
    assert "Hãy chọn ca" in answer.text


def test_only_an_organiser_imports_and_only_into_own_slots(app, desk):
    other = make_slot(commune="17230")

    assert sign_in(app, Role.DESK).get(PAGE).status_code == 403
    assert send(desk, other, sample("danh-sach-01-chuan")).status_code == 404


def test_the_command_says_what_it_would_do_and_does_it(app):
    event = make_event()
    enter_sample_places(COMMUNE)
    slot_id = make_slot(capacity=100)
    clock.shift_to(BEFORE)
    words = ["people", "import", str(DATA / "danh-sach-02-lon-xon.xlsx"), "--event", event.code, "--commune", COMMUNE, "--slot", str(slot_id)]

    looked = app.test_cli_runner().invoke(args=[*words, "--dry-run", "--json"])
    taken = app.test_cli_runner().invoke(args=words)

    assert (looked.exit_code, len(json.loads(looked.stdout)["rows"])) == (0, 36)
    assert (taken.exit_code, counters(slot_id)) == (0, (36, 0))
    assert "Đã ghi tên: 36 người mới" in taken.stdout


def test_nothing_of_a_person_is_guessed_from_a_hidden_sheet():
    hidden = sheet_of([HEAD, ("Lê An",)], hidden=True)

    assert [(one.sheet, one.why) for one in read_people([hidden], [], 2027).skipped] == [("Kế hoạch", "hidden_sheet")]


def test_what_was_left_out_names_its_rows_or_columns(app):
    rows, columns = Skipped("Trang", (4, 5), "total"), Skipped("Trang", (), "not_kept", ("F (Ghi chú)",))

    assert [skipped_line(one).partition(":")[0] for one in (rows, columns)] == ["Trang, dòng 4, 5", "Trang, cột F (Ghi chú)"]

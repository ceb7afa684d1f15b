"""A plan written as a workbook and read back: nothing changes, what is edited is found by its “Mã”, and no cell is a formula."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.imports import export, service
from eventday.imports.service import Changes
from eventday.kernel import ids
from eventday.kernel.text import fold, tidy
from eventday.places import queries as places
from eventday.programme import models, queries
from eventday.programme.domain import Admission, Event, Kind, Part
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.imports.samples import DATA
from tests.places.samples import enter_sample_places

FORMULAS = ("=1+1", "+84912345678", "-2+3", "@SUM(A1)", "＝HYPERLINK(1)", "=cmd|' /C calc'!A0")
WORDS = (
    *FORMULAS,
    "nt",
    "Tổng cộng",
    "I. Gian hàng",
    "Nơi nhận: như trên",
    "Lớp học số",
    "UBND xã; Đoàn xã",
    "Nguyễn Văn A, B và C",
    "12",
    "10/10",
    "…",
)


@pytest.fixture
def event(each_app: Flask) -> Event:
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


def exported(event: Event) -> bytes:
    return export.plan_file(export.own_rows(event, COMMUNE))


def read_back(event: Event, data: bytes, *, dry_run: bool = True) -> Changes:
    return service.import_plan(service.read(data, event, COMMUNE), event, COMMUNE, dry_run=dry_run, now=BEFORE)


def edited(data: bytes, **cells: object) -> bytes:
    book, file = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    for name, value in cells.items():
        book.worksheets[0][name] = value
    book.save(file)
    return file.getvalue()


def outcome(changes: Changes) -> dict[str, object]:
    return {
        "changes": [row.change for row in changes.rows],
        "errors": [(error.cell, error.code) for error in changes.errors],
        "left": len(changes.left),
    }


texts = st.one_of(st.sampled_from(WORDS), st.text(st.sampled_from("aăâbcđêghô =+-@;,.\"'&<>%0123456789"), max_size=30).map(tidy))
activities = st.builds(
    dict,
    kind=st.sampled_from([kind.value for kind in Kind]),
    title=texts.filter(bool),
    host=texts,
    co_hosts=st.lists(texts.filter(bool), max_size=2),
    description=texts,
    audience=texts,
    equipment=texts,
    speaker=texts,
    note=texts,
)
slots = st.builds(
    dict,
    activity=st.integers(0, 3),
    start=st.integers(0, 47 * 60),
    minutes=st.integers(1, 600),
    space=st.integers(-1, 5),
    admission=st.sampled_from([one.value for one in Admission]),
    capacity=st.integers(0, 3_000),
)
wishes = st.builds(
    dict,
    activity=st.integers(0, 3),
    day=st.sampled_from([None, date(2027, 10, 9), date(2027, 10, 10)]),
    start=st.one_of(st.none(), st.times().map(lambda found: found.replace(second=0, microsecond=0))),
    part=st.one_of(st.none(), st.sampled_from([part.value for part in Part])),
    space=st.integers(-1, 5),
    capacity=st.one_of(st.none(), st.integers(1, 3_000)),
)


def write_plan(event: Event, about: list[dict], occurrences: list[dict], wanted: list[dict]) -> None:
    mine = {"event_id": event.id, "commune_code": COMMUNE}
    spaces = [None, *(space.id for space in places.spaces(COMMUNE))]
    with transaction() as session:
        for model in (models.Slot, models.Wish, models.Activity):
            session.execute(delete(model))
        keys = [ids.new() for _ in about]
        for key, said in zip(keys, about, strict=True):
            session.add(models.Activity(id=key, title_key=f"{fold(said['title'])}", host_key=fold(said["host"]), **said, **mine))
        session.flush()
        first = datetime(2027, 10, 8, 17, tzinfo=UTC)
        for number, one in enumerate(occurrences, 1):
            starts = first + timedelta(minutes=one["start"])
            when = {"starts_at": starts, "ends_at": starts + timedelta(minutes=one["minutes"]), "space_id": spaces[(one["space"] + 1) % len(spaces)]}
            about_slot = {"admission": one["admission"], "capacity": one["capacity"], "activity_id": keys[one["activity"] % len(keys)]}
            session.add(models.Slot(id=ids.new(), number=number, **when, **about_slot, **mine))
        for number, one in enumerate(wanted, len(occurrences) + 1):
            when = {name: one[name] for name in ("day", "start", "part", "capacity")} | {"space_id": spaces[(one["space"] + 1) % len(spaces)]}
            session.add(models.Wish(id=ids.new(), number=number, activity_id=keys[one["activity"] % len(keys)], **when, **mine))


def key_of(said: dict) -> tuple[str, str, str]:
    return said["kind"], fold(said["title"]), fold(said["host"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(activities, min_size=1, max_size=4, unique_by=key_of), st.lists(slots, max_size=6), st.lists(wishes, max_size=4))
def test_any_plan_read_back_changes_nothing(event: Event, about: list[dict], occurrences: list[dict], wanted: list[dict]) -> None:
    write_plan(event, about, occurrences, wanted)
    rows = len(occurrences) + len(wanted)
    data = exported(event)
    db.session.rollback()

    if rows:
        assert outcome(read_back(event, data)) == {"changes": ["same"] * rows, "errors": [], "left": 0}


@pytest.mark.parametrize("name", ["ke-hoach-01-chuan", "ke-hoach-02-o-gop", "ke-hoach-03-gio-bang-chu", "ke-hoach-04-hai-bang"])
def test_a_plan_that_came_in_goes_out_and_back(event: Event, name: str) -> None:
    came = service.import_file((DATA / f"{name}.xlsx").read_bytes(), event, COMMUNE, now=BEFORE)

    back = read_back(event, exported(event), dry_run=False)

    assert outcome(back) == {"changes": ["same"] * len(came.rows), "errors": [], "left": 0}
    assert back.done


def test_every_kind_goes_out_and_back(event: Event) -> None:
    for kind in Kind:
        make_slot(kind=kind, event=event)

    written = openpyxl.load_workbook(io.BytesIO(exported(event))).worksheets[0]

    assert {cell.value for cell in written["C"][1:]} == {"Gian hàng", "Hội nghị", "Tọa đàm", "Trạm trải nghiệm", "Lớp học số", "Trực tuyến"}
    assert outcome(read_back(event, exported(event)))["changes"] == ["same"] * 6


def test_dates_and_times_are_what_excel_calls_so_and_the_heading_stays_in_view(event: Event) -> None:
    make_slot(event=event)

    sheet = openpyxl.load_workbook(io.BytesIO(exported(event))).worksheets[0]

    assert [cell.value for cell in sheet[1]][:3] == ["Mã", "Tên hoạt động", "Loại hình"]
    assert (sheet["A2"].value, sheet["G2"].value, sheet["H2"].value) == ("HD-0001", datetime(2027, 10, 10), time(12))  # noqa: DTZ001 – wall time of a sheet
    assert (sheet["G2"].number_format, sheet["H2"].number_format) == ("dd/mm/yyyy", "hh:mm")
    assert sheet.freeze_panes == "C2"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(event: Event, text: str) -> None:
    make_slot(event=event, title=text)

    cell = openpyxl.load_workbook(io.BytesIO(exported(event))).worksheets[0]["B2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_an_edited_row_is_found_by_its_code_whatever_else_changed(event: Event) -> None:
    slot_id = make_slot(event=event, title="Lớp A", capacity=30)

    data = edited(exported(event), B2="Tọa đàm khác hẳn", C2="Tọa đàm", D2="Đoàn xã", K2=50, H2="13h30", I2="15h")
    changes = read_back(event, data, dry_run=False)

    slot = queries.slot(slot_id)
    assert [row.change for row in changes.rows] == ["changed"]
    assert (slot.title, slot.kind, slot.capacity, slot.starts_at) == ("Tọa đàm khác hẳn", Kind.TALK, 50, NOON + timedelta(minutes=90))


def test_a_wish_is_placed_by_its_row_and_keeps_its_code(event: Event) -> None:
    make_slot(event=event)
    write_wish(event)
    hall = places.spaces(COMMUNE)[0].full_name

    data = edited(exported(event), F3=hall, G3=date(2027, 10, 9), H3=time(8), I3="9h30", K3=20)
    read_back(event, data, dry_run=False)

    rows = {row.planned.number: row for row in export.own_rows(event, COMMUNE)}
    assert rows[2].is_slot
    assert (rows[2].planned.start, rows[2].planned.end) == (time(8), time(9, 30))
    assert outcome(read_back(event, exported(event)))["changes"] == ["same"] * 2


def write_wish(event: Event) -> None:
    with transaction() as session:
        activity = session.scalars(select(models.Activity.id)).one()
        session.add(models.Wish(id=ids.new(), number=2, activity_id=activity, event_id=event.id, commune_code=COMMUNE))


def test_what_one_of_several_rows_newly_says_of_their_activity_counts(event: Event) -> None:
    make_slot(event=event, title="Lớp A")
    make_slot(event=event, title="Lớp A", starts_at=NOON + timedelta(hours=3))
    read_back(event, edited(exported(event), L2="Người cao tuổi", L3="Người cao tuổi"), dry_run=False)

    changes = read_back(event, edited(exported(event), L3="Học sinh"), dry_run=False)

    assert [row.change for row in changes.rows] == ["same", "changed"]
    assert [row.planned.audience for row in export.own_rows(event, COMMUNE)] == ["Học sinh"] * 2


def test_a_new_line_below_becomes_a_new_slot(event: Event) -> None:
    make_slot(event=event)

    changes = read_back(event, edited(exported(event), B3="Lớp mới", C3="Lớp học số", G3="10/10", H3="8h", I3="9h"))

    assert outcome(changes) == {"changes": ["same", "new"], "errors": [], "left": 0}


def test_a_cancelled_slot_is_not_in_the_file_and_not_missed(event: Event) -> None:
    make_slot(event=event)
    gone = make_slot(event=event)
    with transaction() as session:
        session.get_one(models.Slot, gone).cancelled_at = BEFORE

    changes = read_back(event, exported(event))

    assert [row.change for row in changes.rows] == ["same"]
    assert changes.warnings == ()


def test_the_command_writes_what_import_reads(app: Flask, tmp_path: Path) -> None:
    event = make_event()
    make_slot(event=event)
    file = tmp_path / "ke-hoach.xlsx"

    result = app.test_cli_runner().invoke(args=["plan", "export", "--event", event.code, "--commune", COMMUNE, "--output", str(file)])

    assert result.exit_code == 0, result.output
    assert outcome(read_back(event, file.read_bytes()))["changes"] == ["same"]


def test_the_command_names_an_event_that_is_not_there(app: Flask, tmp_path: Path) -> None:
    make_event()
    result = app.test_cli_runner().invoke(args=["plan", "export", "--event", "x", "--commune", COMMUNE, "--output", str(tmp_path / "a.xlsx")])

    assert result.exit_code == 1
    assert "x" in result.stderr


def test_the_plan_s_page_offers_the_file_to_whoever_may_see_the_plan(app: Flask) -> None:
    event = make_event()
    make_slot(event=event)
    desk = sign_in(app, Role.VIEWER)
    url = f"/lam-viec/{COMMUNE}/{event.code}/ke-hoach/tai-ve"

    assert url in desk.get(f"/lam-viec/{COMMUNE}/{event.code}/ke-hoach").text
    file = desk.get(url)
    assert "no-store" in file.headers["Cache-Control"]
    assert outcome(read_back(event, file.data))["changes"] == ["same"]


def test_another_commune_s_people_do_not_get_the_file(app: Flask) -> None:
    event = make_event()
    make_slot(event=event, commune="17230")

    assert sign_in(app, scope="commune:17230").get(f"/lam-viec/{COMMUNE}/{event.code}/ke-hoach/tai-ve").status_code == 404

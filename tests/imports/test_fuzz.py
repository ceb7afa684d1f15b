"""Whatever is typed, sent or stands in a cell: no page breaks, nothing changes, and what is wrong is said in a sentence."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.db import db
from eventday.imports import enlisting
from eventday.imports.corrections import text_of
from eventday.imports.messages import told
from eventday.imports.people import read_people
from eventday.imports.plan import read_plan
from eventday.imports.sheet import CellError
from eventday.kernel import clock
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.imports.samples import KNOWN, sheet_of
from tests.imports.test_mending import HEAD, PAGE, book_of, row, upload
from tests.imports.test_people import HEAD as PEOPLE_HEAD
from tests.imports.test_people import PAGE as PEOPLE
from tests.places.samples import enter_sample_places
from tests.registrations.test_form import NAUGHTY

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
SEARCHES = ("/", "/lam-viec/tinh/40", f"{DESK}/nguoi-tham-gia", f"{DESK}/nhat-ky")
values = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.sampled_from([*NAUGHTY, "nt", "–", "x", "31/02", "24h", "0912345678", "08:00-25:00"]),
    st.integers(-(10**9), 10**15),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.datetimes(),
    st.times(),
    st.sampled_from(["#REF!", "NO VALUE"]).map(CellError),
)


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    enter_sample_places(COMMUNE)
    return sign_in(app, Role.ORGANISER, "country")


def everything():
    """All rows of all tables but the log's, which tells who signed in."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name != Entry.__tablename__]
    with db.engine.connect() as connection:
        return [f"{table.name}: {one}" for table in tables for one in connection.execute(table.select())]


@pytest.mark.parametrize("page", SEARCHES)
def test_no_text_breaks_a_search(desk, page):
    before = everything()

    answers = [desk.get(page, query_string=dict.fromkeys(("q", "slot", "trang", "loai"), text[:4000])) for text in NAUGHTY]

    assert {answer.status_code for answer in answers} <= {200, 303, 404}
    assert not any("<script>alert" in answer.text for answer in answers)
    assert everything() == before


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_text_breaks_the_mending(desk, text):
    token, before = upload(desk, book_of(row(people="khoảng 100"), row("B", place="Nhà rông"))), everything()
    sent = [{name: text} for name in ("o-0-2-8", "o-0-2-3", "bo", "lai", "them", f"o-0-{text[:9]}-1")]

    answers = [desk.post(f"{PAGE}/{token}/sua", one) for one in sent]
    page = desk.get(f"{PAGE}?tep={token}")

    assert {answer.status_code for answer in answers} <= {303, 413}
    assert (page.status_code, "Chưa nhập" in page.text, "<script>alert" in page.text) == (200, True, False)
    assert everything() == before


@pytest.mark.parametrize("field", ["o", "venue", "venue_name", "name", "kind", "capacity"])
def test_no_text_breaks_the_form_of_a_new_place(desk, field):
    token = upload(desk, book_of(row(place="Nhà rông")))
    full = {"o": "o-0-2-4", "venue": "", "venue_name": "Nhà rông", "name": "", "kind": "hall"}

    answers = [desk.post(f"{PAGE}/{token}/dia-diem", full | {field: text}) for text in NAUGHTY]

    assert {answer.status_code for answer in answers} <= {303, 404, 413, 422}


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_address_breaks_the_pages_of_files(desk, text):
    before = everything()
    asked = [(PAGE, {"tep": text}), (PAGE, {"viec": text}), (PEOPLE, {"tep": text}), (PEOPLE, {"tep": "0" * 32, "slot": text})]

    statuses = {desk.get(page, query_string={name: one[:4000] for name, one in args.items()}).status_code for page, args in asked}

    assert statuses <= {200, 404}
    assert everything() == before


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_cell_breaks_a_list_of_people(desk, text):
    slot_id, book, file = make_slot(capacity=9), openpyxl.Workbook(), io.BytesIO()
    for cells in (PEOPLE_HEAD, *([*[None] * n, ILLEGAL_CHARACTERS_RE.sub("", text)[:30_000]] for n in range(len(PEOPLE_HEAD)))):
        book.worksheets[0].append(cells)
    book.save(file)
    before = everything()

    answer = desk.post(PEOPLE, {"slot": str(slot_id), "file": (io.BytesIO(file.getvalue()), text[:90])}, follow_redirects=True)

    assert answer.status_code in (200, 422)
    assert ("ô cần sửa" in answer.text or "Đọc được hết" in answer.text, "<script>alert" in answer.text) == (True, False)
    assert everything() == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(values, min_size=1, max_size=8), max_size=8))
def test_every_cell_of_people_is_read_or_told(app, rows):
    found = read_people([sheet_of([PEOPLE_HEAD, *rows])], [], 2027)

    assert all(str(told(problem)) for problem in (*found.errors, *found.warnings))
    assert all(one.name for one in found.rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(values, min_size=1, max_size=8), max_size=8))
def test_every_cell_of_a_plan_is_read_or_told(app, rows):
    found = read_plan([sheet_of([HEAD, *rows])], KNOWN)

    assert all(str(told(problem)) for problem in (*found.errors, *found.warnings))
    assert all(one.planned.title for one in found.rows)


@settings(max_examples=150, deadline=None)
@given(values)
def test_every_cell_is_shown_in_its_field(value):
    assert isinstance(text_of(sheet_of([[value]]), 1, 1), str)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(values, min_size=1, max_size=7), min_size=1, max_size=5))
def test_a_list_of_anything_is_looked_at_and_changes_nothing(desk, rows):
    slot, found = enlisting.slot_of(make_event(), COMMUNE, make_slot(capacity=2)), read_people([sheet_of([PEOPLE_HEAD, *rows])], [], 2027)
    before = everything()

    looked = enlisting.enlist(found, slot, dry_run=True, now=BEFORE)

    assert len(looked.rows) == len(found.rows)
    assert everything() == before

"""A slot's people to take along: who may, in which order, and that nothing in the file is a formula."""

import io
from contextlib import contextmanager

import openpyxl
import pytest
from sqlalchemy import event as events
from sqlalchemy import select

from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.db import db
from eventday.kernel import clock
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

PEOPLE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nguoi-tham-gia"


@pytest.fixture
def desk(each_app) -> Desk:
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(each_app, Role.DESK)


def register(slot_id, *names: str) -> None:
    for number, name in enumerate(names):
        person = PersonRequest(name=name, birth_year=1970, slot_ids=(slot_id,))
        phone = f"+8491234{number:04}"
        request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=phone, people=(person,), source=Source.DESK)
        registrations.register(request, now=BEFORE)


def sheet_of(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_who_has_a_seat_comes_first_by_vietnamese_names_then_who_waits(desk: Desk) -> None:
    slot = make_slot(capacity=4)
    register(slot, "Trần Văn Ba", "Lê Thị Ân", "Nguyễn Văn Ấn", "Hồ Thị An", "Bùi Văn Ánh")

    sheet = sheet_of(desk.get(f"{PEOPLE}/{slot}/tai-ve").data)

    assert [cell.value for cell in sheet["B"][1:]] == ["Hồ Thị An", "Lê Thị Ân", "Nguyễn Văn Ấn", "Trần Văn Ba", "Bùi Văn Ánh"]
    assert [cell.value for cell in sheet["G"][1:]] == ["Có chỗ"] * 4 + ["Chờ, thứ 1"]


def test_names_are_texts_and_phones_keep_their_first_zero(desk: Desk) -> None:
    slot = make_slot()
    register(slot, "=HYPERLINK(1)", "+Cường", "@Dũng")

    sheet = sheet_of(desk.get(f"{PEOPLE}/{slot}/tai-ve").data)

    assert {cell.data_type for cell in sheet["B"]} == {"s"}
    assert "=hyperlink(1)" in {cell.value for cell in sheet["B"]}
    assert sheet["E2"].value.startswith("0912 34")


def test_the_page_to_print_has_the_same_people(desk: Desk) -> None:
    slot = make_slot(capacity=1)
    register(slot, "Trần Văn Ba", "Lê Thị Ân")

    page = desk.get(f"{PEOPLE}/{slot}/in").text

    assert page.index("Trần Văn Ba") < page.index("Lê Thị Ân")
    assert "1 người có chỗ, 1 người chờ." in page


@pytest.mark.parametrize("how", ["tai-ve", "in"])
def test_no_cache_keeps_a_list_and_who_took_it_is_noted_without_names(desk: Desk, how: str) -> None:
    slot = make_slot()
    register(slot, "Trần Văn Ba")

    answer = desk.get(f"{PEOPLE}/{slot}/{how}")

    assert "no-store" in answer.headers["Cache-Control"]
    db.session.rollback()
    noted = db.session.scalars(select(Entry).where(Entry.action == "exported")).one()
    assert (noted.subject_kind, noted.subject_id, noted.after["count"]) == ("people", str(slot), 1)
    assert "Trần" not in str(noted.after)


@pytest.mark.parametrize("how", ["tai-ve", "in"])
def test_who_may_only_look_gets_no_list(each_app, how: str) -> None:
    slot = make_slot()

    assert sign_in(each_app, Role.VIEWER).get(f"{PEOPLE}/{slot}/{how}").status_code == 403


@pytest.mark.parametrize("how", ["tai-ve", "in"])
def test_another_commune_s_slot_is_not_there(desk: Desk, how: str) -> None:
    make_commune("17230", "Xã Con Cuông")
    slot = make_slot(commune="17230")

    assert desk.get(f"{PEOPLE}/{slot}/{how}").status_code == 404


@contextmanager
def counting_statements():
    seen: list[str] = []

    def count(_connection, _cursor, statement, *_):
        seen.append(statement)

    events.listen(db.engine, "before_cursor_execute", count)
    yield seen
    events.remove(db.engine, "before_cursor_execute", count)


def test_a_long_list_asks_the_database_no_more_often(desk: Desk) -> None:
    short, long = make_slot(), make_slot()
    register(short, "Trần Văn Ba")
    register(long, *[f"Người {number}" for number in range(20)])
    desk.get(f"{PEOPLE}/{short}/in")

    with counting_statements() as few:
        desk.get(f"{PEOPLE}/{short}/in")
    with counting_statements() as many:
        desk.get(f"{PEOPLE}/{long}/in")

    assert len(many) == len(few)

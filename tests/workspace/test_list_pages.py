"""Every list page: as many statements for ten rows as for a thousand, and none of them reads a table that grows from end to end."""

import re

import pytest
from sqlalchemy import event as events
from sqlalchemy import text

from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.registrations import finding, service
from eventday.registrations.domain import Source, Status
from tests.crowd import Crowd, fill
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_space
from tests.registrations.people import a_request, person

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
PAGES = (
    "/lam-viec?all=1",
    "/lam-viec/tinh/40",
    "/lam-viec/tinh/40?q=anh&xep=dang-ky",
    "/lam-viec/tinh/40/nguoi-lam-viec",
    "/lam-viec/ca-nuoc/nguoi-lam-viec",
    "/lam-viec/nhat-ky/40",
    DESK,
    f"{DESK}/ke-hoach",
    f"{DESK}/ke-hoach?q=lop&trang=1",
    f"{DESK}/nguoi-tham-gia",
    f"{DESK}/nguoi-tham-gia?q=nguyen",
    DESK + "/nguoi-tham-gia?q={phone}",
    DESK + "/nguoi-tham-gia?slot={slot}",
    DESK + "/nguoi-tham-gia?slot={slot}&loai=cho",
    DESK + "/nguoi-tham-gia?slot={slot}&loai=huy",
    DESK + "/nguoi-tham-gia/{person}",
    f"{DESK}/nguoi-tham-gia/trung",
    f"{DESK}/bao-cao",
    DESK + "/nguoi-tham-gia/{slot}/in",
    f"{DESK}/ngay-hoi",
    f"{DESK}/may-quet",
    f"{DESK}/dia-phuong",
    f"{DESK}/nguoi-lam-viec",
    f"{DESK}/nhat-ky",
    f"{DESK}/nhat-ky?viec=slot&tu=2020-01-01&den=2030-01-01",
    f"{DESK}/nhat-ky?sau=5",
    f"{DESK}/viec-nen",
)
GROWING = (
    "registrations",
    "passes",
    "households",
    "pass_terms",
    "consents",
    "checkins",
    "audit_entries",
    "jobs",
    "web_sessions",
    "slots",
    "activities",
)
_WHOLE = re.compile(rf"\b(?:SCAN|Seq Scan on) (?:{'|'.join(GROWING)})\b")


@pytest.fixture
def desk(each_app):
    clock.shift_to(BEFORE)
    event = make_event()
    make_space()
    fill(event, Crowd(commune=COMMUNE, people=12, slots=3, first=6, waiting=2, came=0.5, acts=10, jobs=3), now=BEFORE)
    for _ in range(2):  # likely the same person twice
        service.register(a_request(person(name="Lê Văn Đôi"), source=Source.WEB), now=BEFORE)
    return sign_in(each_app, Role.ORGANISER, "country")


@pytest.fixture
def addresses(desk):
    slot = max(programme.slots(make_event().id, COMMUNE), key=lambda one: one.waiting)
    somebody = finding.people_of_slot(slot.id, Status.CONFIRMED)[0]
    ids = {"slot": slot.id, "person": somebody.registration.pass_id, "phone": somebody.phone[-4:]}
    return [path.format(**ids) for path in PAGES]


@pytest.fixture
def asked():
    """The statements and their values that the database was asked from here on."""
    found = []
    note = lambda _c, _cursor, statement, values, *_: found.append((statement, values))  # noqa: E731
    events.listen(db.engine, "before_cursor_execute", note)
    yield found
    events.remove(db.engine, "before_cursor_execute", note)


def grow(people=1_000):
    fill(
        make_event(), Crowd(commune=COMMUNE, people=people, slots=120, first=500, waiting=150, came=0.5, acts=1_000, jobs=100, devices=9), now=BEFORE
    )
    db.session.rollback()


def counted(desk, addresses, asked):
    found = {}
    for address in addresses:
        asked.clear()
        assert desk.get(address).status_code == 200
        found[address] = len(asked)
    return found


def test_a_list_asks_as_often_whatever_its_length(desk, addresses, asked):
    counted(desk, addresses, asked)  # what each process reads once and keeps
    few = counted(desk, addresses, asked)
    grow()
    counted(desk, addresses, asked)  # what it keeps up to date (tests/checkins/test_watch.py)

    assert counted(desk, addresses, asked) == few


def test_no_list_reads_a_table_that_grows_from_end_to_end(desk, addresses, asked):
    grow()
    counted(desk, addresses, asked)
    statements = {}
    for address in addresses:
        asked.clear()
        desk.get(address)
        statements |= {statement: (address, values) for statement, values in asked if statement.startswith(("SELECT", "WITH"))}

    whole = {(address, line) for statement, (address, values) in statements.items() for line in plan_of(statement, values) if _WHOLE.search(line)}

    assert whole == set()
    assert len(statements) > 30


def plan_of(statement, values):
    """Where PostgreSQL is kept from reading a small table whole, it still does so where no index fits."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if is_sqlite:
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        connection.execute(text("SET enable_seqscan = off"))
        lines = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]
        connection.execute(text("SET enable_seqscan = on"))
        return lines

"""Marks of likely doubles: made with the pass, kept with every change, read at a cost that does not grow."""

import importlib
from uuid import UUID

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event as events
from sqlalchemy import insert, select, text, update

from eventday.db import db, table, transaction
from eventday.kernel import ids
from eventday.registrations import parting, people, queries, service, settling, suspects
from eventday.registrations.models import Household, Pass
from tests.factories import BEFORE, COMMUNE, make_event
from tests.registrations.alike import listed, marked, one_person
from tests.registrations.people import a_request, person, registered


@pytest.mark.parametrize(
    ("name", "birth_year", "phone"),
    [("LE THI ANH", 1960, None), ("Lê Ánh", None, "+84912345678"), ("Lê Thị Anhh", 1960, "+84912345678")],
)
def test_who_is_like_somebody_is_listed_from_the_moment_they_are_written(each_app, name, birth_year, phone):
    one, other = one_person(), one_person(name, birth_year, phone)

    assert listed() == [{one.id, other.id}]


def test_a_family_is_not_marked(each_app):
    service.register(a_request(person(name="Lê Văn Nam"), person(name="Lê Thị Hà"), person(name="Lê Văn Hải")), now=BEFORE)

    assert (marked(), listed()) == (0, [])


def test_who_becomes_alike_by_a_correction_is_listed_and_no_longer_when_it_is_undone(each_app):
    one, other = one_person(), one_person("Trần Văn Bình", 1970, None)

    people.change(other.id, people.Details(name="Lê Thị Ánh", birth_year=1960), now=BEFORE)
    assert listed() == [{one.id, other.id}]

    people.change(other.id, people.Details(name="Trần Văn Bình", birth_year=1970), now=BEFORE)
    assert (listed(), marked()) == ([], 0)


def test_two_people_are_off_the_list_for_good_until_it_is_taken_back(each_app):
    one, other = one_person(), one_person()
    event = make_event().id

    parting.tell_apart(event, COMMUNE, [other.id, one.id], now=BEFORE)
    parting.tell_apart(event, COMMUNE, [one.id, other.id], now=BEFORE)
    assert (listed(), marked()) == ([], 0)
    third = one_person()
    assert listed() == [{one.id, third.id}, {other.id, third.id}]

    parting.take_back_apart(event, COMMUNE, [one.id, other.id], now=BEFORE)
    assert len(listed()) == 3


def test_a_withdrawn_pass_is_nobody_s_double(each_app):
    one_person()
    service.revoke(one_person().id, now=BEFORE)

    assert listed() == []


@pytest.fixture
def written(each_app):
    """So many people, and one pair among them; SQLite's planner has not counted them, as on most machines of communes."""
    event = make_event().id
    like = queries.pass_by_id(registered(people=1)[0].id)
    values = dict(db.session.execute(text("SELECT * FROM passes")).mappings().one())
    with transaction() as session:
        homes = [{"id": ids.new(), "event_id": event, "commune_code": COMMUNE, "phone": f"+849{at:08}", "created_at": BEFORE} for at in range(4_000)]
        session.execute(insert(table(Household)), homes)
        rows = [_copy(values, like, home["id"], at) for at, home in enumerate(homes)]
        session.execute(insert(table(Pass)), rows)
    one_person(), one_person()
    if db.engine.dialect.name == "postgresql":
        _count()
    return each_app


@pytest.fixture
def crowd(written):
    """The planner of either sees a large table."""
    _count()
    return written


def _count():
    with transaction() as session:
        session.execute(text("ANALYZE"))


def _copy(values, like, household_id, at):
    own = {"id": ids.new(), "event_id": like.event_id, "household_id": household_id, "code": f"{at:016x}", "typed": f"{at:08}", "identity": None}
    made = {"holder_hash": at.to_bytes(32, "big"), "name_key": f"nguyen van {at}", "birth_year": 1900 + at % 100, "created_at": BEFORE}
    return values | own | made | {"changed_at": None, "revoked_at": None, "merged_into": None, "hamlet_id": None, "alike": False}


def plans(asked):
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    return [str(row) for statement, values in asked for row in db.session.connection().exec_driver_sql(explain + statement, values)]


def test_the_list_and_the_mark_walk_indexes_and_never_a_table(crowd):
    event, asked = make_event().id, []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, values, *_: asked.append((statement, values)))
    found = suspects.likely_doubles(event, COMMUNE)
    assert len(asked) == 4
    one_person("Hoàng Thị Ngân", 1990, "+84900000001")
    lines = plans([(statement, values) for statement, values in asked if "passes" in statement and "pass_terms" not in statement])

    assert len(found) == 1
    assert not [
        line for line in lines if "SCAN passes" in line or "SCAN households" in line or "Seq Scan on passes" in line or "Seq Scan on hous" in line
    ]


def test_the_worker_reads_what_was_written_of_late_a_page_at_a_time_without_sorting_the_rest(written):
    asked = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, values, *_: asked.append((statement, values)))
    rows = db.session.execute(settling.next_of(UUID(int=0), UUID(int=0))).all()
    lines = plans(asked[-1:])

    assert len(rows) == suspects.AT_ONCE
    assert any("household_id" in line and "INDEX" in line.upper() for line in lines)
    assert not [line for line in lines if "B-TREE FOR ORDER BY" in line or "('Sort" in line or "->  Sort" in line]


def test_passes_of_before_the_marks_are_marked_by_the_migration(each_app):
    one_person()
    alike = {one_person("LE THI ANH", 1960, None).id, one_person("Lê Ánh", None).id, one_person("Lê Thị Anhh").id}
    one_person("Trần Văn Bình", 1960, "+84387654321")
    with transaction() as session:
        session.execute(update(Pass).values(alike=False))

    with db.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        importlib.import_module("eventday.migrations.versions.0009_merging")._mark()

    assert set(db.session.scalars(select(Pass.id).where(Pass.alike))) == alike

"""Children who came by a list without their adult or their own agreement are found until both are written down (Luật Trẻ em; product.md)."""

import pytest
from sqlalchemy import event as events
from sqlalchemy import func, select

from eventday.db import db
from eventday.registrations import children, people, service
from eventday.registrations.domain import Source, missing_of_child
from eventday.registrations.models import Consent
from tests.factories import BEFORE, COMMUNE, make_event
from tests.registrations.people import a_request, person

YEAR = 2027


def child(birth_year=2017, source=Source.IMPORT, **more):
    return service.register(a_request(person(birth_year=birth_year, **more), source=source), now=BEFORE)[0]


def incomplete():
    db.session.rollback()
    event = make_event().id
    found = children.incomplete(event, COMMUNE, YEAR)
    assert children.count(event, COMMUNE, YEAR) == len(found)
    return [one.view.id for one in found]


@pytest.mark.parametrize(
    ("years", "guardian", "agrees", "missing"),
    [
        (6, None, None, ("guardian",)),
        (6, "Lê Văn Bình", None, ()),
        (7, None, None, ("guardian", "child_agrees")),
        (15, "Lê Văn Bình", False, ("child_agrees",)),
        (15, "Lê Văn Bình", True, ()),
        (16, None, None, ()),
        (None, None, None, ()),
    ],
)
def test_what_a_child_lacks(years, guardian, agrees, missing):
    assert missing_of_child(years, guardian, agrees) == missing


@pytest.mark.parametrize("birth_year", [2012, 2020, 2021])
def test_a_child_of_a_list_is_found_until_everything_is_written_down(each_app, birth_year):
    one = child(birth_year)
    assert incomplete() == [one.id]

    known = people.details(db.session(), one.id)
    agrees = True if YEAR - birth_year >= 7 else None
    people.change(one.id, people.Details(**{**vars(known), "guardian": "Lê Văn Bình", "child_agrees": agrees}), now=BEFORE)

    assert incomplete() == []


def test_an_adult_who_is_written_down_is_not_enough_from_seven_on(each_app):
    one = child(2017, guardian="Lê Văn Bình")

    assert incomplete() == [one.id]


@pytest.mark.parametrize(
    "other",
    [{"birth_year": 2011}, {"birth_year": None}, {"source": Source.DESK}, {"guardian": "Lê Văn Bình", "child_agrees": True}],
    ids=["sixteen", "no year", "not of a list", "complete"],
)
def test_nobody_else_is_asked_for(each_app, other):
    child(**other)

    assert incomplete() == []


def test_who_was_withdrawn_is_not_asked_for(each_app):
    service.revoke(child().id, now=BEFORE)

    assert incomplete() == []


def test_the_adult_s_consent_is_stored_when_their_name_is(each_app):
    one = child()
    known = people.details(db.session(), one.id)

    people.change(one.id, people.Details(**{**vars(known), "guardian": "Lê Văn Bình", "child_agrees": True}), now=BEFORE)

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Consent).where(Consent.pass_id == one.id, Consent.channel == "spoken")) == 1


def test_they_are_found_by_an_index_of_imported_passes_alone(each_app):
    asked = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, values, *_: asked.append((statement, values)))
    children.count(make_event().id, COMMUNE, YEAR)
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    (statement, values), connection = asked[-1], db.session.connection()
    if db.engine.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the table is empty here

    plan = str(connection.exec_driver_sql(explain + statement, values).fetchall())

    assert "ix_passes_imported" in plan

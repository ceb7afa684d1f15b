from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from eventday.access.actor import Actor, acting_as
from eventday.audit.models import Entry, Head
from eventday.audit.service import note
from eventday.db import db, transaction
from tests.conftest import MORNING
from tests.factories import COMMUNE

VENUE = ("venue", "v1")


def noted(before, after, *, action="changed", subject=VENUE, chain=COMMUNE, now=MORNING):
    with transaction() as session:
        note(session, chain, action, subject, before, after, now)


def entries(chain=COMMUNE):
    return db.session.query(Entry).filter_by(chain=chain).order_by(Entry.number).all()


def test_an_entry_says_who_did_what_to_what_and_when(each_app):
    with acting_as(Actor("person", "p1", "Ngân")):
        noted({"name": "Nhà văn hóa", "code": "V01"}, {"name": "Nhà văn hóa xã", "code": "V01"})

    (entry,) = entries()
    assert (entry.actor_kind, entry.actor_id, entry.action, entry.subject_kind, entry.subject_id) == ("person", "p1", "changed", *VENUE)
    assert (entry.at, entry.before, entry.after) == (MORNING, {"name": "Nhà văn hóa"}, {"name": "Nhà văn hóa xã"})


def test_entries_of_a_commune_are_numbered_and_chained(each_app):
    for number in range(3):
        noted(None, {"name": f"Phòng {number}"}, action="added")

    first, second, third = entries()
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == (bytes(32), first.hash, second.hash)
    head = db.session.query(Head).one()
    assert (head.count, head.hash) == (3, third.hash)


def test_chains_of_communes_are_apart(each_app):
    noted(None, {"name": "A"}, chain="17329")
    noted(None, {"name": "B"}, chain="17332")

    assert [(entry.number, entry.previous) for entry in entries("17332")] == [(1, bytes(32))]


def test_what_changes_nothing_leaves_no_entry(each_app):
    noted({"name": "A"}, {"name": "A"})

    assert entries() == []


def test_an_act_without_values_is_kept(each_app):
    noted(None, None, action="revoked")

    assert [(entry.before, entry.after) for entry in entries()] == [(None, None)]


def test_nothing_is_kept_of_what_was_rolled_back(each_app):
    def begun():
        with transaction() as session:
            note(session, COMMUNE, "added", VENUE, None, {"name": "A"}, MORNING)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begun()

    assert (entries(), db.session.query(Head).count()) == ([], 0)


def test_acts_of_one_transaction_are_kept_in_their_order(each_app):
    with transaction() as session:
        for name, chain in (("A", "17329"), ("B", "17332"), ("C", "17329")):
            note(session, chain, "added", VENUE, None, {"name": name}, MORNING)

    assert [entry.after["name"] for entry in entries("17329")] == ["A", "C"]


def test_values_are_kept_as_json_has_them(each_app):
    noted(None, {"id": UUID(int=7), "at": MORNING + timedelta(hours=1), "names": ("a", "b"), "ids": {2, 1}})

    assert entries()[0].after == {"id": str(UUID(int=7)), "at": "2027-10-10T09:30+07:00", "names": ["a", "b"], "ids": [1, 2]}


@pytest.mark.parametrize("statement", [update(Entry).values(label="X"), delete(Entry), text("UPDATE audit_entries SET number = number + 1")])
def test_the_database_itself_refuses_to_change_or_drop_an_act(each_app, statement):
    noted(None, {"name": "Phòng 1"}, action="added")

    with pytest.raises(DBAPIError, match="only ever added"), transaction() as session:
        session.execute(statement)

    assert [entry.label for entry in entries()] == ["Phòng 1"]

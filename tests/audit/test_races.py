"""Many at once in one chain; each with a control that fails without the guard."""

from threading import Event, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from eventday.audit import queries, service
from eventday.audit.models import Head
from eventday.audit.service import note
from eventday.db import at_the_end, db, transaction
from tests.conftest import MORNING
from tests.factories import COMMUNE
from tests.registrations.people import at_once

THREADS, EACH = 16, 5


def add(chain=COMMUNE, *, before_the_end=lambda: None, patience="20s"):
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SET LOCAL lock_timeout = '{patience}'"))
        note(session, chain, "added", ("hamlet", "h1"), None, {"population": 1}, MORNING)
        at_the_end(session, before_the_end)


def add_several():
    for _ in range(EACH):
        add()


def test_many_writers_of_one_commune_make_one_whole_chain(each_app):
    results = at_once(each_app, [add_several] * THREADS, THREADS)

    assert results == [None] * THREADS
    verified = queries.verify(COMMUNE)
    assert (verified.count, verified.fault) == (THREADS * EACH, None)


def test_without_the_lock_writers_take_the_same_number(postgres_app, monkeypatch):
    add()

    def look_only(session, chain):
        return tuple(session.execute(select(Head.count, Head.hash).where(Head.chain == chain)).one())

    monkeypatch.setattr(service, "_lock_head", look_only)
    results = at_once(postgres_app, [add_several] * THREADS, THREADS)

    assert IntegrityError in {type(result) for result in results}


@pytest.fixture
def held(postgres_app):
    """Somebody is at the end of a transaction that noted something in the commune, and stays there."""
    add()
    add("17332")
    reached, go_on = Event(), Event()

    def stay():
        reached.set()
        go_on.wait(30)

    def write():
        with postgres_app.app_context():
            add(before_the_end=stay)
            db.session.remove()

    thread = Thread(target=write)
    thread.start()
    assert reached.wait(30)
    yield
    go_on.set()
    thread.join()


def test_writers_of_different_communes_do_not_wait_for_each_other(held):
    add("17332", patience="200ms")

    assert queries.verify("17332").count == 2


def test_writers_of_one_commune_wait(held):
    with pytest.raises(OperationalError, match="lock timeout"):
        add(patience="200ms")


def test_who_notes_first_and_locks_other_things_later_does_not_hold_the_chain_meanwhile(postgres_app):
    add()
    with transaction() as session:
        note(session, COMMUNE, "added", ("hamlet", "h2"), None, {"population": 1}, MORNING)
        others = at_once(postgres_app, [lambda: add(patience="200ms")], 1)

    assert others == [None]
    assert (queries.verify(COMMUNE).count, queries.verify(COMMUNE).fault) == (3, None)

"""The worker puts marks of likely doubles right, on both databases (eventday.registrations.settling)."""

from datetime import timedelta
from threading import Barrier

from sqlalchemy import event as events
from sqlalchemy import update

from eventday.db import db, transaction
from eventday.kernel import ids
from eventday.registrations import issuing, people, suspects
from eventday.registrations.models import Pass
from eventday.registrations.settling import settle
from tests.factories import BEFORE
from tests.registrations.alike import listed, marked, one_person
from tests.registrations.people import at_once, registered


def written_at_once(app, monkeypatch, count=2):
    """Passes of one person, each written before the other's transaction ends."""
    registered()
    gate, real = Barrier(count), issuing.add_consents

    def together(*args, **named):
        gate.wait(10)
        return real(*args, **named)

    monkeypatch.setattr(issuing, "add_consents", together)
    return at_once(app, [one_person] * count, count)


def test_two_that_were_written_at_the_same_instant_are_listed(postgres_app, monkeypatch):
    one, other = written_at_once(postgres_app, monkeypatch)
    before = listed()
    settle()

    assert (before, listed(), marked()) == ([], [{one.id, other.id}], 1)


def test_whoever_missed_the_other_is_listed(each_app):
    """As above, on SQLite too, where two never write at once."""
    one, other = one_person(), one_person()
    with transaction() as session:
        session.execute(update(Pass).values(alike=False))
    settle()

    assert listed() == [{one.id, other.id}]


def test_a_mark_that_has_lost_its_twin_is_taken_away(each_app):
    one, _other = one_person(), one_person()
    people.change(one.id, people.Details(name="Trần Văn Bình", birth_year=1970), now=BEFORE)
    before = marked()
    settle()

    assert (before, marked()) == (1, 0)


def test_what_is_right_is_left_without_a_write(each_app):
    one_person(), one_person(), registered()
    asked, before = [], marked()
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement.split()[0]))
    settle()

    assert (set(asked), marked()) == ({"SELECT", "WITH"}, before)


def stale_marks(count):
    """So many marks before a true pair."""
    registered(people=count)
    with transaction() as session:
        session.execute(update(Pass).values(alike=True))
    return {one_person().id, one_person().id}


def test_a_pair_behind_many_lost_marks_is_listed(each_app):
    pair = stale_marks(180)

    assert listed() == [pair]
    settle()
    assert (marked(), listed()) == (1, [pair])


def test_of_many_written_together_all_are_marked(each_app):
    ones = [one_person(f"Lê Thị Ánh {word}", 1960, None).id for word in WORDS]
    twins = [one_person(f"Lê Thị Ánh {word}", 1960, None).id for word in WORDS]
    with transaction() as session:
        session.execute(update(Pass).values(alike=False))
        suspects.mark(session, twins)

    assert (marked(), len(ones)) == (len(WORDS), len(WORDS))


WORDS = [f"{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(90)]


def test_ids_of_a_moment_begin_where_it_says():
    before, first = ids.new(), ids.made_within(timedelta(hours=1))

    assert first < before < ids.made_within(timedelta(hours=-1))
    assert first.version == 7

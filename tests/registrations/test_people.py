from dataclasses import replace
from datetime import timedelta

import pytest

from eventday.db import db
from eventday.kernel.errors import NotFound
from eventday.registrations import finding, people, queries, service
from eventday.registrations.domain import Source
from eventday.registrations.errors import SamePerson
from eventday.registrations.people import Details
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.registrations.people import a_request, assert_sound, counters, person


def add(name="Nguyễn Văn An", *slots, phone="+84912345678", source=Source.DESK, **more):
    return service.register(a_request(person(*slots, name=name, **more), phone=phone, source=source), now=BEFORE)[0]


def found(words):
    return [(one.view.name, one.phone) for one in finding.search(make_event().id, COMMUNE, words).people]


def test_a_corrected_person_is_found_by_the_new_words_only(each_app):
    one = add("Nguyễn Văn An")

    people.change(one.id, Details(name="nguyễn văn ân hậu", birth_year=1958, phone="+84387654321"), now=BEFORE)

    assert found("hau 4321") == [("Nguyễn Văn Ân Hậu", "+84387654321")]
    assert found("5678") == []
    assert queries.pass_by_id(one.id).code == one.code


def test_a_phone_is_the_household_s(each_app):
    both = service.register(a_request(person(name="Lê An"), person(name="Lê Bình"), source=Source.DESK), now=BEFORE)

    people.change(both[0].id, Details(name="Lê An", phone="+84387654321"), now=BEFORE)

    assert found("4321") == [("Lê An", "+84387654321"), ("Lê Bình", "+84387654321")]
    assert service.register(a_request(person(name="Lê Bình"), phone="+84387654321", source=Source.DESK), now=BEFORE)[0].id == both[1].id


def test_nobody_becomes_somebody_who_has_a_pass(each_app):
    other = add("Lê An", birth_year=1960)
    one = add("Lê Ân", birth_year=1961)

    with pytest.raises(SamePerson) as refused:
        people.change(one.id, Details(name="Lê An", birth_year=1960, phone="+84912345678"), now=BEFORE)

    assert refused.value.facts == {"code": other.code}
    assert queries.pass_by_id(one.id).name == "Lê Ân"


def test_who_saves_second_is_told_what_changed(each_app):
    one = add("Lê An")
    known = people.details(db.session(), one.id)
    people.change(one.id, replace(known, birth_year=1960), seen=stamp(known), now=BEFORE)

    with pytest.raises(Stale) as told:
        people.change(one.id, replace(known, birth_year=1961), seen=stamp(known), now=BEFORE)

    assert [(change.name, change.then, change.now) for change in told.value.changes] == [("birth_year", "", "1960")]


def test_taking_back_frees_the_seat_withdraws_the_pass_and_lets_the_person_be_added_anew(each_app):
    slot = make_slot(capacity=1)
    one = add("Lê An", slot)

    people.take_back(one.id, now=BEFORE)
    again = add("Lê An", slot)

    assert queries.pass_by_id(one.id).revoked_at == BEFORE
    assert (again.id != one.id, counters(slot), found("an")) == (True, (1, 0), [("Lê An", "+84912345678")])
    assert_sound()


@pytest.mark.parametrize(("source", "later"), [(Source.WEB, timedelta()), (Source.DESK, timedelta(hours=2))])
def test_only_what_the_desk_has_just_made_is_taken_back(each_app, source, later):
    one = add("Lê An", source=source)

    with pytest.raises(NotFound):
        people.take_back(one.id, now=BEFORE + later)

    assert queries.pass_by_id(one.id).revoked_at is None


def test_a_pass_that_was_used_for_more_since_is_not_taken_back(each_app):
    one = add("Lê An")
    service.add_to_pass(one.secret, [make_slot()], now=BEFORE + timedelta(minutes=1))

    with pytest.raises(NotFound):
        people.take_back(one.id, now=BEFORE + timedelta(minutes=2))

"""Merging passes of one person: seats, search, the holder's page, and taking it back. Gates are in tests/checkins/test_merged.py."""

import pytest

from eventday.db import db
from eventday.kernel.errors import NotFound
from eventday.registrations import counts, finding, merging, moving, parting, people, queries, service, suspects
from eventday.registrations.domain import Source, identity
from eventday.registrations.errors import MergedSeatIsGone, MergedWasChanged
from eventday.registrations.models import Pass, Registration
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, assert_sound, at_once, counters, person, registered


def one_person(*slots, name="Lê Thị Ánh", phone="+84912345678", source=Source.WEB, **more):
    return service.register(a_request(person(*slots, name=name, **more), phone=phone, source=source), now=BEFORE)[0]


def _identity(name):
    return identity(make_event().id, "+84912345678", name, None, Source.API)


def merge(kept, *others, seen=None):
    ids = [kept.id, *(other.id for other in others)]
    merging.merge(make_event().id, COMMUNE, ids, kept.id, seen=seen, now=BEFORE)
    db.session.rollback()


def part(kept):
    parting.part(make_event().id, COMMUNE, kept.id, keepers=[], now=BEFORE)
    db.session.rollback()


def held(issued):
    """The states of a person's registrations by slot, those that stand after cancelled ones."""
    db.session.rollback()
    view = queries.pass_by_id(issued.id)
    return {one.slot_id: str(one.status) for one in sorted(view.registrations, key=lambda one: one.status != "cancelled")}


def test_a_seat_goes_over_as_it_is_and_nobody_else_gets_it(each_app):
    slot = make_slot(capacity=1)
    kept, other = one_person(), one_person(slot)
    waits = registered(slot)[0]

    merge(kept, other)

    assert held(kept) == {slot: "confirmed"}
    assert queries.registration(other.placed[0].id).pass_id == kept.id
    assert (counters(slot), held(waits)) == ((1, 1), {slot: "waiting"})
    assert_sound()


def test_a_place_in_the_queue_is_kept(each_app):
    slot = make_slot(capacity=1)
    registered(slot)
    kept, other = one_person(), one_person(slot)
    behind = registered(slot)[0]

    merge(kept, other)

    assert [one.position for one in queries.pass_by_id(kept.id).registrations] == [1]
    assert queries.pass_by_id(behind.id).registrations[0].position == 2


@pytest.mark.parametrize("first", [True, False])
def test_where_both_hold_a_slot_the_seat_stays_and_the_waiting_move_up(each_app, first):
    slot = make_slot(capacity=2)
    one, other = one_person(slot), one_person(slot)
    waits = registered(slot)[0]

    merge(*((one, other) if first else (other, one)))

    assert held(one) == held(waits) == {slot: "confirmed"}
    assert counters(slot) == (2, 0)
    assert_sound()


def test_a_seat_is_better_than_the_kept_pass_s_place_in_the_queue(each_app):
    slot = make_slot(capacity=1)
    other, kept = one_person(slot), one_person(slot)

    merge(kept, other)

    assert held(kept) == {slot: "confirmed"}
    assert counters(slot) == (1, 0)
    assert_sound()


def test_both_waiting_keep_the_nearer_place(each_app):
    slot = make_slot(capacity=1)
    registered(slot)
    other, between, kept = one_person(slot), registered(slot)[0], one_person(slot)

    merge(kept, other)

    assert [one.position for one in queries.pass_by_id(kept.id).registrations if one.position] == [1]
    assert queries.pass_by_id(between.id).registrations[0].position == 2
    assert_sound()


def test_what_the_kept_one_lacks_is_filled_and_nothing_replaced(each_app):
    kept = one_person(phone=None, birth_year=None, source=Source.WALK_IN)
    other = one_person(name="Lê Ánh", birth_year=1960)

    merge(kept, other)

    found = people.details(db.session(), kept.id)
    assert (found.name, found.birth_year, found.phone) == ("Lê Thị Ánh", 1960, "+84912345678")
    assert queries.pass_by_id(kept.id).source is Source.WEB


def test_every_way_to_the_merged_pass_leads_to_the_kept_one(each_app):
    kept, other = one_person(), one_person(name="Lê Bình", phone="+84387654321")

    merge(kept, other)

    event = make_event().id
    assert queries.holder(other.secret).view.id == kept.id
    assert queries.shown_pass(other.token).id == queries.pass_by_id(other.id).id == kept.id
    assert finding.person(event, COMMUNE, other.id).view.id == kept.id
    for words in (other.code, "binh", "4321", "anh"):
        assert [one.view.id for one in finding.search(event, COMMUNE, words).people] == [kept.id]


def test_adding_by_the_merged_pass_adds_to_the_kept_one(each_app):
    first, second, third = make_slot(), make_slot(), make_slot()
    kept, other = one_person(), one_person(source=Source.API, name="Lê Bình")
    merge(kept, other)

    service.add_to_pass(other.secret, [first], now=BEFORE)
    moving.add(other.id, second, now=BEFORE)
    there = finding.known(make_event().id, second, [_identity("Lê Bình")])
    again = one_person(third, source=Source.API, name="Lê Bình")

    assert (again.id, list(there.values())) == (kept.id, [True])
    assert held(kept) == dict.fromkeys([first, second, third], "confirmed")


def test_one_person_is_counted_and_listed_once(each_app):
    here, there = make_slot(), make_slot()
    kept, other = one_person(here), one_person(there)
    merge(kept, other)

    event = make_event().id
    assert [view.id for view in queries.passes_of_commune(event, COMMUNE)] == [kept.id]
    assert counts.registered(event, COMMUNE, days=1, until=BEFORE.date()).people == 1
    assert suspects.pairs(event, COMMUNE) == []


def test_a_merged_member_stays_on_the_family_s_pages(each_app):
    mother, child = service.register(a_request(person(name="Lê Mai"), person(name="Lê An")), now=BEFORE)
    kept = one_person(name="Lê An", phone=None)

    merge(kept, child)

    assert [one.view.id for one in queries.holder(mother.secret).household] == [kept.id]


def test_a_pass_that_others_were_merged_into_is_merged_with_them(each_app):
    first, second, third = one_person(), one_person(), one_person()
    merge(second, first)

    merge(third, second)

    assert queries.holder(first.secret).view.id == third.id
    part(third)
    assert queries.holder(first.secret).view.id == second.id


def test_withdrawing_a_person_withdraws_every_code(each_app):
    kept, other = one_person(), one_person()
    merge(kept, other)

    service.revoke(other.id, now=BEFORE)

    assert db.session.query(Pass).filter(Pass.revoked_at.is_not(None)).count() == 2


def test_another_commune_s_or_a_merged_or_a_single_pass_is_not_merged(each_app):
    make_commune("17365", "Xã Khác")
    kept, other = one_person(), one_person()
    with pytest.raises(NotFound):
        merging.merge(make_event().id, "17365", [kept.id, other.id], kept.id, seen=None, now=BEFORE)
    with pytest.raises(NotFound):
        merge(kept)
    merge(kept, other)
    with pytest.raises(NotFound):
        merge(kept, other)


def test_what_was_not_shown_is_not_done(each_app):
    slot = make_slot()
    kept, other = one_person(), one_person()
    seen = stamp(merging.preview(make_event().id, COMMUNE, [kept.id, other.id], kept.id).shown)
    service.add_to_pass(other.secret, [slot], now=BEFORE)

    with pytest.raises(Stale):
        merge(kept, other, seen=seen)

    assert held(other) == {slot: "confirmed"}


def test_parting_gives_everybody_back_what_they_had(each_app):
    here, both = make_slot(), make_slot(capacity=2)
    kept, other = one_person(both, phone=None), one_person(here, both, birth_year=1960, name="Lê Bình")
    merge(kept, other)

    part(kept)

    assert (held(kept), held(other)) == ({both: "confirmed"}, {here: "confirmed", both: "confirmed"})
    assert people.details(db.session(), kept.id).birth_year is None
    assert [one.view.id for one in finding.search(make_event().id, COMMUNE, "binh").people] == [other.id]
    assert queries.holder(other.secret).view.id == other.id
    assert_sound()


def test_a_seat_that_went_to_somebody_else_is_not_taken_from_them(each_app):
    slot = make_slot(capacity=2)
    kept, other = one_person(slot), one_person(slot)
    registered(slot)
    merge(kept, other)

    with pytest.raises(MergedSeatIsGone):
        part(kept)

    assert_sound()


@pytest.mark.parametrize("change", ["registers", "cancels", "is corrected"])
def test_what_has_changed_since_is_not_parted(each_app, change):
    slot = make_slot()
    kept, other = one_person(), one_person(slot)
    merge(kept, other)
    changes = {
        "registers": lambda: moving.add(kept.id, make_slot(), now=BEFORE),
        "cancels": lambda: service.cancel(other.placed[0].id, now=BEFORE),
        "is corrected": lambda: people.change(kept.id, people.Details(name="Lê Ân"), now=BEFORE),
    }
    changes[change]()

    with pytest.raises(MergedWasChanged):
        part(kept)


def test_the_kept_person_may_be_called_as_the_merged_pass_was(each_app):
    kept, other = one_person(name="Lê An", source=Source.DESK), one_person(name="Lê Ân Hoà", source=Source.DESK)
    merge(kept, other)

    people.change(kept.id, people.Details(name="Lê Ân Hoà", phone="+84912345678"), now=BEFORE)

    assert one_person(name="Lê Ân Hoà", source=Source.DESK).id == kept.id


def test_a_person_with_merged_passes_is_not_taken_back(each_app):
    kept, other = one_person(source=Source.DESK), one_person()
    merge(kept, other)

    with pytest.raises(NotFound):
        people.take_back(kept.id, now=BEFORE)


def nobody_holds_by_a_merged_pass():
    db.session.rollback()
    return db.session.query(Registration).join(Pass, Pass.id == Registration.pass_id).filter(Pass.merged_into.is_not(None)).count() == 0


def test_merging_while_others_register_add_cancel_and_move_loses_nothing(each_app):
    full, other_slot = make_slot(capacity=4), make_slot(capacity=30)
    couples = [(one_person(full, source=Source.API, name=f"Lê A{n}"), one_person(full, other_slot, name=f"Lê B{n}")) for n in range(6)]
    extra = make_slot()
    jobs = [lambda one=one, two=two: merge(one, two) for one, two in couples]
    jobs += [lambda two=two: service.add_to_pass(two.secret, [extra], now=BEFORE) for _, two in couples]
    jobs += [lambda two=two: service.cancel(two.placed[0].id, now=BEFORE) for _, two in couples]
    jobs += [lambda two=two: moving.move(two.placed[1].id, extra, now=BEFORE) for _, two in couples[:3]]
    jobs += [lambda n=n: one_person(other_slot, source=Source.API, name=f"Lê A{n}") for n in range(6)]

    answers = at_once(each_app, jobs, len(jobs))

    failed = {type(answer).__name__ for answer in answers if isinstance(answer, Exception)}
    assert failed <= {"RegisteredThere", "NotFound"}
    assert nobody_holds_by_a_merged_pass()
    assert_sound()


def test_two_who_merge_the_same_at_once_do_it_once(each_app):
    slot = make_slot(capacity=2)
    one, two = one_person(slot), one_person(slot)

    answers = at_once(each_app, [lambda: merge(one, two), lambda: merge(two, one)] * 4, 8)

    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", *["NotFound"] * 7]
    assert counters(slot) == (1, 0)
    assert_sound()

"""People and attendances are counted apart, and add up."""

from dataclasses import fields
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventday.programme.domain import Kind
from eventday.reports.counting import figures_of
from eventday.reports.facts import HamletFact
from eventday.reports.figures import Age, Arrivals, Count, age_of, is_public
from tests.reports.facts import activity, entry, facts, full_day, named, online, person, stamp

SUMMED = ("attendances", "online", "stamps")


def test_nobody_gives_zeros_and_no_arrivals():
    made = figures_of(facts())

    assert (made.totals, made.arrivals, made.passes, made.skills) == (Count(), (), 0, ())


def test_person_seen_at_the_gate_and_twice_inside_is_one_person_and_two_attendances():
    made = figures_of(facts([person("An", at=("class",))], [entry("An"), entry("An", "class"), entry("An", "booth"), entry("An", "booth")]))

    assert made.totals == Count(registered=1, confirmed=1, of_registered=1, came=1, attendances=2)


def test_walk_ins_are_apart_from_who_registered_before():
    people = [person("An", at=("class",)), person("Bình", at=("class",)), person("Cúc", channel="walk_in")]

    made = figures_of(facts(people, [entry("An"), entry("Cúc")]))

    assert made.totals == Count(registered=2, confirmed=2, of_registered=1, came=2, walk_ins=1)
    assert (made.passes, made.issued_at_gate) == (3, 1)


def test_online_presence_is_neither_coming_nor_an_attendance_in_a_hall():
    made = figures_of(facts([person("An", at=("online",))], [online("An")]))

    assert made.totals == Count(registered=1, confirmed=1, online=1)
    assert made.by_kind[Kind.ONLINE].online == 1


def test_a_scan_at_an_online_slot_is_no_presence_online():
    made = figures_of(facts([person("An", at=("online",))], [entry("An", "online")]))

    assert made.totals == Count(registered=1, confirmed=1, of_registered=1, came=1, attendances=1)


def test_waiting_is_registered_but_not_confirmed_and_cancelled_is_neither():
    people = [person("An", at=("class",), status="waiting"), person("Bình", at=("class",), status="cancelled")]

    made = figures_of(facts(people))

    assert (made.totals.registered, made.totals.confirmed, made.waiting) == (1, 0, 1)


def test_who_cancelled_all_and_came_is_counted_as_registered_once():
    made = figures_of(facts([person("An", at=("class",), status="cancelled")], [entry("An")]))

    assert made.totals == Count(registered=1, of_registered=1, came=1)


def test_pass_without_a_slot_is_registered():
    assert figures_of(facts([person("An")])).totals == Count(registered=1)


def test_show_of_an_activity_counts_who_registered_for_it():
    people = [person("An", at=("class",)), person("Bình", at=("talk",)), person("Cúc", channel="walk_in")]

    made = figures_of(facts(people, [entry("An", "class"), entry("Bình", "talk"), entry("Cúc", "booth")]))

    assert made.by_kind[Kind.CLASS] == Count(registered=1, confirmed=1, of_registered=1, came=1, attendances=1)
    assert made.by_kind[Kind.BOOTH] == Count(came=1, walk_ins=1, attendances=1)


def test_stamp_twice_is_one_and_says_the_skill():
    made = figures_of(facts([person("An")], [stamp("An", "station"), stamp("An", "station")]))

    assert (made.totals.stamps, made.totals.came, made.learners, made.skills) == (1, 0, 1, (("Đăng nhập VNeID", 1),))


def test_who_tells_no_hamlet_stands_in_the_last_line():
    home = HamletFact(named("h1"), "Thôn 1", 10, 40)
    people = [person("An", hamlet_id=home.id), person("Bình", hamlet_id=named("elsewhere")), person("Cúc")]

    made = figures_of(facts(people, [entry("An"), entry("Bình")], hamlets=[home]))

    assert [(row.hamlet, row.count.registered, row.count.came) for row in made.by_hamlet] == [(home, 1, 1), (None, 2, 1)]


def test_arrivals_count_each_person_at_their_first_entry_with_empty_half_hours_between():
    people = [person("An"), person("Bình", channel="walk_in")]
    seen = [entry("An", "booth", minutes=65), entry("An", minutes=5), entry("Bình", minutes=61)]

    made = figures_of(facts(people, seen))

    assert made.arrivals == (Arrivals(time(8, 0), 1, 0), Arrivals(time(8, 30), 0, 0), Arrivals(time(9, 0), 0, 1))


@pytest.mark.parametrize(
    ("birth_year", "age"),
    [(None, Age.UNKNOWN), (2012, Age.CHILD), (2011, Age.YOUNG), (1992, Age.YOUNG), (1991, Age.MIDDLE), (1968, Age.MIDDLE), (1967, Age.OLD)],
)
def test_age_is_of_the_events_year(birth_year, age):
    assert age_of(birth_year, 2027) is age


@pytest.mark.parametrize(("people", "public"), [(0, True), (1, False), (4, False), (5, True)])
def test_village_of_less_than_five_is_not_for_public_pages(people, public):
    assert is_public(Count(registered=people, came=people, walk_ins=0)) is public


_people = st.lists(
    st.tuples(
        st.sampled_from(["web", "desk", "walk_in"]),
        st.lists(
            st.tuples(st.sampled_from(["class", "talk", "conference", "online"]), st.sampled_from(["confirmed", "waiting", "cancelled"])), max_size=3
        ),
        st.sampled_from([None, "h1", "h2"]),
        st.sampled_from([None, "male", "female"]),
        st.sampled_from([None, 2015, 1990, 1950]),
        st.lists(st.sampled_from([None, *map(str, Kind)]), max_size=4),
        st.lists(st.sampled_from(["station", "booth"]), max_size=2),
    ),
    max_size=12,
)


def _facts(drawn):
    people, seen = [], []
    for number, (channel, places, hamlet, gender, birth_year, entries, stamps) in enumerate(drawn):
        name = f"p{number}"
        known = {"hamlet_id": named(hamlet) if hamlet else None, "gender": gender, "birth_year": birth_year}
        made = person(name, channel=channel, **known)
        standing = tuple(place for slot, status in places if channel != "walk_in" for place in person(name, at=(slot,), status=status).places)
        people.append(type(made)(**{**vars(made), "places": standing}))
        seen += [entry(name, slot, minutes=10 * number) for slot in entries] + [stamp(name, slot) for slot in stamps]
    return facts(people, seen, hamlets=[HamletFact(named(key), key, 1, 9) for key in ("h1", "h2")])


@settings(max_examples=150, deadline=None)
@given(_people)
def test_figures_add_up(drawn):
    made = figures_of(_facts(drawn))

    totals = made.totals
    for name in SUMMED:
        assert sum(getattr(count, name) for count in made.by_kind.values()) == getattr(totals, name)
        assert sum(getattr(one.count, name) for one in made.activities) == getattr(totals, name)
    for field in fields(Count):
        assert sum(getattr(row.count, field.name) for row in made.by_hamlet) == getattr(totals, field.name)
    for groups in (made.channels, made.genders, made.ages):
        assert tuple(sum(getattr(group, name) for group in groups) for name in ("registered", "of_registered", "walk_ins", "came")) == (
            totals.registered,
            totals.of_registered,
            totals.walk_ins,
            totals.came,
        )
    assert sum(half.people for half in made.arrivals) == totals.came
    assert sum(half.walk_ins for half in made.arrivals) == totals.walk_ins


@settings(max_examples=150, deadline=None)
@given(_people)
def test_who_came_registered_before_or_is_a_walk_in(drawn):
    made = figures_of(_facts(drawn))

    assert made.totals.came == made.totals.of_registered + made.totals.walk_ins
    for count in (made.totals, *made.by_kind.values(), *(row.count for row in made.by_hamlet)):
        assert count.confirmed <= count.registered
        assert count.of_registered <= min(count.registered, count.came)


def test_full_day_does_not_depend_on_the_order_of_facts():
    day = full_day(60)

    assert figures_of(type(day)(**{**vars(day), "seen": day.seen[::-1], "people": day.people})) == figures_of(day)


def test_cancelled_slot_is_no_slot_but_keeps_what_was_scanned():
    one = activity(Kind.BOOTH)
    closed = type(one)(**{**vars(one), "slots": (), "cancelled": (one.slots[0].id,)})

    made = figures_of(facts([person("An")], [entry("An", "booth")], [closed]))

    assert (made.slots, made.totals.attendances, made.activities[0].count.attendances) == (0, 1, 1)

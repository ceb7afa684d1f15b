"""The contract's table of outcomes, on cases shared with JavaScript, and what must hold for every set of facts."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.checkins.domain import By, Door, Fact, Kind, Outcome, Settled, Standing, Verdict, clock_off, judge, settle
from eventday.kernel.clock import day_of

SHARED = json.loads((Path(__file__).parent.parent / "cases" / "outcomes.json").read_text())
NOW = datetime.fromisoformat("2027-10-10T09:00:00+07:00")


def _door(slot: dict[str, str]) -> Door:
    start, end = datetime.fromisoformat(slot["start"]), datetime.fromisoformat(slot["end"])
    return Door(slot["admission"] == "open", start, end, day_of(start))


def _standing(person: dict[str, Any]) -> Standing:
    registrations: dict[Any, list[str]] = {}
    for registration in person["registrations"]:
        registrations.setdefault(registration["slot"], []).append(registration["status"])
    return Standing(person.get("revoked", False), registrations)


def _fact(fact: dict[str, Any], devices: dict[str, Any]) -> Fact:
    device = devices.get(fact["device"], {})
    read = fact.get("read")
    in_place = fact["slot"] is None or fact["slot"] in device.get("slots", [fact["slot"]])
    at = datetime.fromisoformat(fact["at"])
    return Fact(
        device=fact["device"],
        id=fact["id"],
        kind=Kind(fact["kind"]),
        pass_id=fact["pass"],
        commune=fact.get("commune", "17329"),
        slot=fact["slot"],
        day=day_of(at),
        at=at,
        of=fact.get("of"),
        verdict=judge(Verdict(read) if read else None, By(fact.get("by", "scan")), in_place=in_place, may_search=device.get("manual", True)),
    )


def _told(settled: Settled) -> dict[str, Any]:
    told = {"outcome": settled.outcome.value, "early": settled.early, "late": settled.late}
    return {name: value for name, value in (told | {"at": settled.at, "device": settled.device, "slot": settled.slot}).items() if value}


def _expected(outcome: dict[str, Any]) -> dict[str, Any]:
    return outcome | ({"at": datetime.fromisoformat(outcome["at"])} if "at" in outcome else {})


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_outcomes_are_those_of_the_contract(case: dict[str, Any]) -> None:
    doors = {name: _door(slot) for name, slot in SHARED["slots"].items()}
    standings = {name: _standing(person) for name, person in case["passes"].items()}
    facts = [_fact(fact, case.get("devices", {})) for fact in case["facts"]]

    settled = settle(facts, standings, doors)

    assert {f"{device}/{id_}": _told(outcome) for (device, id_), outcome in settled.items()} == {
        key: _expected(outcome) for key, outcome in case["outcomes"].items()
    }


def test_cases_meet_every_outcome() -> None:
    met = {outcome["outcome"] for case in SHARED["cases"] for outcome in case["outcomes"].values()}

    assert met == {outcome.value for outcome in Outcome}


SLOTS = [UUID(int=number) for number in range(1, 5)]
PASSES = [UUID(int=number) for number in range(11, 15)]
DEVICES = [UUID(int=21), UUID(int=22)]
IDS = [UUID(int=number) for number in range(31, 43)]
DOORS = {slot: Door(index == 0, NOW + timedelta(hours=index), NOW + timedelta(hours=index + 1), day_of(NOW)) for index, slot in enumerate(SLOTS)}
STANDINGS = {
    PASSES[0]: Standing(False, {SLOTS[1]: ["confirmed"], SLOTS[2]: ["waiting"]}),
    PASSES[1]: Standing(False, {SLOTS[1]: ["cancelled", "confirmed"], SLOTS[3]: ["confirmed"]}),
    PASSES[2]: Standing(True, {SLOTS[1]: ["confirmed"]}),
}
facts = st.builds(
    Fact,
    device=st.sampled_from(DEVICES),
    id=st.sampled_from(IDS),
    kind=st.sampled_from([Kind.ENTRY, Kind.ENTRY, Kind.UNDO, Kind.EXIT, Kind.STAMP]),
    pass_id=st.sampled_from(PASSES),
    commune=st.just("17329"),
    slot=st.sampled_from([None, *SLOTS]),
    day=st.just(day_of(NOW)),
    at=st.integers(0, 5).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    of=st.sampled_from(IDS),
    verdict=st.sampled_from([None, None, None, Verdict.FORGED, Verdict.NOBODY]),
)
stored_facts = st.lists(facts, max_size=20, unique_by=lambda fact: fact.key)


@given(stored_facts, st.randoms(use_true_random=False))
def test_order_of_arrival_and_repeats_change_nothing(stored: list[Fact], random: Any) -> None:
    again = stored + random.sample(stored, len(stored) // 2)
    random.shuffle(again)

    assert settle(again, STANDINGS, DOORS) == settle(stored, STANDINGS, DOORS)


@given(stored_facts, st.integers(1, 20), st.randoms(use_true_random=False))
def test_batches_change_nothing(stored: list[Fact], size: int, random: Any) -> None:
    arriving = random.sample(stored, len(stored))
    log: list[Fact] = []
    told: dict[Any, Settled] = {}
    for start in range(0, len(arriving), size):
        log += arriving[start : start + size]
        told = settle(log, STANDINGS, DOORS)

    assert told == settle(stored, STANDINGS, DOORS)


@given(stored_facts)
def test_a_pass_is_admitted_once_at_a_place_and_day(stored: list[Fact]) -> None:
    settled = settle(stored, STANDINGS, DOORS)

    admitted = [(fact.pass_id, fact.slot, fact.day) for fact in stored if settled[fact.key].outcome is Outcome.ADMITTED]
    assert len(admitted) == len(set(admitted))


@given(stored_facts)
def test_who_is_already_in_was_admitted_by_an_earlier_fact(stored: list[Fact]) -> None:
    settled = settle(stored, STANDINGS, DOORS)

    for fact in stored:
        outcome = settled[fact.key]
        if outcome.outcome is Outcome.ALREADY_ADMITTED:
            earlier = [
                other
                for other in stored
                if settled[other.key].outcome is Outcome.ADMITTED and (other.pass_id, other.slot) == (fact.pass_id, fact.slot)
            ]
            assert [(other.at, other.device) for other in earlier] == [(outcome.at, outcome.device)]
            assert (earlier[0].at, earlier[0].id, earlier[0].device) < (fact.at, fact.id, fact.device)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, None), (120, None), (-120, None), (121, 121), (-121, -121), (86_400 * 400, 86_400 * 400)],
)
def test_a_clock_is_wrong_from_two_minutes_on(seconds: int, told: int | None) -> None:
    assert clock_off(NOW + timedelta(seconds=seconds), NOW) == told


def test_a_phone_that_does_not_say_its_time_is_not_told() -> None:
    assert clock_off(None, NOW) is None

"""A merged pass at the gate: each of its codes opens as the kept person, who is let in once and counted once."""

from uuid import UUID

import pytest

from eventday.checkins import queries
from eventday.checkins.keeping import refuse_where_seen_since
from eventday.db import db
from eventday.kernel import clock
from eventday.programme.domain import Admission
from eventday.registrations import merging, parting
from eventday.registrations.errors import MergedWasSeen
from eventday.reports import counting
from eventday.reports import queries as reports
from tests.checkins.gate import Phone, a_pass, came_by, live, scanned
from tests.conftest import MORNING
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.registrations.people import at_once

LATER = MORNING.replace(hour=3)


def merge(kept, *others, now=BEFORE):
    ids = [kept.id, *(other.id for other in others)]
    merging.merge(make_event().id, COMMUNE, ids, kept.id, seen=None, now=now)
    db.session.rollback()


@pytest.fixture
def gate(each_app):
    clock.shift_to(MORNING)
    return Phone(each_app.test_client())


def test_either_code_lets_in_and_the_other_is_in_already(gate):
    slot = make_slot(starts_at=MORNING)
    kept, other = a_pass(), a_pass(slot)
    merge(kept, other)

    assert gate.outcomes(scanned(other.token, slot)) == ["admitted"]
    assert gate.outcomes(scanned(kept.code, slot, at=LATER)) == ["already_admitted"]
    assert gate.outcomes(scanned(other.token), scanned(kept.token, at=LATER)) == ["admitted", "already_admitted"]


def test_entries_on_both_codes_before_the_merging_are_one_visit(gate, each_app):
    slot = make_slot(starts_at=MORNING, admission=Admission.OPEN)
    kept, other = a_pass(), a_pass()
    first, second = scanned(kept.code, slot), scanned(other.code, slot, at=LATER)
    assert gate.outcomes(first, second) == ["admitted", "admitted"]

    merge(kept, other)

    assert gate.outcomes(first, second) == ["admitted", "already_admitted"]
    counted = live(each_app)
    assert (counted["admitted"], counted["inside"], counted["slots"][0]["admitted"]) == (1, 1, 1)
    assert len(queries.attendance(make_event().id, COMMUNE)) == 1
    assert list(queries.visit(kept.id).entered) == [slot]


def test_who_goes_out_by_the_other_code_is_out(gate, each_app):
    kept, other = a_pass(), a_pass()
    merge(kept, other)

    gate.outcomes(scanned(kept.code), scanned(other.code, kind="exit", at=LATER))

    assert (live(each_app)["admitted"], live(each_app)["inside"]) == (1, 0)


def test_the_report_counts_one_person_who_registered_before(gate, each_app):
    slot = make_slot(starts_at=MORNING)
    before = a_pass(slot)
    made = UUID(gate.walk_in(came_by("Trần Thị Bình")).json["results"][0]["pass"]["id"])
    gate.outcomes(scanned(before.code, slot))
    db.session.rollback()
    merging.merge(make_event().id, COMMUNE, [before.id, made], before.id, seen=None, now=MORNING)
    db.session.rollback()

    totals = counting.figures_of(reports.facts(make_event(), COMMUNE)).totals

    assert (totals.came, totals.registered, totals.walk_ins) == (1, 1, 0)
    assert live(each_app)["walk_ins"] == 0


def test_the_device_is_told_the_other_code_with_the_kept_person(gate):
    slot = make_slot(starts_at=MORNING)
    kept, other = a_pass(), a_pass(slot)
    cursor = gate.bundle()["cursor"]
    merge(kept, other, now=MORNING)

    for answer in (gate.bundle(), gate.bundle(cursor)):
        found = {person["code"]: person for person in answer["roster"]}
        assert found[kept.code]["also"] == [other.code]
        assert found[kept.code]["registrations"] == [{"slot": str(slot), "status": "confirmed"}]
        assert other.code not in found


def test_after_parting_each_code_is_told_by_itself(gate):
    kept, other = a_pass(), a_pass()
    merge(kept, other, now=MORNING)
    cursor = gate.bundle()["cursor"]

    parting.part(make_event().id, COMMUNE, kept.id, keepers=[refuse_where_seen_since], now=MORNING)

    assert [("also" in person, person["code"]) for person in gate.bundle(cursor)["roster"]] == [(False, kept.code), (False, other.code)]
    assert gate.outcomes(scanned(kept.code), scanned(other.code)) == ["admitted", "admitted"]


def test_who_was_seen_since_is_not_parted(gate):
    kept, other = a_pass(), a_pass()
    merge(kept, other)
    gate.outcomes(scanned(other.code))

    with pytest.raises(MergedWasSeen):
        parting.part(make_event().id, COMMUNE, kept.id, keepers=[refuse_where_seen_since], now=MORNING)


def test_the_pass_of_a_merged_code_is_told_as_the_kept_one(gate):
    kept, other = a_pass(), a_pass()
    merge(kept, other)

    told = gate.client.get(f"/api/v1/passes/{other.code}", headers=gate.headers).json

    assert (told["id"], told["code"]) == (str(kept.id), kept.code)


def test_scans_of_both_codes_while_they_are_merged_let_in_once(each_app):
    slot = make_slot(starts_at=MORNING)
    couples = [(a_pass(), a_pass(slot)) for _ in range(4)]
    gates = [Phone(each_app.test_client()) for _ in range(4)]
    records = [scanned(issued.code) for couple in couples for issued in couple]
    jobs = [lambda couple=couple: merge(*couple) for couple in couples]
    jobs += [lambda gate=gate, n=n: gate.outcomes(*records[n::4], *records[n % 2 :: 2]) for n, gate in enumerate(gates)]

    answers = at_once(each_app, jobs, len(jobs))

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert live(each_app)["admitted"] == 4

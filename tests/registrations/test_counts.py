"""What a home tells of registrations is what counting everything anew tells, whatever happened in between and in whichever process."""

from collections import Counter, OrderedDict
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Lock

import pytest
from flask import current_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.clock import day_of
from eventday.kernel.errors import Refusal
from eventday.kernel.tally import Tally
from eventday.places import queries as places
from eventday.registrations import counts, merging, moving, parting, people, service, slots
from eventday.registrations.domain import Status
from eventday.registrations.models import Pass, Registration
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.places.samples import enter_sample_places
from tests.registrations.people import a_request, person

ACTS = ("register", "register", "add", "cancel", "move", "merge", "part", "revoke", "change", "call_off")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40), st.integers(0, 40), st.booleans()), min_size=3, max_size=12)


class _Desk:
    """Two slots with few seats, families that register, and what an organiser does to them."""

    def __init__(self, hamlets):
        self.event, self.hamlets, self.issued = make_event().id, hamlets, []
        self.slots = [make_slot(capacity=3), make_slot(capacity=9)]
        for number in range(3):
            self.register(number, number, True)

    def one(self, number):
        return self.issued[number % len(self.issued)]

    def register(self, number, other, flag):
        somebody = replace(person(*self.slots[: 1 + flag]), hamlet_id=self.hamlets[other % 3])
        self.issued += service.register(a_request(*[somebody] * (1 + number % 2)), now=clock.now() - timedelta(days=number % 4))

    def add(self, number, other, _):
        service.add_to_pass(self.one(number).secret, [self.slots[other % 2]], now=clock.now())

    def registration(self, number):
        standing = (Registration.slot_id.in_(self.slots), Registration.status != Status.CANCELLED)
        found = db.session.execute(select(Registration.id, Registration.slot_id).where(*standing).order_by(Registration.id)).all()
        return found[number % len(found)] if found else None

    def cancel(self, number, _, __):
        if found := self.registration(number):
            service.cancel(found.id, now=clock.now())

    def move(self, number, other, _):
        if found := self.registration(number):
            moving.move(found.id, self.slots[other % 2], now=clock.now())

    def merge(self, number, other, _):
        kept, joined = self.one(number).id, self.one(other).id
        merging.merge(self.event, COMMUNE, {kept, joined}, kept, seen=None, now=clock.now())

    def part(self, number, _, __):
        parting.part(self.event, COMMUNE, self.one(number).id, keepers=[], now=clock.now())

    def revoke(self, number, _, __):
        service.revoke(self.one(number).id, now=clock.now())

    def change(self, number, other, _):
        now = people.details(db.session(), self.one(number).id)
        people.change(self.one(number).id, replace(now, hamlet_id=self.hamlets[other % 3]), now=clock.now())

    def call_off(self, _, other, flag):
        if flag:
            slots.cancel_slot(self.slots[other % 2], now=clock.now())


def look(memory, hamlets):
    """What a process with this memory tells, beside what counting everything tells."""
    db.session.rollback()
    event, today = make_event().id, day_of(clock.now())
    current_app.extensions["registrations_counted"] = memory
    told = counts.registered(event, COMMUNE, days=9, until=today, hamlets=hamlets)
    columns = (Registration.pass_id, Pass.household_id, Pass.hamlet_id, Registration.created_at)
    query = select(*columns).join(Pass, Pass.id == Registration.pass_id)
    rows = db.session.execute(query.where(Registration.status != Status.CANCELLED, Pass.revoked_at.is_(None))).all()
    made = Counter(day_of(row.created_at) for row in rows)
    by_day = tuple((day, made[day]) for day in (today - timedelta(days=8 - n) for n in range(9)))
    figures = (len({row.pass_id for row in rows}), len({row.household_id for row in rows}), len(rows))
    return told, counts.Registered(*figures, by_day, frozenset(row.hamlet_id for row in rows if row.hamlet_id))


@pytest.mark.parametrize("database", ["app", "postgres_app"])
def test_a_home_tells_what_counting_everything_tells(request, database):
    request.getfixturevalue(database)
    clock.shift_to(BEFORE)
    make_event()
    enter_sample_places(COMMUNE)
    hamlets = [hamlet.id for hamlet in places.hamlets(COMMUNE)[:3]]

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def holds(steps):
        desk, often, seldom = _Desk(hamlets), (OrderedDict(), Lock()), (OrderedDict(), Lock())
        for step, number, other, flag in steps:
            clock.shift_to(clock.now() + timedelta(minutes=3))
            with suppress(Refusal):
                getattr(desk, step)(number, other, flag)
            for memory in (often, seldom)[: 1 + flag]:
                told, counted = look(memory, hamlets)
                assert told == counted

    holds()


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 2))))))
def test_a_tally_is_the_sum_of_the_last_shares(puts):
    tally, last = Tally(), {}
    for name, share in puts:
        tally.put(name, share)
        last[name] = share

    counted = Counter(part for share in last.values() for part in share)
    assert tally.counts == counted
    assert {kind: tally.different[kind] for kind in "ab"} == {kind: sum(part[0] == kind for part in counted) for kind in "ab"}

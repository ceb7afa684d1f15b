"""A day kept up to date says at each look what counting everything anew says, whatever happened in between and in whichever process."""

from collections import OrderedDict
from contextlib import suppress
from datetime import timedelta
from threading import Lock

import pytest
from flask import current_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from eventday.access.domain import Place
from eventday.checkins import presence, queries, shares, watch
from eventday.checkins.keeping import refuse_where_seen_since
from eventday.checkins.models import CheckIn
from eventday.db import db, table, transaction
from eventday.kernel import clock, ids
from eventday.kernel.errors import Refusal
from eventday.programme.domain import Admission
from eventday.programme.domain import Kind as SlotKind
from eventday.programme.models import Slot
from eventday.registrations import merging, parting, service, slots
from eventday.registrations import queries as registrations
from tests.checkins.gate import Phone, a_pass, came_by, scanned, undo
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_event, make_slot

ACTS = (
    "scan",
    "scan",
    "scan",
    "leave",
    "stamp",
    "undo",
    "register",
    "add",
    "cancel",
    "walk_in",
    "merge",
    "part",
    "revoke",
    "late",
    "attend",
    "call_off",
    "open",
)
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40), st.integers(0, 40), st.booleans()), min_size=3, max_size=12)


class _Day:
    """Two phones, a slot with few seats, one online, one to walk into, the gate; and what happens there."""

    def __init__(self, phones):
        self.event, self.phones, self.sent = make_event(), phones, []
        few, online = make_slot(capacity=2, starts_at=MORNING), make_slot(kind=SlotKind.ONLINE, starts_at=MORNING)
        self.slots = [few, online, make_slot(kind=SlotKind.BOOTH)]
        self.people = [a_pass(few), a_pass(few), a_pass(few, online), a_pass()]
        for number in range(6):
            self.scan(number, 3 * number, number % 2 == 0)

    def person(self, number):
        return self.people[number % len(self.people)]

    def place(self, number):
        return [*self.slots, None][number % 4]

    def scan(self, number, other, flag, kind="entry"):
        record = scanned(self.person(number).token, self.place(other), at=MORNING + timedelta(minutes=number * other), kind=kind)
        phone = self.phones[flag]
        self.sent.append((phone, record))
        phone.outcomes(record)

    def leave(self, number, other, flag):
        self.scan(number, other, flag, kind="exit")

    def stamp(self, number, other, flag):
        self.scan(number, other, flag, kind="stamp")

    def undo(self, number, _, flag):
        """Now and then it comes before what it takes back."""
        record = scanned(self.person(number).token)
        phone, of = self.sent[number % len(self.sent)] if self.sent else (self.phones[0], record)
        taking_back = undo(of)
        self.sent.append((phone, taking_back))
        phone.outcomes(taking_back, *([of] if flag else []))

    def register(self, number, other, _):
        self.people.append(a_pass(*self.slots[: number % 3], now=MORNING - timedelta(days=1)))

    def add(self, number, other, _):
        service.add_to_pass(self.person(number).secret, [self.slots[other % 2]], now=MORNING - timedelta(days=1))

    def cancel(self, number, other, _):
        listed = registrations.listed(self.slots[other % 2])
        if listed:
            service.cancel(listed[number % len(listed)].registration.id, now=MORNING)

    def walk_in(self, number, other, flag):
        self.phones[flag].walk_in(came_by(f"Lê Văn {number}", self.place(other)))

    def merge(self, number, other, _):
        kept, joined = self.person(number), self.person(other)
        merging.merge(self.event.id, COMMUNE, {kept.id, joined.id}, kept.id, seen=None, now=clock.now())

    def part(self, number, _, __):
        parting.part(self.event.id, COMMUNE, self.person(number).id, keepers=[refuse_where_seen_since], now=clock.now())

    def revoke(self, number, _, flag):
        if flag:
            service.revoke(self.person(number).id, now=clock.now())

    def late(self, number, other, flag):
        """A fact that was stamped an hour before others, and committed after them."""
        record = {"id": ids.new(), "device_id": self.phones[flag].id, "sequence": 1, "event_id": self.event.id, "commune_code": COMMUNE}
        record |= {"pass_id": self.person(number).id, "slot_id": self.place(other), "kind": "entry", "by": "scan"}
        record |= {"day": clock.day_of(MORNING), "at": MORNING, "received_at": clock.now() - timedelta(hours=1)}
        with transaction() as session:
            session.execute(insert(table(CheckIn)), [record])

    def attend(self, number, _, __):
        with suppress(TypeError):
            presence.attend(registrations.pass_by_id(self.person(number).id), watch.programme.slot(self.slots[1]), now=MORNING)

    def call_off(self, _, other, flag):
        if flag:
            slots.cancel_slot(self.slots[other % 2], now=MORNING)

    def open(self, _, other, flag):
        """As nobody may once people are registered: also then the figures follow."""
        with transaction() as session:
            wanted = Admission.OPEN if flag else Admission.SEATS
            session.execute(update(Slot).where(Slot.id == self.slots[2]).values(admission=wanted))


def look(memory):
    """What a process with this memory tells, beside what counting everything tells."""
    db.session.rollback()
    event = make_event().id
    current_app.extensions["days_watched"] = memory
    seen, whole = watch.watched(event, COMMUNE), queries.live(Place("40", COMMUNE), event)
    first = {}
    for one in queries.attendance(event, COMMUNE):
        first.setdefault((one.pass_id, one.day), one.at)
    quarters = [shares.quarter_of(at) for at in first.values()]
    return (seen.live, seen.arrivals), (whole, tuple((quarter, quarters.count(quarter)) for quarter in sorted(set(quarters))))


def fresh():
    return OrderedDict(), Lock()


@pytest.mark.parametrize("database", ["app", "postgres_app"])
def test_a_look_tells_what_counting_everything_tells(request, database):
    client = request.getfixturevalue(database).test_client()
    clock.shift_to(MORNING)
    phones = [Phone(client) for _ in range(2)]

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def holds(steps):
        day, often, seldom = _Day(phones), fresh(), fresh()
        for step, number, other, flag in steps:
            clock.shift_to(clock.now() + timedelta(seconds=30))
            with suppress(Refusal):
                getattr(day, step)(number, other, flag)
            for memory in (often, seldom)[: 1 + flag]:
                seen, counted = look(memory)
                assert seen == counted

    holds()

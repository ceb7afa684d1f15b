"""Whatever happens in whatever order: counters equal facts, and nobody waits while a seat is free."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventday.kernel.errors import Refusal
from eventday.registrations import queries, service, slots
from tests.factories import BEFORE, make_slot
from tests.registrations.people import a_request, assert_sound, person

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("cancel"), st.integers(0, 30), st.booleans()),
        st.tuples(st.just("add"), st.integers(0, 30), st.booleans()),
        st.tuples(st.just("capacity"), st.integers(0, 6), st.booleans()),
    ),
    max_size=14,
)


class _Day:
    """Two slots, and what people do."""

    def __init__(self) -> None:
        self.slots = [make_slot(capacity=2), make_slot(capacity=1)]
        self.secrets: list[str] = []

    def register(self, people: int, both: bool) -> None:
        wanted = self.slots if both else self.slots[:1]
        self.secrets += [one.secret for one in service.register(a_request(*(person(*wanted) for _ in range(people))), now=BEFORE)]

    def cancel(self, which: int, other: bool) -> None:
        listed = queries.listed(self.slots[other])
        if listed:
            service.cancel(listed[which % len(listed)].registration.id, now=BEFORE)

    def add(self, which: int, other: bool) -> None:
        if self.secrets:
            service.add_to_pass(self.secrets[which % len(self.secrets)], [self.slots[other]], now=BEFORE)

    def capacity(self, seats: int, other: bool) -> None:
        slots.change_capacity(self.slots[other], seats, now=BEFORE)


def _waiting_positions(slot: UUID) -> Iterator[int | None]:
    return (one.registration.position for one in queries.listed(slot) if one.registration.status == "waiting")


@pytest.mark.parametrize("database", ["app", "postgres_app"])
def test_counters_equal_facts_after_any_sequence(request, database):
    request.getfixturevalue(database)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def holds(steps):
        day = _Day()

        for step, number, flag in steps:
            with suppress(Refusal):
                getattr(day, step)(number, flag)

        assert_sound()
        for slot in day.slots:
            positions = sorted(_waiting_positions(slot))
            assert positions == list(range(1, len(positions) + 1))

    holds()

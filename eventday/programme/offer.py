"""What a slot offers to a newcomer at a moment: the one rule behind every “Còn 57 chỗ”."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventday.programme.domain import Admission, Kind, Slot

FEW = 5
FEW_SHARE = 0.15


class State(StrEnum):
    """`few` is at most 5 seats or 15 %; `list_full`: nobody more may wait; `closed`: too late to register; `over`: it has ended."""

    FREE = "free"
    FEW = "few"
    FULL = "full"
    LIST_FULL = "list_full"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


_CAN_REGISTER = (State.FREE, State.FEW, State.FULL)


@dataclass(frozen=True)
class Offer:
    """`left` is what a newcomer can still get, `waiting` how many wait, of `capacity` seats; `has_door`: one can turn up without."""

    state: State
    left: int
    capacity: int
    waiting: int
    has_door: bool = True

    @property
    def can_register(self) -> bool:
        return self.state in _CAN_REGISTER


def offer_of(slot: Slot, now: datetime, waiting_limit: int) -> Offer:
    """The offer of one slot; `waiting_limit` is how many may wait for it."""
    return Offer(_state(slot, now, waiting_limit), slot.left or 0, slot.capacity, slot.waiting, has_door=slot.kind is not Kind.ONLINE)


def _state(slot: Slot, now: datetime, waiting_limit: int) -> State:
    if slot.cancelled_at:
        return State.CANCELLED
    if now >= slot.ends_at:
        return State.OVER
    if slot.admission is Admission.OPEN:
        return State.OPEN
    if now >= slot.closes_at:
        return State.CLOSED
    return _seats(slot, waiting_limit)


def _seats(slot: Slot, waiting_limit: int) -> State:
    left = slot.left or 0
    if left == 0:
        return State.FULL if slot.waiting < waiting_limit else State.LIST_FULL
    return State.FEW if left <= FEW or left <= slot.capacity * FEW_SHARE else State.FREE


def together(offers: Sequence[Offer]) -> Offer:
    """The offer of several rounds of one activity: the best of them, their seats added up. `offers` is not empty."""
    order = list(State)
    best = min(offers, key=lambda offer: order.index(offer.state)).state
    chosen = [offer for offer in offers if offer.can_register] or list(offers)
    left, capacity, waiting = (sum(getattr(offer, name) for offer in chosen) for name in ("left", "capacity", "waiting"))
    if best in (State.FREE, State.FEW):
        best = State.FEW if left <= FEW or left <= capacity * FEW_SHARE else State.FREE
    return Offer(best, left, capacity, waiting, has_door=chosen[0].has_door)

"""What a check-in means: the contract's table as a pure rule, run on `tests/cases/outcomes.json` here and in JavaScript.

A fact is only ever added. What it means is derived from all facts that are known, so losses, repeats and disorder cannot matter.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from eventday.checkins.undos import taken_back

CLOCK_TOLERANCE = timedelta(minutes=2)
_CLOCK_LIMIT = 2_000_000_000  # seconds; what the column holds

Key = tuple[UUID, UUID]


class Kind(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"
    STAMP = "stamp"
    UNDO = "undo"


class By(StrEnum):
    """How the volunteer found the pass."""

    SCAN = "scan"
    TYPED = "typed"
    SEARCH = "search"


class Outcome(StrEnum):
    INVALID = "invalid"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    RECORDED = "recorded"
    UNDONE = "undone"
    ADMITTED = "admitted"
    ALREADY_ADMITTED = "already_admitted"
    WAITING = "waiting"
    WRONG_SLOT = "wrong_slot"
    CANCELLED = "cancelled"
    NOT_REGISTERED = "not_registered"


class Verdict(StrEnum):
    """Why a fact is invalid or unknown, whatever else is known. The first eight are the reading rule's."""

    FORGED = "forged"
    OTHER_EVENT = "other_event"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_FORMAT = "unknown_format"
    MALFORMED = "malformed"
    FOREIGN = "foreign"
    CITIZEN_CARD = "citizen_card"
    MISTYPED = "mistyped"
    OUTSIDE = "outside"
    NO_SEARCH = "no_search"
    NOBODY = "nobody"
    UNBOUND = "unbound"


_UNKNOWN = frozenset({Verdict.UNKNOWN_KEY, Verdict.UNKNOWN_FORMAT, Verdict.NOBODY, Verdict.UNBOUND})


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something a device saw. `slot` None is the gate of `commune`; `day` is the Vietnamese day of `at` (as sent).

    `pass_id` is None where the pass is not known; `of` is the id of the fact that an undo takes back.
    """

    device: UUID
    id: UUID
    kind: Kind
    pass_id: UUID | None
    commune: str
    slot: UUID | None
    day: date
    at: datetime
    of: UUID | None = None
    verdict: Verdict | None = None

    @property
    def key(self) -> Key:
        return (self.device, self.id)


@dataclass(frozen=True)
class Door:
    """A slot as check-in sees it. `is_open`: nobody registers, every genuine pass is let in."""

    is_open: bool
    starts_at: datetime
    ends_at: datetime
    day: date


@dataclass(frozen=True)
class Standing:
    """A pass as it stands: by slot its registrations' states (confirmed, waiting, cancelled; one that stands beside cancelled ones)."""

    is_revoked: bool = False
    registrations: Mapping[UUID, Collection[str]] = field(default_factory=dict)

    def is_at(self, slot: UUID | None, status: str) -> bool:
        return slot is not None and status in self.registrations.get(slot, ())


@dataclass(frozen=True)
class Settled:
    """An outcome. `at` and `device` are of the entry that admitted (already_admitted); `slot` is where to go (wrong_slot)."""

    outcome: Outcome
    early: bool = False
    late: bool = False
    at: datetime | None = None
    device: UUID | None = None
    slot: UUID | None = None


def judge(verdict: Verdict | None, by: By, *, in_place: bool, may_search: bool) -> Verdict | None:
    """Why a well-formed record proves nothing, or None. `verdict` is of reading its pass."""
    if not in_place:
        return Verdict.OUTSIDE
    if by is By.SEARCH and not may_search:
        return Verdict.NO_SEARCH
    return verdict


def clock_off(sent_at: datetime | None, now: datetime) -> int | None:
    """By how many seconds a phone's clock is ahead (negative: behind), where that is more than two minutes."""
    if sent_at is None or abs(sent_at - now) <= CLOCK_TOLERANCE:
        return None
    seconds = round((sent_at - now).total_seconds())
    return max(-_CLOCK_LIMIT, min(_CLOCK_LIMIT, seconds))


def settle(facts: Iterable[Fact], standings: Mapping[UUID, Standing], doors: Mapping[UUID, Door]) -> dict[Key, Settled]:
    """The outcome of each fact, by (device, id); the order of the facts and repeats among them change nothing.

    `facts` must hold all that is known of each pass in it, and the undos of each. `standings` by pass, `doors` by slot.
    """
    known = {fact.key: fact for fact in facts}
    undone = undone_keys(known.values())
    entries = [fact for key, fact in known.items() if fact.kind is Kind.ENTRY and key not in undone and _may_enter(fact, standings, doors)]
    first = _first_by_place(entries)
    attended = {(fact.pass_id, fact.slot) for fact in first.values()}
    return {key: _with_time(fact, _outcome(fact, key in undone, first, attended, standings, doors), doors) for key, fact in known.items()}


def undone_keys(facts: Iterable[Fact]) -> set[Key]:
    """The keys that an undo takes back, whether the facts came yet or not."""
    return taken_back({fact.key: (fact.device, fact.of) for fact in facts if fact.kind is Kind.UNDO and fact.verdict is None and fact.of})


def admits(fact: Fact, standing: Standing, doors: Mapping[UUID, Door]) -> bool:
    """Whether the pass may enter here: at the gate, where the slot is open, or where it is confirmed."""
    if fact.slot is None:
        return True
    door = doors.get(fact.slot)
    return (door is not None and door.is_open) or standing.is_at(fact.slot, "confirmed")


def _may_enter(fact: Fact, standings: Mapping[UUID, Standing], doors: Mapping[UUID, Door]) -> bool:
    standing = standings.get(fact.pass_id) if fact.pass_id else None
    return fact.verdict is None and standing is not None and not standing.is_revoked and admits(fact, standing, doors)


def _place(fact: Fact) -> tuple[UUID | None, UUID | str, date]:
    """Where a pass is admitted once: a slot and day; the gate once a day and commune."""
    return (fact.pass_id, fact.slot or fact.commune, fact.day)


def _first_by_place(entries: Iterable[Fact]) -> dict[tuple[UUID | None, UUID | str, date], Fact]:
    first: dict[tuple[UUID | None, UUID | str, date], Fact] = {}
    for fact in entries:
        other = first.setdefault(_place(fact), fact)
        if (fact.at, fact.id, fact.device) < (other.at, other.id, other.device):
            first[_place(fact)] = fact
    return first


def _outcome(
    fact: Fact,
    is_undone: bool,
    first: Mapping[tuple[UUID | None, UUID | str, date], Fact],
    attended: Collection[tuple[UUID | None, UUID | None]],
    standings: Mapping[UUID, Standing],
    doors: Mapping[UUID, Door],
) -> Settled:
    """The first line of the contract's table that applies."""
    standing = standings.get(fact.pass_id) if fact.pass_id else None
    refusal = _refusal(fact, standing)
    if refusal:
        return Settled(refusal)
    if is_undone:
        return Settled(Outcome.UNDONE)
    if fact.kind is not Kind.ENTRY or standing is None:
        return Settled(Outcome.RECORDED)
    if admits(fact, standing, doors):
        admitted = first[_place(fact)]
        return Settled(Outcome.ADMITTED) if admitted is fact else Settled(Outcome.ALREADY_ADMITTED, at=admitted.at, device=admitted.device)
    return _unseated(fact, standing, attended, doors)


def _refusal(fact: Fact, standing: Standing | None) -> Outcome | None:
    if fact.verdict:
        return Outcome.UNKNOWN if fact.verdict in _UNKNOWN else Outcome.INVALID
    if standing is None:
        return None if fact.kind is Kind.UNDO else Outcome.UNKNOWN
    return Outcome.REVOKED if standing.is_revoked else None


def _unseated(fact: Fact, standing: Standing, attended: Collection[tuple[UUID | None, UUID | None]], doors: Mapping[UUID, Door]) -> Settled:
    if standing.is_at(fact.slot, "waiting"):
        return Settled(Outcome.WAITING)
    elsewhere = [slot for slot in standing.registrations if standing.is_at(slot, "confirmed")]
    if elsewhere:
        return Settled(Outcome.WRONG_SLOT, slot=min(elsewhere, key=lambda slot: _distance(fact, slot, attended, doors)))
    return Settled(Outcome.CANCELLED if standing.is_at(fact.slot, "cancelled") else Outcome.NOT_REGISTERED)


def _distance(
    fact: Fact, slot: UUID, attended: Collection[tuple[UUID | None, UUID | None]], doors: Mapping[UUID, Door]
) -> tuple[int, timedelta, UUID]:
    """That day's slot not yet attended comes first, then the nearest in time; a slot that is not known here comes last."""
    door = doors.get(slot)
    if door is None:
        return (2, timedelta(), slot)
    is_due = door.day == fact.day and (fact.pass_id, slot) not in attended
    return (0 if is_due else 1, abs(door.starts_at - fact.at), slot)


def _with_time(fact: Fact, settled: Settled, doors: Mapping[UUID, Door]) -> Settled:
    door = doors.get(fact.slot) if fact.slot else None
    if door is None or fact.kind is Kind.UNDO or settled.outcome is Outcome.INVALID:
        return settled
    early, late = fact.at < door.starts_at, fact.at >= door.ends_at
    return replace(settled, early=early, late=late) if early or late else settled

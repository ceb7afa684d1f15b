"""Keeping what scanners saw: one transaction a request, a fixed number of statements whatever the number of records.

Locks in this order: the device, passes by id (docs/decisions/0003 has the others').
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.access import service as access
from eventday.access.domain import Device
from eventday.checkins import facts
from eventday.checkins.domain import Fact, Outcome, Settled, Verdict, clock_off, judge
from eventday.checkins.facts import FoundPass, NewFact
from eventday.checkins.reading import PassText, read_passes
from eventday.checkins.records import Record
from eventday.db import transaction
from eventday.registrations import queries as registrations


@dataclass(frozen=True)
class Answer:
    """What became of a record. `verdict` says why it is invalid or unknown; a malformed record has neither key nor verdict."""

    settled: Settled
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Recorded:
    """The answers in the order of the records; by how many seconds the phone's clock is off, where that is too much; when the
    device was last given its list."""

    answers: list[Answer]
    clock_off: int | None
    listed_at: datetime | None


MALFORMED = Answer(Settled(Outcome.INVALID))


def record(records: Sequence[Record | None], device: Device, *, sent_at: datetime | None, unsent: int | None = None, now: datetime) -> Recorded:
    """Keep a device's facts (None stands for a malformed record) and say what each means as things stand now.

    `unsent`: how many more lie in the phone. Sending again is harmless: a fact that is there already is answered from what is stored.
    Raises: Unauthorized where the device was revoked meanwhile.
    """
    sent: dict[UUID, Record] = {}
    for one in records:
        if one:
            sent.setdefault(one.id, one)
    read = read_passes(sent.values(), device.event_id)
    placed = registrations.placements({one.slot for one in sent.values() if one.slot})
    off = clock_off(sent_at, now)
    with transaction() as session:
        listed_at = access.hear_device(session, device.id, now=now, clock_off=off, tells_time=sent_at is not None, unsent=unsent)
        found = facts.find_passes(session, device.event_id, {text.typed for text in read.values() if text.typed})
        new = [_fact(one, read.get(one.id), found.by_typed, device, placed) for one in sent.values()]
        added = facts.add(session, new, device, now=now)
        passes = {fact.pass_id for fact in new if fact.pass_id} if added == len(new) else facts.passes_of(session, device.id, sent)
        outcomes = facts.settled_of_device(session, device.id, sent, passes, found) if sent else {}
    return Recorded([_answer(one, outcomes) for one in records], off, listed_at)


def _answer(record: Record | None, outcomes: Mapping[UUID, tuple[Fact, Settled]]) -> Answer:
    if record is None:
        return MALFORMED
    fact, settled = outcomes[record.id]
    return Answer(settled, fact.verdict)


def _fact(record: Record, text: PassText | None, found: Mapping[str, FoundPass], device: Device, placed: Mapping[UUID, tuple[UUID, str]]) -> NewFact:
    """The fact to keep: a verdict and no pass, or the pass that was found."""
    pass_id, verdict = _pass_of(text, found) if text else (None, None)
    in_place = record.slot is None or is_in_place(record.slot, device, placed)
    verdict = judge(verdict, record.by, in_place=in_place, may_search=device.manual)
    return NewFact(
        id=record.id,
        sequence=record.sequence,
        kind=record.kind,
        pass_id=None if verdict else pass_id,
        slot=record.slot,
        at=record.at,
        by=record.by,
        of=record.of,
        verdict=verdict,
    )


def _pass_of(text: PassText, found: Mapping[str, FoundPass]) -> tuple[UUID | None, Verdict | None]:
    if text.verdict:
        return None, text.verdict
    known = found.get(text.typed or "")
    if known is None or text.code_hex not in (None, known.code_hex):
        return None, Verdict.UNBOUND if text.is_spare else Verdict.NOBODY
    return known.id, None


def is_in_place(slot: UUID, device: Device, placed: Mapping[UUID, tuple[UUID, str]]) -> bool:
    """Whether a slot is of the device's event and commune and, where the device is for some slots only, one of them."""
    return placed.get(slot) == (device.event_id, device.commune) and (not device.slot_ids or slot in device.slot_ids)

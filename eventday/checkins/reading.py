"""What the pass of a record is: read against the keys that this process knows, looked for again once a batch, never once a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from eventday.checkins.domain import By, Verdict
from eventday.checkins.records import Record
from eventday.registrations import keys, passes
from eventday.registrations.passes import Kind


@dataclass(frozen=True)
class PassText:
    """A pass text as read: the typed code's 8 characters and, from a QR, the whole code; or why it is none."""

    verdict: Verdict | None = None
    typed: str | None = None
    code_hex: str | None = None
    is_spare: bool = False


def read_passes(records: Iterable[Record], event_id: UUID) -> dict[UUID, PassText]:
    """By the record's id; a record without a pass is not in it. At most one statement, none while the keys are known."""
    texts = {record.id: (record.pass_text, record.by) for record in records if record.pass_text is not None}
    found = keys.read_all({id_: text for id_, (text, _) in texts.items()}, event_id)
    return {id_: _pass_text(text, by, found[id_]) for id_, (text, by) in texts.items()}


def read_spare(token: str, event_id: UUID) -> str | None:
    """The whole code of a pre-printed pass of this event, or None for everything else."""
    read = keys.read(token, event_id)
    return read.code_hex if read.verdict is passes.Verdict.VALID and read.kind is Kind.SPARE else None


def _pass_text(text: str, by: By, read: passes.PassRead) -> PassText:
    if read.verdict is passes.Verdict.VALID:
        code = cast(str, read.code_hex)
        return PassText(typed=passes.typed_of(bytes.fromhex(code)), code_hex=code, is_spare=read.kind is Kind.SPARE)
    if read.verdict is not passes.Verdict.FOREIGN:
        return PassText(Verdict(read.verdict.value))
    typed = passes.check(text)
    if typed:
        return PassText(typed=typed)
    return PassText(Verdict.FOREIGN if by is By.SCAN else Verdict.MISTYPED)

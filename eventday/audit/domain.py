"""What the audit keeps of a change, with personal data masked, and the hash that chains its entries."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from eventday.kernel.clock import local

Values = Mapping[str, Any]

FIRST = bytes(32)  # what the first entry of a chain has for the hash of the one before
_PEOPLE = frozenset({"person", "pass", "registration"})
_NAMES = frozenset({"name", "full_name", "guardian"})
_NAMES_OF_OTHERS = frozenset({("report", "signer")})
_NUMBERS = frozenset({"phone", "guardian_phone"})
_RESIDENTS = frozenset({"pass", "registration"})
_TOLD_OF_RESIDENTS = _NAMES | _NUMBERS | frozenset({"email", "slot_id", "slot_ids", "status", "merged_into"})
_MASK = "•••"
_PUBLIC = frozenset({("profile", "phone"), ("profile", "desk")})
_EMAIL = re.compile(r"([^\s@<>,;:]+)@([^\s@<>,;:]+\.[^\s@<>,;:]+)")
_PHONE = re.compile(r"(?<![\w-])(?:\+84|84|0)(?:[\s.\-]?\d){8,10}(?![\w-])")
_LONGEST = 2000
_LABEL = 200


@dataclass(frozen=True)
class Entry:
    """One act as it is kept: who (by kind and id) did what to which thing, when; `before` and `after` hold what differs.

    `label` is what the thing was called then; empty where it has no name.
    """

    chain: str
    number: int
    at: datetime
    actor_kind: str
    actor_id: str
    action: str
    subject_kind: str
    subject_id: str
    label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def kept(kind: str, before: Values | None, after: Values | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Both sides as JSON has them, masked; where there are both, only the fields that differ.

    A field that differs only in what is masked stands on both sides with the same value.
    """
    old, new = _plain(before), _plain(after)
    if old is not None and new is not None:
        differing = [name for name in {**old, **new} if _said(old.get(name)) != _said(new.get(name))]
        old, new = ({name: side.get(name) for name in differing} for side in (old, new))
    return _masked(kind, old), _masked(kind, new)


def label_of(kind: str, before: Values | None, after: Values | None) -> str:
    """What a thing is called (its title, else its name), masked as its fields are; the old name where it got a new one."""
    for side in (before, after):
        for field in ("title", "name"):
            if side and side.get(field):
                return str(_masked_value(kind, field, str(side[field])))[:_LABEL]
    return ""


def _said(value: Any) -> Any:
    """What is empty says as much as what is not there."""
    return None if value in ("", [], {}) else value


def hash_of(entry: Entry, previous: bytes) -> bytes:
    """SHA-256 over the entry as canonical JSON (keys sorted, ASCII, no spaces, time in UTC to the microsecond) with the hash before it."""
    fields = {**vars(entry), "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"), "previous": previous.hex()}
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()).digest()


def masked_name(name: str) -> str:
    """Initials only: N. V. A."""
    return " ".join(f"{word[0]}." for word in name.split())


def masked_phone(number: str) -> str:
    """The last three digits only."""
    digits = re.sub(r"\D", "", number)
    return f"{_MASK}{digits[-3:]}" if digits else number


def masked_text(text: str) -> str:
    """The text with the e-mail addresses and phone numbers in it masked, and cut where it is very long."""
    text = _PHONE.sub(lambda found: masked_phone(found[0]), _EMAIL.sub(_masked_email, text))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _masked_email(found: re.Match[str]) -> str:
    return f"{found[1][0]}{_MASK}@{found[2]}"


def _masked(kind: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: _masked_value(kind, name, value) for name, value in values.items()}


def _masked_value(kind: str, field: str, value: Any) -> Any:
    if kind in _RESIDENTS and field not in _TOLD_OF_RESIDENTS:
        return value if value is None or value == "" else _MASK
    if isinstance(value, dict):
        return _masked(kind, value)
    if isinstance(value, list):
        return [_masked_value(kind, field, each) for each in value]
    if not isinstance(value, str) or (kind, field) in _PUBLIC:
        return value
    if ((kind in _PEOPLE and field in _NAMES) or (kind, field) in _NAMES_OF_OTHERS) and "@" not in value:
        return masked_name(value)
    return masked_phone(value) if kind in _PEOPLE and field in _NUMBERS else masked_text(value)


def _plain(values: Values | None) -> dict[str, Any] | None:
    return None if values is None else {str(name): _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    """As JSON has it: moments as Vietnamese wall-clock time in ISO 8601, ids and days as text, sets in order. Raises: TypeError."""
    if isinstance(value, Enum):
        return _plain_value(value.value if isinstance(value.value, str) else value.name.lower())
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    if isinstance(value, date | time | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, set | frozenset):
        return sorted(_plain_value(each) for each in value)
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"the audit cannot keep a {type(value).__name__}")

"""Reading what phones send. A record of any shape gives a value or None; nothing here raises for content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from eventday.checkins.domain import By, Kind
from eventday.kernel.clock import day_of
from eventday.kernel.ids import parse

_LONGEST_TEXT = 8000  # a QR code holds 7,089 digits
_LARGEST = 2**63 - 1
_LONE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_Choice = TypeVar("_Choice", Kind, By)


class _Malformed(Exception):
    """The record is not well-formed; it is answered and not kept."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A well-formed check-in as sent. `slot` None is the gate; an undo may come without pass and slot."""

    id: UUID
    sequence: int
    kind: Kind
    pass_text: str | None
    slot: UUID | None
    at: datetime
    of: UUID | None
    by: By


@dataclass(frozen=True, kw_only=True)
class WalkInRecord:
    """A well-formed walk-in as sent; what it says of the person is not judged yet."""

    id: UUID
    pass_id: UUID
    checkin_id: UUID
    sequence: int
    name: str
    birth_year: int | None
    gender: str | None
    hamlet: str | None
    group: str | None
    phone: str | None
    slot: UUID | None
    spare: str | None
    at: datetime


def read_record(raw: object) -> Record | None:
    """A check-in, or None where it is malformed."""
    try:
        return _record(_mapping(raw))
    except _Malformed:
        return None


def read_walk_in(raw: object) -> WalkInRecord | None:
    """A walk-in, or None where it is malformed."""
    try:
        return _walk_in(_mapping(raw))
    except _Malformed:
        return None


def read_moment(value: object) -> datetime | None:
    """An ISO 8601 moment with an offset, in UTC, or None. The years 1 and 9999 are left out: their days may not exist elsewhere."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            return None
        moment = moment.astimezone(UTC)
        day_of(moment)
    except (ValueError, OverflowError):
        return None
    return moment if 1 < moment.year < 9999 else None


def id_as_sent(raw: object) -> str | None:
    """What a malformed record calls itself, so that its phone can forget it."""
    sent = raw.get("id") if isinstance(raw, dict) else None
    return sent if isinstance(sent, str) and len(sent) <= _LONGEST_TEXT and sent.isprintable() else None


def _record(raw: Mapping[str, Any]) -> Record:
    kind = _choice(Kind, raw.get("kind"))
    pass_text = _optional_text(raw, "pass")
    if kind is not Kind.UNDO and (not pass_text or "slot" not in raw):
        raise _Malformed
    by = raw.get("by")
    own_id = _id(raw, "id")
    of = _id(raw, "of") if kind is Kind.UNDO else None
    if of == own_id:
        raise _Malformed
    return Record(
        id=own_id,
        sequence=_number(raw.get("sequence")),
        kind=kind,
        pass_text=_CONTROL.sub("", pass_text).strip() if pass_text else None,
        slot=_optional_id(raw, "slot"),
        at=_moment(raw),
        of=of,
        by=By.SCAN if by is None else _choice(By, by),
    )


def _walk_in(raw: Mapping[str, Any]) -> WalkInRecord:
    checkin = _mapping(raw.get("checkin"))
    name = _optional_text(raw, "name")
    if name is None or "slot" not in raw:
        raise _Malformed
    return WalkInRecord(
        id=_id(raw, "id"),
        pass_id=_id(raw, "pass_id"),
        checkin_id=_id(checkin, "id"),
        sequence=_number(checkin.get("sequence")),
        name=name,
        birth_year=None if raw.get("birth_year") is None else _number(raw["birth_year"]),
        gender=_optional_text(raw, "gender"),
        hamlet=_optional_text(raw, "hamlet"),
        group=_optional_text(raw, "group"),
        phone=_optional_text(raw, "phone"),
        slot=_optional_id(raw, "slot"),
        spare=_optional_text(raw, "spare"),
        at=_moment(raw),
    )


def _mapping(raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise _Malformed
    return raw


def _id(raw: Mapping[str, Any], name: str) -> UUID:
    value = parse(raw.get(name))
    if value is None:
        raise _Malformed
    return value


def _optional_id(raw: Mapping[str, Any], name: str) -> UUID | None:
    return None if raw.get(name) is None else _id(raw, name)


def _optional_text(raw: Mapping[str, Any], name: str) -> str | None:
    """A text that can be stored: no lone surrogates, no end of string within."""
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or _LONE.search(value):
        raise _Malformed
    return value


def _choice(choices: type[_Choice], value: object) -> _Choice:
    found = choices._value2member_map_.get(value) if isinstance(value, str) else None
    if found is None:
        raise _Malformed
    return cast(_Choice, found)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise _Malformed
    return value


def _moment(raw: Mapping[str, Any]) -> datetime:
    moment = read_moment(raw.get("at"))
    if moment is None:
        raise _Malformed
    return moment

"""The keys of passes: one Ed25519 pair an event, made when first needed; and the secrets of holders' pages.

Both hang on the instance's secret `passes`: private halves are encrypted with a key derived from it, holders' secrets are its HMAC.
A key never changes once made, so each process keeps those that it read after they were committed.
"""

import hmac
import os
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from eventday import instance
from eventday.config import Settings
from eventday.db import db
from eventday.kernel.clock import day_of
from eventday.programme import queries as programme
from eventday.registrations import passes
from eventday.registrations.errors import NoFreeKey
from eventday.registrations.models import PassKey

_REST = timedelta(days=2 * 365 + 1)
_IDS = 256
_NONCE = 12
_Name = TypeVar("_Name", bound=Hashable)
_MADE_HERE = "pass_keys_made_here"
_COLUMNS = (PassKey.key_id, PassKey.event_id, PassKey.public_key, PassKey.private_key)
_NEWEST_OF_EVENT = select(*_COLUMNS).order_by(PassKey.created_at.desc(), PassKey.key_id)


@dataclass(frozen=True)
class SigningKey:
    """An event's key with its private half."""

    key_id: int
    event_id: UUID
    private: Ed25519PrivateKey


@dataclass
class _Known:
    """What this process has read: signing keys by event and by id, and all keys that passes are read by."""

    of_event: dict[UUID, SigningKey] = field(default_factory=dict)
    by_id: dict[int, SigningKey] = field(default_factory=dict)
    ring: dict[int, passes.PassKey] = field(default_factory=dict)


def signing_key(session: Session, event_id: UUID, *, now: datetime) -> SigningKey:
    """The event's key; it is made in this transaction where there is none. Raises: NoFreeKey."""
    known = _known().of_event.get(event_id)
    if known:
        return known
    found = _read(session, event_id)
    if found is None:
        _make(session, event_id, now)
        session.info[_MADE_HERE] = True
        found = _read(session, event_id)
        assert found is not None
    if not session.info.get(_MADE_HERE):  # else it may be rolled back yet
        _known().of_event[event_id] = found
    return found


def token_of(session: Session, key_id: int, event_id: UUID, code_hex: str, *, spare: bool = False) -> str:
    """The 119 characters of a pass's QR; always the same for the same pass."""
    known = _known().by_id.get(key_id)
    if known is None or known.event_id != event_id:
        row = session.execute(select(*_COLUMNS).where(PassKey.key_id == key_id)).one()
        known = _opened(row.key_id, row.event_id, row.private_key)
        if not session.info.get(_MADE_HERE):
            _known().by_id[key_id] = known
    return passes.token(known.private, key_id, event_id, bytes.fromhex(code_hex), passes.Kind.SPARE if spare else passes.Kind.PERSONAL)


def public_keys(event_ids: Collection[UUID] | None = None) -> list[passes.PassKey]:
    """The public keys of these events (None: of all), by id."""
    query = select(PassKey.key_id, PassKey.event_id, PassKey.public_key).order_by(PassKey.key_id)
    if event_ids is not None:
        query = query.where(PassKey.event_id.in_(event_ids))
    last_days = {event.id: event.last_day for event in programme.events()}
    return [passes.PassKey(row.key_id, row.event_id, row.public_key, last_days.get(row.event_id)) for row in db.session.execute(query)]


def read(payload: str, event_id: UUID) -> passes.PassRead:
    """What a scanned text is, by all keys of this instance."""
    return read_all({"": payload}, event_id)[""]


def read_all(payloads: Mapping[_Name, str], event_id: UUID) -> dict[_Name, passes.PassRead]:
    """As `read`, for many texts by whatever names them. A key made meanwhile by another process is looked for once before saying no."""
    ring = _known().ring
    found = {name: passes.read(payload, ring, event_id) for name, payload in payloads.items()}
    unknown = [name for name, read in found.items() if read.verdict in (passes.Verdict.UNKNOWN_KEY, passes.Verdict.FORGED)]
    if unknown and (fresh := _ring()) != ring:
        _known().ring = fresh
        found |= {name: passes.read(payloads[name], fresh, event_id) for name in unknown}
    return found


def _ring() -> dict[int, passes.PassKey]:
    return {
        row.key_id: passes.PassKey(row.key_id, row.event_id, row.public_key, private=_private(row)) for row in db.session.execute(select(*_COLUMNS))
    }


def _private(row: Any) -> Ed25519PrivateKey | None:
    """None where this is not the instance that made the key: its passes are verified all the same."""
    try:
        return _opened(row.key_id, row.event_id, row.private_key).private
    except InvalidTag:
        return None


def holder_secret(pass_id: UUID, generation: int) -> str:
    """The 26 characters of a holder's page: they can always be told again and are never stored."""
    digest = hmac.digest(_secret(_settings()), b"eventday-holder" + pass_id.bytes + generation.to_bytes(4, "big"), sha256)
    return passes.base32(digest[:16])


def holder_hash(secret: str) -> bytes:
    """What is stored of a holder's secret, to find its pass."""
    return sha256(passes.secret_of(secret).encode(errors="replace")).digest()


def _read(session: Session, event_id: UUID) -> SigningKey | None:
    row = session.execute(_NEWEST_OF_EVENT.where(PassKey.event_id == event_id)).first()
    return _opened(row.key_id, row.event_id, row.private_key) if row else None


def _make(session: Session, event_id: UUID, now: datetime) -> None:
    """Insert a key under a free id, unless somebody made the event's first key while we waited for the table. Readers do not wait."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE pass_keys IN EXCLUSIVE MODE"))
    if _read(session, event_id):
        return
    private = Ed25519PrivateKey.generate()
    key_id = _free_id(session, now)
    public, sealed = private.public_key().public_bytes_raw(), _sealed(private.private_bytes_raw(), key_id, event_id)
    session.execute(insert(PassKey).values(key_id=key_id, event_id=event_id, public_key=public, private_key=sealed, created_at=now))


def _free_id(session: Session, now: datetime) -> int:
    """An id never used, else one whose event ended over two years ago (its key is dropped). Raises: NoFreeKey."""
    used: dict[int, UUID] = {row.key_id: row.event_id for row in session.execute(select(PassKey.key_id, PassKey.event_id))}
    free = next((key_id for key_id in range(_IDS) if key_id not in used), None)
    if free is not None:
        return free
    rested = {event.id for event in programme.events() if event.last_day + _REST < day_of(now)}
    for key_id, event_id in used.items():
        if event_id in rested:
            session.execute(delete(PassKey).where(PassKey.key_id == key_id))
            return key_id
    raise NoFreeKey


def _opened(key_id: int, event_id: UUID, sealed: bytes) -> SigningKey:
    raw = _cipher(_settings()).decrypt(sealed[:_NONCE], sealed[_NONCE:], _about(key_id, event_id))
    return SigningKey(key_id, event_id, Ed25519PrivateKey.from_private_bytes(raw))


def _sealed(raw: bytes, key_id: int, event_id: UUID) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(_settings()).encrypt(nonce, raw, _about(key_id, event_id))


def _about(key_id: int, event_id: UUID) -> bytes:
    return bytes([key_id]) + event_id.bytes


@lru_cache(maxsize=8)
def _secret(settings: Settings) -> bytes:
    return instance.secret(settings, "passes")


@lru_cache(maxsize=8)
def _cipher(settings: Settings) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"eventday pass keys at rest").derive(_secret(settings)))


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])


def _known() -> _Known:
    return cast(_Known, current_app.extensions.setdefault("pass_keys", _Known()))

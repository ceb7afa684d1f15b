"""The pass: its payload (signed, in the QR) and its typed code. Pure; `tests/cases/pass-vectors.json` is run by Python and JavaScript.

Payload: 74 bytes in 119 characters of Crockford base32 (the 3 padding bits are zero).
  byte 0      format (1) x 16 + kind (0 personal, 1 pre-printed spare)
  byte 1      key id
  bytes 2-9   pass code, 64 random bits; its first 40 bits are the typed code
  bytes 10-73 Ed25519 over "eventday-pass" + 01 + the event's 16 UUID bytes + bytes 0-9
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 119
_FORMAT = 1
_CONTEXT = b"eventday-pass\x01"
_BYTES, _HEAD = 74, 10
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)  # from the alphabet of RFC 4648
_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")  # as int(…, 32) reads them
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_TYPED_LENGTH = 8
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BASE32 = re.compile(rf"[{ALPHABET}]*")
_CITIZEN_CARD = re.compile(r"\d{12}\|(\d{9}|\d{12})?\|[^|]+\|\d{8}\|")


class Kind(StrEnum):
    PERSONAL = "personal"
    SPARE = "spare"


class Verdict(StrEnum):
    """What a scanned text is. Unknown key means: sync first."""

    VALID = "valid"
    FORGED = "forged"
    OTHER_EVENT = "other_event"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_FORMAT = "unknown_format"
    MALFORMED = "malformed"
    FOREIGN = "foreign"
    CITIZEN_CARD = "citizen_card"


@dataclass(frozen=True)
class PassKey:
    """A public key (32 raw bytes), the event whose passes it verifies, and that event's last day, where it is told.

    With its `private` half passes are read quicker: what it signs is always the same (RFC 8032, 5.1.6), and signing costs a quarter of verifying.
    """

    key_id: int
    event_id: UUID
    public_key: bytes
    last_day: date | None = None
    private: Ed25519PrivateKey | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class PassRead:
    """What was read. `code_hex` and `kind` are set for a genuine pass (of this event or another), `event` is whose it is."""

    verdict: Verdict
    code_hex: str | None = None
    kind: Kind | None = None
    event: UUID | None = None


def token(private_key: Ed25519PrivateKey, key_id: int, event_id: UUID, code: bytes, kind: Kind = Kind.PERSONAL) -> str:
    """The 119 characters of the QR. Signing is deterministic: the same pass has the same token for ever."""
    head = bytes([_FORMAT << 4 | (kind is Kind.SPARE), key_id]) + code
    return base32(head + private_key.sign(_CONTEXT + event_id.bytes + head))


def read(payload: str, keys: Mapping[int, PassKey], event_id: UUID) -> PassRead:
    """Say what a scanned text is, for a gate of that event. `keys` maps key ids to all keys known here."""
    text = payload.strip()
    if _CITIZEN_CARD.match(text):
        return PassRead(Verdict.CITIZEN_CARD)
    found = _token_of(text)
    if found is None:
        return PassRead(Verdict.FOREIGN)
    data = _bytes_of(found)
    if data is None:
        return PassRead(Verdict.MALFORMED)
    return _verified(data, keys, event_id)


def _token_of(text: str) -> str | None:
    """The part that should be a token, in capitals; None for what does not even look like a pass."""
    text = re.split(r"[?#]", text.upper(), maxsplit=1)[0].removesuffix("/")
    before, mark, after = text.rpartition("/T/")
    if mark:
        return after if re.match(r"HTTPS?://[^/]+$", before) else None
    return text if len(text) == TOKEN_LENGTH and _BASE32.fullmatch(text) else None


def _bytes_of(found: str) -> bytes | None:
    if len(found) != TOKEN_LENGTH or not _BASE32.fullmatch(found):
        return None
    number = int(found.translate(_DIGITS), 32)
    return None if number & 7 else (number >> 3).to_bytes(_BYTES, "big")


def _verified(data: bytes, keys: Mapping[int, PassKey], event_id: UUID) -> PassRead:
    if data[0] >> 4 != _FORMAT or data[0] & 15 > 1:
        return PassRead(Verdict.UNKNOWN_FORMAT)
    key = keys.get(data[1])
    if key is None:
        return PassRead(Verdict.UNKNOWN_KEY)
    head = data[:_HEAD]
    if not _signed(key, head, data[_HEAD:]):
        return PassRead(Verdict.FORGED)
    verdict = Verdict.VALID if key.event_id == event_id else Verdict.OTHER_EVENT
    return PassRead(verdict, head[2:].hex(), Kind.SPARE if head[0] & 15 else Kind.PERSONAL, key.event_id)


def _signed(key: PassKey, head: bytes, signature: bytes) -> bool:
    message = _CONTEXT + key.event_id.bytes + head
    if key.private:
        return hmac.compare_digest(key.private.sign(message), signature)
    try:
        _public(key.public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=256)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def base32(data: bytes) -> str:
    """Crockford base32, the last character padded with zero bits."""
    return b32encode(data).decode().rstrip("=").translate(_CROCKFORD)


def typed_of(code: bytes) -> str:
    """The 8 characters of a pass code's first 40 bits."""
    return base32(code[:5])


def format_code(typed: str) -> str:
    """`DME4NT1R` as it is printed: DME-4NT-1RW, the last character checks the others."""
    full = typed + _check_character(typed)
    return f"{full[:3]}-{full[3:6]}-{full[6:]}"


def check(text: str) -> str | None:
    """The 8 characters of a code as somebody typed it (O is 0, I and L are 1, blanks and dashes count not), or None if the check fails."""
    code = re.sub(r"[\s\-‐-―]", "", text).upper().translate(_MISREAD)
    if len(code) != _TYPED_LENGTH + 1 or not _BASE32.fullmatch(code):
        return None
    return code[:-1] if _check_character(code[:-1]) == code[-1] else None


def secret_of(text: str) -> str:
    """A holder's secret as it is stored: capitals, misread characters mended."""
    return text.strip().upper().translate(_MISREAD)


def _check_character(typed: str) -> str:
    """Sum of 2^(position)·value in GF(32): finds every wrong character and every swap of two."""
    total, weight = 0, 1
    for char in typed:
        weight = _times(weight, 2)
        total ^= _times(weight, _VALUES[char])
    return ALPHABET[total]


def _times(one: int, other: int) -> int:
    """Product in GF(32), modulus x^5 + x^2 + 1."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = (one << 1) ^ (0b100101 if one & 16 else 0)
        other >>= 1
    return product

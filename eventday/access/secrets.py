"""Bearer secrets: made here, kept as a hash, told once."""

import hashlib
import secrets

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_secret() -> str:
    """192 random bits, safe in addresses."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """An enrolment code, one word: 60 random bits in 12 characters that can be read out (no I, L, O, U)."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(12))


def hash_of(secret: str) -> bytes:
    """What is stored. Plain SHA-256 is enough for what has 60 and more random bits and a short life, or 192."""
    return hashlib.sha256(secret.encode()).digest()

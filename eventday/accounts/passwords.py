"""Signing in by a password, and choosing one. Guesses are counted before they are checked."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from uuid import UUID

from flask import current_app

from eventday.access import guesses, people, staff
from eventday.access import service as access
from eventday.access.domain import Person
from eventday.accounts import domain, hashing
from eventday.catalogue import queries as catalogue
from eventday.kernel.errors import Refusal, TryLater

FROM_ADDRESS, AT_ACCOUNT, FROM_KNOWN = 20, 30, 20  # tries in a quarter of an hour


class WrongPassword(Refusal):
    """The address is nobody's, the password is another, or the account is closed: a stranger cannot tell which."""

    code = "wrong_password"
    status = 422


@dataclass(frozen=True)
class Browser:
    """Who asks: the client's address, what it runs on, and what proves that an account signed in from it before."""

    address: str
    device: str = ""
    known: str = ""


def sign_in(email: str, password: str, browser: Browser, *, now: datetime) -> tuple[UUID, str]:
    """Returns the person and the secret of a new web session. Raises: WrongPassword, TooManyGuesses, TryLater."""
    account = staff.account_of_address(email)
    limits = _limits(email, account.id if account else None, browser)
    hashed = account.password_hash if account and account.disabled_at is None else None
    with _refusals_noted(account.id if account else None, browser, now):
        _guess(limits, password, hashed, now=now)
        if account is None or hashed is None:
            raise WrongPassword
        secret = access.sign_in_known(account.id, hashed, now=now, device=browser.device)
        if secret is None:
            raise WrongPassword
    if hashing.is_outdated(hashed):
        people.rehash(account.id, hashed, hashing.hash_of(password))
    return account.id, secret


def choose(person: Person, former: str, password: str, browser: Browser, *, now: datetime) -> str:
    """Choose a password; `former` is asked for where there is one. Returns the secret of a new session, all others end.

    Raises: WeakPassword, WrongPassword, TooManyGuesses, TryLater.
    """
    check_former(person, former, browser, now=now)
    domain.check(password, hashing.common_passwords(), _about(person))
    return people.set_password(person.id, hashing.hash_of(password), now=now, device=browser.device)


def drop(person: Person, former: str, browser: Browser, *, now: datetime) -> str:
    """Do without a password from now on. Returns the secret of a new session. Raises: as `choose`."""
    check_former(person, former, browser, now=now)
    return people.set_password(person.id, None, now=now, device=browser.device)


def check_former(person: Person, former: str, browser: Browser, *, now: datetime) -> None:
    """Raises: WrongPassword where the person has a password and this is not it, TooManyGuesses."""
    hashed = staff.account(person.id).password_hash
    if hashed is None:
        return
    limits = {guesses.key("own", str(person.id)): FROM_KNOWN, guesses.key("address", _network(browser.address)): FROM_ADDRESS}
    with _refusals_noted(person.id, browser, now):
        _guess(limits, former, hashed, now=now)


@contextmanager
def _refusals_noted(person_id: UUID | None, browser: Browser, now: datetime) -> Iterator[None]:
    """A wrong password is noted where the person works; tries beyond the limit are not, so that nobody fills the log."""
    try:
        yield
    except WrongPassword:
        access.note_refused(person_id, now=now, device=browser.device)
        raise


def _guess(limits: dict[bytes, int], password: str, hashed: str | None, *, now: datetime) -> None:
    """Raises: WrongPassword, TooManyGuesses, and TryLater, which is no guess."""
    guesses.count(limits, now=now)
    try:
        fits = hashing.fits(password, hashed)
    except TryLater:
        guesses.give_back(limits, now=now)
        raise
    if not fits:
        raise WrongPassword
    guesses.give_back(limits, now=now)


def proof(person_id: UUID, nonce: str) -> str:
    """What a browser keeps once an account has signed in from it: strangers who guess at the account do not shut it out."""
    key: bytes = current_app.config["SECRET_KEY"]
    mac = hmac.new(key, f"known:{person_id}:{nonce}".encode(), hashlib.sha256).hexdigest()
    return f"{nonce}.{mac}"


def _limits(email: str, person_id: UUID | None, browser: Browser) -> dict[bytes, int]:
    """An account that strangers guess at stays open for browsers that were in it before, each with tries of its own."""
    nonce = browser.known.partition(".")[0]
    if person_id and browser.known and hmac.compare_digest(browser.known.encode(), proof(person_id, nonce).encode()):
        return {guesses.key("known", str(person_id), nonce): FROM_KNOWN}
    at = guesses.key("account", email.strip().lower())
    return {at: AT_ACCOUNT, guesses.key("address", _network(browser.address)): FROM_ADDRESS}


def _network(address: str) -> str:
    """The address, of IPv6 the 64 bits that one customer has for themselves."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def _about(person: Person) -> list[str]:
    """What a stranger knows of the person: name, address, places."""
    account = staff.account(person.id)
    words = [account.name, account.email.replace("@", " ").replace(".", " ")]
    for grant in person.grants:
        commune = catalogue.commune(grant.place.commune) if grant.place.commune else None
        province = catalogue.province(grant.place.province) if grant.place.province else None
        words += [one.name for one in (commune, province) if one]
    return words

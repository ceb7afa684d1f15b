"""What people are found by: the words of their names, the digits of their phones from the end, the code on the pass. Pure.

A term is ASCII, at most 40 characters. A phone's begins with `#` and has the national number backwards, so that its last digits
are how it begins; whoever looks for something looks for what terms begin with.
"""

import re
from dataclasses import dataclass

from eventday.kernel.text import fold
from eventday.registrations import passes

MOST = 8
_LONGEST = 40
_DIGITS_OF_PHONE = 3
_RUNS = re.compile(r"\+?\d[\d\s().\-]*")


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: each of `terms` must begin a term of the person; `typed` are the 8 characters of a code, if it may be one."""

    terms: tuple[str, ...] = ()
    typed: str | None = None


def terms_of(name_key: str, phone: str | None) -> list[str]:
    """The terms of a person. `name_key` is the folded name, `phone` E.164."""
    words = [word[:_LONGEST] for word in name_key.split()]
    return sorted({*words, *([_backwards("0" + phone.removeprefix("+84"))] if phone else [])})


def sought(text: str) -> Sought:
    """What a search text says: words begin words of the name, a run of three digits or more ends (or is) the phone."""
    runs = [re.sub(r"\D", "", run) for run in _RUNS.findall(text)]
    phones = [_backwards(_national(run)) for run in runs if len(run) >= _DIGITS_OF_PHONE]
    words = fold(_RUNS.sub(_without_phone, text)).split()
    terms = dict.fromkeys([*phones, *(word[:_LONGEST] for word in words)])
    return Sought(tuple(terms)[:MOST], passes.check(text))


def _without_phone(run: re.Match[str]) -> str:
    return " " if len(re.sub(r"\D", "", run[0])) >= _DIGITS_OF_PHONE else run[0]


def _national(digits: str) -> str:
    """The whole number as it is dialled in the country, or the last digits as they are."""
    return "0" + digits.removeprefix("84") if digits.startswith("84") and len(digits) >= 11 else digits


def _backwards(digits: str) -> str:
    return f"#{digits[::-1]}"[:_LONGEST]

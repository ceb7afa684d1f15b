"""Vietnamese text: normal form and folding for search and comparison."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_MARKS = dict.fromkeys(code for code in range(0x10000) if unicodedata.combining(chr(code)))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def tidy(text: str) -> str:
    """NFC, without control and invisible characters, single spaces, none at the ends."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # then nothing of it is a control character, invisible, or a space but " "
        return " ".join(text.split())
    return _SPACES.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", text))).strip()


def tidy_lines(text: str) -> str:
    """Like `tidy`, but keeps line breaks."""
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


@lru_cache(maxsize=4096)  # plans and lists say the same places, hosts and headings again and again
def fold(text: str) -> str:
    """What is compared and searched: no marks, đ as d, small letters, apostrophes dropped, other signs to one space."""
    text = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "d")
    text = text.translate(_MARKS).lower()
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", _INVISIBLE.sub("", text))).strip()


def matches(query: str, text: str) -> bool:
    """Whether each folded word of the query begins a folded word of the text."""
    words = fold(text).split()
    return all(any(word.startswith(wanted) for word in words) for wanted in fold(query).split())

"""Names of people: how they are shown, taken apart and sorted (domain notes §5)."""

import re
import unicodedata
from functools import lru_cache

from eventday.kernel.text import tidy

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the Vietnamese order
_RANKS = {char: f"{rank + 1:02x}" for rank, char in enumerate(" 0123456789" + _LETTERS)}
_APOSTROPHES = re.compile(r"\s*['’‘ʼ`´]\s*")
_END = "0"


def display(text: str) -> str:
    """NFC, single spaces, one kind of apostrophe; words all small or all capital get a first capital, mixed ones stay."""
    return " ".join(_capitalised(word) for word in _APOSTROPHES.sub("'", tidy(text)).split())


def _capitalised(word: str) -> str:
    if not (word.islower() or word.isupper()):
        return word
    return "".join(part.capitalize() for part in re.split(r"([-'])", word))


def parts(display: str) -> tuple[str, str, str]:
    """(family, middle, given): the last word is the given name, whatever the people (H'Hen Niê too). One word is a given name."""
    words = display.split()
    if not words:
        return "", "", ""
    return (words[0] if len(words) > 1 else ""), " ".join(words[1:-1]), words[-1]


def sort_key(display: str) -> str:
    """ASCII text whose order of bytes is Vietnamese: by given, middle, family name, each first by its letters, then by its tones."""
    family, middle, given = parts(display)
    return "".join(_key(field) for field in (given, middle, family))


@lru_cache(maxsize=4096)  # most people share their family and middle names
def _key(field: str) -> str:
    """Letters as two hex digits each, then tones as one digit each, both ended by 0, which is below every digit pair and tone."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", field.lower()):
        tone, base = _split(char)
        rank = _RANKS.get(base)
        if rank:
            letters.append(rank)
            tones.append(tone)
    return "".join(letters) + _END * 2 + "".join(map(str, tones)) + _END


def _split(char: str) -> tuple[int, str]:
    """(tone from 1 to 6, letter without it): ă â ê ô ơ ư keep their own mark, marks of other languages fall away."""
    marks = unicodedata.normalize("NFD", char)
    tone = next((rank for rank, mark in enumerate(_TONES, 2) if mark in marks), 1)
    base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return tone, base if base in _RANKS else marks[0]

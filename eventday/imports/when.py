"""What a cell can say of a time, and Vietnamese text made ready to be read for it."""

import unicodedata
from dataclasses import dataclass
from datetime import date, time

from eventday.kernel.text import tidy
from eventday.programme.domain import Part


@dataclass(frozen=True)
class Days:
    """The days of an event, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class When:
    """What a cell says of a time; None is what it does not say. `wrong_weekday`: the weekday it names is not that of its date."""

    day: date | None = None
    start: time | None = None
    end: time | None = None
    part: Part | None = None
    wrong_weekday: bool = False


@dataclass(frozen=True)
class Unreadable:
    """Why a cell cannot be taken: date_unreadable, time_unreadable, date_outside_event (meant: a date), end_before_start (start, end)."""

    code: str
    meant: date | None = None
    start: time | None = None
    end: time | None = None


DATE_UNREADABLE = Unreadable("date_unreadable")
TIME_UNREADABLE = Unreadable("time_unreadable")


def plain(text: str) -> str:
    """Small letters without marks. “tới” (until) and “tối” (evening), equal without marks, are told apart before."""
    text = tidy(text).lower().replace("tới", "đến").replace("tối", "toidem")
    text = text.translate(str.maketrans("–—−‐‑’′`´‘", "-----'''''"))
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)).replace("đ", "d")
    return "".join(char for char in text if not unicodedata.combining(char))

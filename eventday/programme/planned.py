"""One row of a plan as it is asked for, and the “Mã” by which our own exports name a slot or a wish."""

import re
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from eventday.kernel.text import fold
from eventday.programme.domain import Kind, Part

ONLINE_CAPACITY = 1_000  # where a row is online, names no number and its place has no limit


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is wanted. `day`, `start`, `end` are Vietnamese wall time; None is what the plan does not say; `number` is the “Mã”.

    `placed_online`: it takes place online, whether or not the commune has an online space (`space_id`).
    """

    title: str
    kind: Kind
    host: str = ""
    co_hosts: tuple[str, ...] = ()
    space_id: UUID | None = None
    space_capacity: int = 0
    placed_online: bool = False
    day: date | None = None
    start: time | None = None
    end: time | None = None
    part: Part | None = None
    capacity: int | None = None
    description: str = ""
    audience: str = ""
    equipment: str = ""
    speaker: str = ""
    note: str = ""
    number: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Rows with equal keys are one activity."""
        return self.kind, fold(self.title), fold(self.host)

    @property
    def is_placed(self) -> bool:
        """Whether it has all that a slot needs; else it is a wish."""
        return bool(self.day and self.start and self.end and (self.space_id or self.placed_online))

    @property
    def effective_capacity(self) -> int:
        """A missing capacity is the space's."""
        if self.capacity is not None:
            return self.capacity
        return self.space_capacity or (ONLINE_CAPACITY if self.placed_online else 0)


def code_of(number: int) -> str:
    """HD-0012: the “Mã” of a slot or wish."""
    return f"HD-{number:04}"


def number_of(text: str) -> int | None:
    """The number that a “Mã” stands for; None where it is none of ours."""
    found = re.fullmatch(r"hd ?0*(\d{1,7})", fold(text))
    return int(found.group(1)) if found and int(found.group(1)) else None

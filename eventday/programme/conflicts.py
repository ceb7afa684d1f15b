"""Who is in whose way: two things in one space at one time. Pure; times that touch are no clash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.programme.domain import Kind

_ON_A_PITCH = (Kind.BOOTH, Kind.STATION)


@dataclass(frozen=True)
class Booking:
    """Something that has, or wants, a space from `starts_at` to `ends_at`. `pitches` are the space's booth places (0: none, one thing at a time)."""

    space_id: UUID
    pitches: int
    kind: Kind
    starts_at: datetime
    ends_at: datetime

    @property
    def on_a_pitch(self) -> bool:
        """Booths and stations share a yard, each on a pitch of its own; a conference beside them takes none."""
        return self.pitches > 0 and self.kind in _ON_A_PITCH


def overlap(one: Booking, other: Booking) -> bool:
    return one.space_id == other.space_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def obstacle(wanted: Booking, taken: Sequence[Booking]) -> Booking | None:
    """What keeps `wanted` from its space: the first that overlaps it, or on a full yard the last that came; None where it fits."""
    rivals = [other for other in taken if overlap(wanted, other) and other.on_a_pitch == wanted.on_a_pitch]
    if not wanted.on_a_pitch:
        return rivals[0] if rivals else None
    return rivals[-1] if _most_at_once(wanted, rivals) >= wanted.pitches else None


def _most_at_once(wanted: Booking, rivals: Sequence[Booking]) -> int:
    """The most rivals that stand there together at any moment of `wanted`: it can only rise where one begins."""
    moments = {wanted.starts_at} | {rival.starts_at for rival in rivals if rival.starts_at > wanted.starts_at}
    return max(sum(rival.starts_at <= moment < rival.ends_at for rival in rivals) for moment in moments)

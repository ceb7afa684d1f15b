"""The live board: what scanners have told so far, beside what was planned."""

from dataclasses import dataclass
from datetime import datetime

from eventday.checkins import watch
from eventday.kernel.clock import day_of
from eventday.programme.domain import Kind
from eventday.workspace import queries
from eventday.workspace.arrivals import ArrivalsDay, by_day
from eventday.workspace.domain import BoardDay, board_days, phase
from eventday.workspace.queries import Desk, DeviceLine


@dataclass(frozen=True, kw_only=True)
class Board:
    """Figures of people (registered, admitted, inside, walk-ins), of entries, of stamps, and of presences online, which are in none of these.

    `silent` are devices not heard of for an hour of the event; `arrivals` are today's while the event runs, else those of each day.
    """

    phase: str
    registered: int
    admitted: int
    inside: int
    walk_ins: int
    entries: int
    online: int
    stamps: int
    days: list[BoardDay]
    devices: list[DeviceLine]
    silent: list[DeviceLine]
    arrivals: list[ArrivalsDay]

    @property
    def has_online(self) -> bool:
        return self.online > 0 or any(line.slot.kind is Kind.ONLINE for day in self.days for line in day.lines)


def board(at: Desk, *, now: datetime) -> Board:
    """A commune's board, of one event."""
    watched = watch.watched(at.event.id, at.commune.code)
    live = watched.live
    devices = [line for line in queries.devices(at, now=now) if line.revoked_at is None]
    stands = phase(at.event, now)
    came = {slot.id: slot.online if slot.slot.kind is Kind.ONLINE else slot.admitted for slot in live.slots}
    stamps = {slot.id: slot.stamps for slot in live.slots}
    return Board(
        phase=stands,
        registered=live.registered,
        admitted=live.admitted,
        inside=live.inside,
        walk_ins=live.walk_ins,
        entries=sum(slot.admitted for slot in live.slots),
        online=live.online,
        stamps=sum(stamps.values()),
        days=board_days(at.event, [slot.slot for slot in live.slots], came, stamps, now),
        devices=devices,
        silent=[line for line in devices if stands == "running" and line.freshness.tone == "bad"],
        arrivals=by_day([one for one in watched.arrivals if stands != "running" or day_of(one[0]) == day_of(now)]),
    )

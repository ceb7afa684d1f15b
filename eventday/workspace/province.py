"""A province's communes: the state of plan, registrations, last sign of life; searched and sorted."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from eventday.access import signs
from eventday.catalogue import queries as catalogue
from eventday.catalogue.queries import Commune, Province
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold, matches
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.programme.standings import PlanStanding, standings
from eventday.workspace.domain import most_timely

STATES = ("published", "draft", "none")


@dataclass(frozen=True)
class CommuneLine:
    """`invited`: somebody may work there; `seen_at`: when one of them or one of its scanners was heard of last (None: never)."""

    commune: Commune
    plan: PlanStanding
    invited: bool
    seen_at: datetime | None

    @property
    def state(self) -> str:
        return "published" if self.plan.published_at else "draft" if self.plan.is_begun else "none"


@dataclass(frozen=True)
class Overview:
    """A province in an event (None: it has opened none); `lines` of all its communes, by name."""

    province: Province
    event: Event | None
    events: tuple[Event, ...]
    lines: tuple[CommuneLine, ...]

    def counts(self) -> dict[str, int]:
        """How many communes are in each state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in STATES}


def overview(code: str, event_code: str, *, now: datetime) -> Overview:
    """Seven statements whatever the number of communes. Raises: NotFound, also where the event is another province's."""
    province = catalogue.province(code)
    if province is None:
        raise NotFound
    events = most_timely([event for event in programme.events() if event.province_code == code], day_of(now))
    event = _chosen(events, event_code)
    communes = catalogue.communes_of_province(code)
    return Overview(province, event, tuple(events), tuple(_lines(communes, event)))


def _chosen(events: list[Event], code: str) -> Event | None:
    if not code:
        return events[0] if events else None
    for event in events:
        if event.code == code:
            return event
    raise NotFound


def _lines(communes: list[Commune], event: Event | None) -> Iterable[CommuneLine]:
    codes = [commune.code for commune in communes]
    plans = standings(event.id, codes) if event else {}
    people, devices = signs.people_seen(codes), signs.devices_seen(codes)
    for commune in communes:
        heard = [moment for moment in (people.get(commune.code), devices.get(commune.code)) if moment]
        yield CommuneLine(commune, plans.get(commune.code, PlanStanding()), commune.code in people, max(heard, default=None))


def _name(line: CommuneLine) -> str:
    """Without its kind: Anh Sơn stands under A, whether it is a xã or a phường."""
    return fold(line.commune.name.removeprefix(f"{line.commune.kind.capitalize()} "))


# What needs help first: what has not begun before drafts, who was never heard of before who was long ago.
_SORTS: dict[str, Callable[[CommuneLine], tuple[object, ...]]] = {
    "can-giup": lambda line: (-STATES.index(line.state), line.seen_at is not None, line.seen_at and line.seen_at.timestamp()),
    "ten": lambda line: (_name(line),),
    "ca": lambda line: (-line.plan.slots,),
    "chua-xep": lambda line: (-line.plan.wishes,),
    "dang-ky": lambda line: (-line.plan.registrations,),
    "tin": lambda line: (-(line.seen_at.timestamp() if line.seen_at else 0),),
}
SORTS = tuple(_SORTS)


def found(lines: Iterable[CommuneLine], *, text: str = "", state: str = "", sort: str = SORTS[0]) -> list[CommuneLine]:
    """The lines whose commune's name has the words (no diacritics needed), in a state or any; an unknown sort is the first."""
    kept = [line for line in lines if (not state or line.state == state) and matches(text, line.commune.name)]
    return sorted(sorted(kept, key=_name), key=_SORTS.get(sort, _SORTS[SORTS[0]]))

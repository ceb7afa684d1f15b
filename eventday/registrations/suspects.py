"""Who is likely somebody's double (`doubles`): marked when passes are written, listed from the marks.

Two passes that are alike are both read and compared when the later one is written, so the later one has the mark. That costs
two looks into an index within the statement that makes a pass, and the comparison itself only where somebody is found there;
the list costs the same however many people there are (tests/registrations/test_suspects.py looks at the plans).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, outerjoin, select, union_all, update
from sqlalchemy.orm import Session, aliased

from eventday.db import db, table
from eventday.registrations import finding
from eventday.registrations.doubles import Candidate, Double, Reason, doubles, groups
from eventday.registrations.finding import Person
from eventday.registrations.models import Household, Pass, ToldApart

MOST = 25
AT_ONCE = 75
_FIRST = 30  # marks: hardly one is lost, so these have as many pairs as are told
_PAGES = 8
_STANDS = (Pass.merged_into.is_(None), Pass.revoked_at.is_(None))
_PASS, _HOME = table(Pass).alias("twin").c, table(Household).alias("home").c
_HERE: tuple[ColumnElement[Any], ...] = (bindparam("alike_commune"), bindparam("alike_event"))
_SAME_NAME = (_PASS.commune_code == _HERE[0], _PASS.event_id == _HERE[1], _PASS.name_key == bindparam("alike_name"))
_SAME_PHONE = (_HOME.commune_code == _HERE[0], _HOME.event_id == _HERE[1], _HOME.phone == bindparam("alike_phone"))

# Whether a new pass may be a double, within the statement that makes it: somebody of that name and year, or under that phone.
MAY_BE = or_(
    exists(select(_PASS.id).where(*_SAME_NAME, _PASS.birth_year == bindparam("alike_year"))),
    exists(select(_PASS.id).join(_HOME.phone.table, _HOME.id == _PASS.household_id).where(*_SAME_PHONE)),
)


@dataclass(frozen=True)
class Suspected:
    """Passes that may be one person's: so many pairs of them, and why."""

    people: tuple[Person, ...]
    pairs: int
    reasons: tuple[Reason, ...]


def told(values: dict[str, Any], phone: str | None) -> dict[str, Any]:
    """What `MAY_BE` asks about a new pass."""
    named = {"commune": "commune_code", "event": "event_id", "name": "name_key", "year": "birth_year"}
    return {f"alike_{name}": values[column] for name, column in named.items()} | {"alike_phone": phone}


def mark(session: Session, pass_ids: Collection[UUID]) -> None:
    """Mark those of the passes that are likely somebody's double and of whom nobody has said who they are; unmark the others."""
    for some in batched(pass_ids):
        found = compare(session, Pass.id.in_(some))
        marked = {pass_id for pair in found for pass_id in (pair.one, pair.other)} & set(some)
        for is_marked, ids in ((True, marked), (False, set(some) - marked)):
            if ids:
                changed = update(Pass).where(Pass.id.in_(ids), Pass.alike.is_not(is_marked)).values(alike=is_marked)
                session.execute(changed.execution_options(synchronize_session=False))


def batched(pass_ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """As many at once as are compared."""
    ordered = sorted(pass_ids)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def pairs(event_id: UUID, commune: str) -> list[Double]:
    """Pairs of passes made in a commune that are likely one person's, at most `MOST`: two statements for each `AT_ONCE` marks.

    Marks of whom nobody is like any more are passed over, up to a bound; the worker takes them away (`settling`).
    """
    here = and_(Pass.commune_code == commune, Pass.event_id == event_id, Pass.alike)
    found, last = _compared(db.session(), _MARKED, {"marked_commune": commune, "marked_event": event_id}, _FIRST)
    for _ in range(_PAGES - 1):
        if last is None or len(found) >= MOST:
            break
        more, last = _compared(db.session(), _near(and_(here, Pass.id > last)), {}, AT_ONCE)
        found = list(dict.fromkeys([*found, *more]))
    return found[:MOST]


def likely_doubles(event_id: UUID, commune: str) -> list[Suspected]:
    """As `pairs`, those that hang together in one: four statements."""
    found = pairs(event_id, commune)
    together = groups(found)
    ids = {pass_id for group in together for pass_id in group}
    people = {one.view.id: one for one in finding.people([Pass.id.in_(ids)])} if ids else {}
    return [_suspected([people[one] for one in group], [pair.reason for pair in found if pair.one in group]) for group in together]


def _suspected(people: Collection[Person], reasons: Collection[Reason]) -> Suspected:
    return Suspected(tuple(people), len(reasons), tuple(dict.fromkeys(reasons)))


def compare(session: Session, wanted: ColumnElement[bool]) -> list[Double]:
    """Pairs with one of those wanted (the first `AT_ONCE` by id) that nobody told apart."""
    return _compared(session, _near(wanted), {}, AT_ONCE)[0]


def _compared(session: Session, near: Select[*tuple[Any, ...]], values: dict[str, object], most: int) -> tuple[list[Double], UUID | None]:
    """As `compare` of at most so many, and the last of them where there may be more."""
    rows = session.execute(near, values).all()
    own = {row.id for row in rows if row.is_own}
    last = max(own) if len(own) == most else None
    found = [pair for pair in doubles([Candidate(row.id, row.name_key, row.birth_year, row.phone) for row in rows]) if own & {pair.one, pair.other}]
    if not found:
        return [], last
    query = select(ToldApart.one, ToldApart.other).where(or_(ToldApart.one.in_(own), ToldApart.other.in_(own)))
    apart = {(row.one, row.other) for row in session.execute(query)}
    return [pair for pair in found if (pair.one, pair.other) not in apart], last


def _near(wanted: ColumnElement[bool], most: int = AT_ONCE) -> Select[*tuple[Any, ...]]:
    """Those wanted that stand, and who has their name and year or is under their phone. Outer joins: so SQLite begins with the few."""
    columns = (Pass.id, Pass.commune_code, Pass.event_id, Pass.name_key, Pass.birth_year, Household.phone)
    own = select(*columns).join(Household, Household.id == Pass.household_id).where(wanted, *_STANDS).order_by(Pass.id).limit(most).cte("own")
    twin, home = aliased(Pass), aliased(Household)
    named = and_(twin.commune_code == own.c.commune_code, twin.event_id == own.c.event_id, twin.name_key == own.c.name_key)
    called = and_(home.commune_code == own.c.commune_code, home.event_id == own.c.event_id, home.phone == own.c.phone)
    near = union_all(
        select(own.c.id),
        select(twin.id).select_from(outerjoin(own, twin, and_(named, twin.birth_year == own.c.birth_year))),
        select(twin.id).select_from(outerjoin(own, home, called).outerjoin(twin, twin.household_id == home.id)),
    )
    told_of = (Pass.id, Pass.name_key, Pass.birth_year, Household.phone, Pass.id.in_(select(own.c.id)).label("is_own"))
    return select(*told_of).join(Household, Household.id == Pass.household_id).where(Pass.id.in_(near), *_STANDS)


# Those marked in a commune, built once: each home and plan asks.
_MARKED = _near(and_(Pass.commune_code == bindparam("marked_commune"), Pass.event_id == bindparam("marked_event"), Pass.alike), _FIRST)

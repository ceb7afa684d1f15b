"""The rules of what clashes, each one sweep over the uses of one thing. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import time
from itertools import groupby

from eventday.kernel.clock import local
from eventday.places.domain import Equipment, Space
from eventday.programme.conflicts.pools import Pools
from eventday.programme.conflicts.sweep import Claim, Excess, excesses
from eventday.programme.conflicts.uses import Code, Conflict, Use


def conflicts(uses: Iterable[Use], equipment: Sequence[Equipment] = ()) -> list[Conflict]:
    """All that clashes, by time; where many clash, each that came when it was too much already. `equipment` is what the commune owns."""
    every = list(uses)
    found = [*_at_spaces(every), *_once_at_a_time(every, Code.HOST_TWICE, lambda use: use.busy_host, lambda use: use.host)]
    found += _once_at_a_time(every, Code.AUDIENCE_TWICE, lambda use: use.busy_audience, lambda use: use.audience)
    found += _of_equipment(every, Pools(equipment))
    found = [one for one in found if one.code is not Code.AUDIENCE_TWICE or len({use.activity for use in one.uses}) > 1]
    return sorted(found, key=lambda one: (one.starts_at, list(Code).index(one.code), one.what))


def conflicts_of(use: Use, others: Iterable[Use], equipment: Sequence[Equipment] = ()) -> list[Conflict]:
    """What would clash if `use` stood beside the others, by time; `others` may hold it as it was before, under the same key."""
    beside = [one for one in others if one.key != use.key and one.starts_at < use.ends_at and use.starts_at < one.ends_at]
    return [one for one in conflicts([*beside, use], equipment) if one.touches(use.key)]


def gathered(found: Iterable[Conflict]) -> list[Conflict]:
    """One conflict for each stretch of time in which the same thing is too much: three things in one hall are one line."""
    by_thing = sorted(found, key=lambda one: (one.code, one.what, one.starts_at))
    joined: list[Conflict] = []
    for _, alike in groupby(by_thing, key=lambda one: (one.code, one.what)):
        stretch: Conflict | None = None
        for one in alike:
            if stretch and one.starts_at < stretch.ends_at and len(one.uses) > 1:
                stretch = _joined(stretch, one)
            else:
                joined += [stretch] if stretch else []
                stretch = one
        joined += [stretch] if stretch else []
    return sorted(joined, key=lambda one: (one.is_warning, one.starts_at, one.code, one.what))


def _joined(one: Conflict, other: Conflict) -> Conflict:
    uses = {use.key: use for use in (*one.uses, *other.uses)}
    return replace(
        one,
        uses=tuple(sorted(uses.values(), key=lambda use: use.starts_at)),
        ends_at=max(one.ends_at, other.ends_at),
        wanted=max(one.wanted, other.wanted),
    )


def shut(space: Space, start: time | None, end: time | None) -> bool:
    """Whether a space is shut at a start or at an end, as far as they are known. Vietnamese wall time, within one day."""
    return bool((start and not space.opens <= start < space.closes) or (end and end > space.closes))


def _at_spaces(uses: Sequence[Use]) -> list[Conflict]:
    found = []
    for group in _grouped(uses, lambda use: str(use.at.id) if use.at else ""):
        space = group[0].at
        assert space is not None
        alone, sharing = [use for use in group if not use.on_a_pitch], [use for use in group if use.on_a_pitch]
        found += [_alone(use, space) for use in group if _is_shut(use, space)]
        found += _clashes(Code.SPACE_TAKEN, space.full_name, alone, 1)
        found += _clashes(Code.PITCHES_FULL, space.full_name, sharing, space.pitches)
        found += _crowded(space, group) if space.capacity else []
    return found


def _is_shut(use: Use, space: Space) -> bool:
    starts, ends = local(use.starts_at), local(use.ends_at)
    return starts.date() != ends.date() or shut(space, starts.time(), ends.time())


def _alone(use: Use, space: Space) -> Conflict:
    return Conflict(Code.OUTSIDE_HOURS, (use,), use.starts_at, use.ends_at, space.full_name)


def _crowded(space: Space, group: Sequence[Use]) -> list[Conflict]:
    """More people than the space holds: of one thing alone, or of all that share it. Two meetings in one hall clash already."""
    name, most = space.full_name, space.capacity
    large = [Conflict(Code.OVER_CAPACITY, (use,), use.starts_at, use.ends_at, name, use.people, most) for use in group if use.people > most]
    fitting = [use for use in group if use.people <= most]
    together = _clashes(Code.OVER_CAPACITY, name, fitting, most, [use.people for use in fitting])
    return large + [one for one in together if any(use.on_a_pitch for use in one.uses)]


def _once_at_a_time(uses: Sequence[Use], code: Code, key: Callable[[Use], str], name: Callable[[Use], str]) -> list[Conflict]:
    return [one for group in _grouped(uses, key) for one in _clashes(code, name(group[0]), group, 1)]


def _of_equipment(uses: Sequence[Use], pools: Pools) -> list[Conflict]:
    asked = [(use, pools.asked(use.equipment)) for use in uses if use.equipment]
    found = []
    for key in sorted({key for _, counts in asked for key in counts}):
        pool = pools.pool(key)
        drawing = [(use, sum(counts.get(one, 0) for one in pool.keys)) for use, counts in asked]
        users = [use for use, count in drawing if count]
        clashes = _clashes(Code.EQUIPMENT_SHORT, pool.name, users, pool.available, [count for _, count in drawing if count])
        found += [replace(one, unit=pool.unit) for one in clashes]
    return found


def _clashes(code: Code, what: str, uses: Sequence[Use], limit: int, amounts: Sequence[int] | None = None) -> list[Conflict]:
    claims = [Claim(use.starts_at, use.ends_at, amount) for use, amount in zip(uses, amounts or [1] * len(uses), strict=True)]
    return [_conflict(code, what, uses, excess, limit) for excess in excesses(claims, limit)]


def _conflict(code: Code, what: str, uses: Sequence[Use], excess: Excess, limit: int) -> Conflict:
    held = sorted((uses[n] for n in excess.held), key=lambda use: use.starts_at)
    return Conflict(code, (*held, uses[excess.last]), excess.starts_at, excess.ends_at, what, excess.claimed, limit)


def _grouped(uses: Sequence[Use], key: Callable[[Use], str]) -> list[list[Use]]:
    """Uses of an equal key together, in the order given; those without one are left out."""
    groups: dict[str, list[Use]] = {}
    for use in uses:
        if found := key(use):
            groups.setdefault(found, []).append(use)
    return list(groups.values())

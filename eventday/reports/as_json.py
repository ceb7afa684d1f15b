"""A report as JSON: the contract's form."""

from dataclasses import asdict
from typing import Any

from eventday.programme.domain import Event
from eventday.reports.figures import ActivityFigures, Count, Figures, Group


def of_figures(figures: Figures, event: Event, scope: str) -> dict[str, Any]:
    """{event, scope, totals, by_kind, by_hamlet, activities, …}: each with registered, confirmed, came, walk_ins, attendances, online, stamps.

    `of_registered` says how many of who came had registered before: with `walk_ins` it makes `came` in the totals.
    """
    return {
        "event": {"id": str(event.id), "code": event.code, "name": event.name, "first_day": str(event.first_day), "last_day": str(event.last_day)},
        "scope": scope,
        "totals": _count(figures.totals),
        "by_kind": {str(kind): _count(found) for kind, found in figures.by_kind.items()},
        "by_hamlet": [
            {"id": str(row.hamlet.id) if row.hamlet else None, "name": row.hamlet.name if row.hamlet else None, **_count(row.count)}
            for row in figures.by_hamlet
        ],
        "activities": [_activity(one) for one in figures.activities],
        "by_channel": _groups(figures.channels),
        "by_gender": _groups(figures.genders),
        "by_age": _groups(figures.ages),
        "arrivals": [{"from": f"{half.start:%H:%M}", "registered": half.registered, "walk_ins": half.walk_ins} for half in figures.arrivals],
        "learners": figures.learners,
        "skills": [{"title": title, "stamps": number} for title, number in figures.skills],
    }


def _activity(one: ActivityFigures) -> dict[str, Any]:
    told = {"id": str(one.fact.id), "title": one.fact.title, "kind": str(one.fact.kind), "host": one.fact.host}
    return {**told, "slots": len(one.fact.slots), "seats": one.seats, **_count(one.count)}


def _count(count: Count) -> dict[str, int]:
    return asdict(count)


def _groups(groups: tuple[Group, ...]) -> dict[str, dict[str, int]]:
    return {group.key: {key: value for key, value in asdict(group).items() if key != "key"} for group in groups}

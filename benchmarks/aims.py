"""What was aimed at, and which of it a result reaches. Pure: over the JSON of `benchmarks.run`, whatever parts of it are there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FLOORS = {"registration, API": 5.0, "registration, form": 15.0, "check-in": 3.0, "check-in in a batch": 0.25, "live board": 4.0}
GROWTH = 1.2  # of the multiple of the floor, from the fewest registrations to the most
REST_MB = 250
FIRST_PAGE_BYTES, WAY_BYTES, WAY_REQUESTS = 14 * 1024, 40 * 1024, 5
_LIST_MS = 50.0
Parts = Mapping[str, Any]


@dataclass(frozen=True)
class Aim:
    """The worst of what was found, beside the most that it should be."""

    what: str
    where: str
    found: float
    at_most: float

    @property
    def reached(self) -> bool:
        return self.found <= self.at_most


def judged(parts: Parts) -> list[Aim]:
    """Every aim of which there is a measurement."""
    return [*_floors(parts.get("costs", {})), *_growths(parts.get("growth", {})), *_rest(parts.get("rest", {})), *_way(parts), *_lists(parts)]


def _floors(costs: Parts) -> Iterator[Aim]:
    for database, rows in costs.items():
        for what, at_most in FLOORS.items():
            yield Aim(f"{what}, × floor", database, max(row["floors"] for row in rows if row["what"] == what), at_most)


def _growths(growth: Parts) -> Iterator[Aim]:
    for database, by_size in growth.items():
        few, *_, many = sorted(by_size, key=int)
        before = {row["what"]: row["floors"] for row in by_size[few]}
        for row in by_size[many]:
            if row["floors"] != 1.0:
                yield Aim(f"{row['what']}, {int(many):,} : {int(few):,}", database, round(row["floors"] / before[row["what"]], 2), GROWTH)


def _rest(rest: Parts) -> Iterator[Aim]:
    for database, found in rest.items():
        yield Aim("memory at rest, MB", database, found["fresh"], REST_MB)


def _way(parts: Parts) -> Iterator[Aim]:
    if way := parts.get("way"):
        yield Aim("first page, bytes", "", way["first page"]["bytes"], FIRST_PAGE_BYTES)
        yield Aim("whole way, bytes", "", way["whole way"]["bytes"], WAY_BYTES)
        yield Aim("whole way, requests", "", way["whole way"]["requests"], WAY_REQUESTS)


def _lists(parts: Parts) -> Iterator[Aim]:
    for database, rows in parts.get("lists", {}).items():
        for people in dict.fromkeys(row["people"] for row in rows):
            slowest = max((row for row in rows if row["people"] == people), key=lambda row: row["cpu_ms"])
            yield Aim(f"slowest list ({slowest['what']}), {people}, ms", database, slowest["cpu_ms"], _LIST_MS)


def told(aims: Sequence[Aim]) -> str:
    """A table; the last line counts."""
    lines = [
        f"  {'reached' if aim.reached else 'NOT    '}  {aim.what:<52}{aim.where:<11}{aim.found:>10,g}  (at most {aim.at_most:,g})" for aim in aims
    ]
    return "\n".join([*lines, f"{sum(aim.reached for aim in aims)} of {len(aims)} aims reached"])

"""The package's own sample data: one commune's activities, places and people's names (invented; `data/`)."""

import csv
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Offer:
    """An activity as the province's list has it. `skill` is what a stamp says, or empty."""

    code: str
    kind: str
    title: str
    host: str
    audience: str
    equipment: str
    skill: str
    description: str


@dataclass(frozen=True)
class Line:
    """A line of the demo's timetable. `day` is 1 or 2; without an end or a place it is a wish.

    `crowd` says how many register: full (and some wait), most, some, few, none; empty where nobody registers.
    """

    code: str
    day: int | None
    start: time | None
    end: time | None
    place: str
    capacity: int | None
    crowd: str


@dataclass(frozen=True)
class Part:
    """One part of a name; `people` is the group it is usual in, `gender` male, female or any, `weight` how usual."""

    part: str
    people: str
    gender: str
    text: str
    weight: int


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def offers() -> dict[str, Offer]:
    """By code (GH01 …)."""
    return {
        row["code"]: Offer(
            row["code"], row["kind"], row["title"], row["host"], row["target_group"], row["equipment"], row["skill"], row["description"]
        )
        for row in _rows("activities.csv")
    }


@cache
def lines() -> tuple[Line, ...]:
    return tuple(
        Line(
            code=row["code"],
            day=int(row["day"]) if row["day"] else None,
            start=time.fromisoformat(row["start"]) if row["start"] else None,
            end=time.fromisoformat(row["end"]) if row["end"] else None,
            place=row["place"],
            capacity=int(row["capacity"]) if row["capacity"] else None,
            crowd=row["crowd"],
        )
        for row in _rows("timetable.csv")
    )


@cache
def name_parts() -> tuple[Part, ...]:
    return tuple(Part(row["part"], row["group"], row["gender"], row["name"], int(row["weight"])) for row in _rows("names.csv"))


@cache
def venues() -> list[dict[str, str]]:
    return _rows("venues.csv")


@cache
def hamlets() -> list[dict[str, str]]:
    return _rows("hamlets.csv")


@cache
def hosts() -> list[dict[str, str]]:
    return _rows("hosts.csv")


@cache
def equipment() -> list[dict[str, str]]:
    return _rows("equipment.csv")

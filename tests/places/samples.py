"""The sample commune of tests/data, as it is entered."""

import csv
from datetime import time
from pathlib import Path

from eventday.kernel import clock
from eventday.places.domain import Equipment, Host
from eventday.places.entries import HamletEntry
from eventday.places.service import PlacesOf, SpaceRecord, save_places

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def sample_places() -> PlacesOf:
    return PlacesOf(
        spaces=tuple(
            SpaceRecord(
                venue_code=row["venue_code"],
                venue=row["venue"],
                name=row["space"],
                kind=row["kind"],
                capacity=int(row["capacity"]),
                pitches=int(row["pitches"]),
                opens=time.fromisoformat(row["opens"]),
                closes=time.fromisoformat(row["closes"]),
                full_name=row["full_name"],
                aliases=split(row["aliases"]),
            )
            for row in rows("venues.csv")
        ),
        hamlets=tuple(
            HamletEntry(
                code=row["code"],
                name=row["name"],
                aliases=split(row["former_names"]),
                households=int(row["households"]),
                population=int(row["population"]),
            )
            for row in rows("hamlets.csv")
        ),
        hosts=tuple(Host(row["name"], row["type"], split(row["aliases"])) for row in rows("hosts.csv")),
        equipment=tuple(Equipment(row["name"], row["unit"], int(row["in_commune"])) for row in rows("equipment.csv")),
    )


def enter_sample_places(commune: str = "17329") -> None:
    save_places(commune, sample_places(), now=clock.now())

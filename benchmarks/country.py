"""`python -m benchmarks.country`: fill the instance of the environment with 200,000 registrations. Its last line names what the lists are asked for.

A province of 130 communes with 1,133 people each, but for two: one has 5,000, 2,000 of them at one slot, and one 50,000.
"""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from eventday.app import create_app
from eventday.catalogue import queries as catalogue
from eventday.db import db
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.registrations import finding
from eventday.registrations.domain import Status
from eventday.rehearsal import demo
from eventday.rehearsal.locality import HOME
from tests.crowd import Crowd, fill

_SAME: dict[str, Any] = {"first": 2_000, "waiting": 200, "came": 0.6, "acts": 10_000, "jobs": 200}
_PEOPLE, _SLOTS = 1_133, 30


def main() -> None:
    now = clock.now() - timedelta(days=5)
    with create_app().app_context():
        event = demo.load(demo.Wanted(communes=2, with_plan=False), now=now).event
        usual, large, *others = sorted((one.code for one in catalogue.communes_of_province(demo.PROVINCE)), key=lambda code: code != HOME)
        fill(event, Crowd(commune=usual, people=5_000, slots=60, devices=12, **_SAME), now=now)
        fill(event, Crowd(commune=large, people=50_000, slots=500, devices=40, **_SAME), now=now)
        for code in others:
            fill(event, Crowd(commune=code, people=_PEOPLE, slots=_SLOTS, acts=20), now=now)
        vacuum()
        print(json.dumps([_asked(event, code) for code in (usual, large)]))


def vacuum() -> None:
    """What PostgreSQL's own daemon does by and by after many rows came."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _asked(event: Event, commune: str) -> dict[str, str]:
    """The commune's desk, its fullest slot, and one of the people there."""
    fullest = max(programme.slots(event.id, commune), key=lambda slot: slot.taken)
    person = finding.people_of_slot(fullest.id, Status.CONFIRMED, most=1)[0]
    return {"desk": f"/lam-viec/{commune}/{event.code}", "slot": str(fullest.id), "person": str(person.registration.pass_id)}


if __name__ == "__main__":
    main()

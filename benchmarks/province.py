"""`python -m benchmarks.province N`: fill the instance of the environment up to N registrations, over the communes of one province.

The commune that is measured stays as the demo made it: what grows are the tables, not its own lists.
"""

import sys
from datetime import timedelta

from sqlalchemy import func, select

from benchmarks.country import vacuum
from benchmarks.works import COMMUNE, EVENT
from eventday.app import create_app
from eventday.catalogue import queries as catalogue
from eventday.db import db
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.registrations.models import Registration
from eventday.rehearsal import demo
from tests.crowd import Crowd, fill


def main(wanted: int) -> None:
    with create_app().app_context():
        now = clock.now() - timedelta(days=5)
        event = programme.event(EVENT)
        codes = [one.code for one in catalogue.communes_of_province(demo.PROVINCE) if one.code != COMMUNE]
        missing = wanted - _count()
        for n, code in enumerate(codes):
            people = missing // len(codes) + (n < missing % len(codes))
            fill(event, Crowd(commune=code, people=people, slots=max(1, people // 100), came=0.6, devices=8), now=now)
        vacuum()
        print(_count())


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Registration)) or 0


if __name__ == "__main__":
    main(int(sys.argv[1]))

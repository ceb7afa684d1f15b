"""Requests as tests need them: each valid; the test names what matters."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import UUID

from eventday.db import db
from eventday.programme import queries as programme
from eventday.registrations import checks, queries, service
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from tests.factories import BEFORE, COMMUNE, make_event

_numbers = count(1)


def person(*slot_ids: UUID, name: str | None = None, **more) -> PersonRequest:
    return PersonRequest(name=name or f"Nguyễn Văn {next(_numbers)} An", slot_ids=slot_ids, **more)


def a_request(*people: PersonRequest, phone: str | None = "+84912345678", source: Source = Source.WEB, **more) -> RegistrationRequest:
    return RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=phone, people=people, source=source, **more)


def registered(*slot_ids: UUID, people: int = 1):
    """One registration request of so many people, by the public form."""
    return service.register(a_request(*(person(*slot_ids) for _ in range(people))), now=BEFORE)


def statuses(slot_id: UUID) -> list[str]:
    """Of all registrations of a slot, in the order they were made."""
    return [str(one.registration.status) for one in queries.listed(slot_id, limit=1000)]


def counters(slot_id: UUID) -> tuple[int, int]:
    """(taken, waiting) of a slot as they stand."""
    db.session.rollback()
    slot = programme.slot(slot_id)
    return slot.taken, slot.waiting


def assert_sound() -> None:
    """Counters equal facts, nobody waits while a seat is free."""
    db.session.rollback()
    assert checks.seats_and_people() == []


def at_once(app, jobs, threads: int) -> list:
    """Run each job in a thread of its own with an app context; returns results, exceptions among them, in the order of jobs."""

    def run(job):
        with app.app_context():
            try:
                return job()
            except Exception as error:
                return error
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, jobs))

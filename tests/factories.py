"""Factories: each makes one valid thing in the database; a test names only what matters to it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from sqlalchemy import update

from eventday.catalogue import models as catalogue
from eventday.catalogue.queries import commune as find_commune
from eventday.db import db, transaction
from eventday.kernel import ids
from eventday.places import models as places
from eventday.programme import models, service
from eventday.programme.domain import Admission, Event, Kind

COMMUNE = "17329"
FIRST_DAY, LAST_DAY = date(2027, 10, 9), date(2027, 10, 10)
NOON = datetime(2027, 10, 10, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam
BEFORE = datetime(2027, 9, 28, 1, 0, tzinfo=UTC)  # twelve days earlier, 08:00
_numbers = count(1)


def make_commune(code: str = COMMUNE, name: str = "Xã Anh Sơn", province: str = "40") -> str:
    """One commune of the catalogue, with its province."""
    with transaction() as session:
        session.merge(catalogue.Province(code=province, name="Nghệ An" if province == "40" else f"Tỉnh {province}", kind="tỉnh"))
        session.flush()
        session.merge(catalogue.Commune(code=code, province_code=province, name=name, kind="xã", name_key="xa anh son"))
    return code


def make_event(*, code: str = "ngay-hoi-2027", province: str = "40", first_day: date = FIRST_DAY, last_day: date = LAST_DAY) -> Event:
    """The event, made once for its code; the commune 17329 comes with it."""
    if find_commune(COMMUNE) is None:
        make_commune()
    known = db.session.query(models.Event).filter_by(code=code).first()
    if known:
        return Event(known.id, known.code, known.name, known.province_code, known.first_day, known.last_day)
    return service.add_event(code, "Ngày hội toàn dân học tập số", province, first_day, last_day)


def make_slot(
    *,
    capacity: int = 30,
    starts_at: datetime = NOON,
    hours: float = 2,
    title: str | None = None,
    kind: Kind = Kind.CLASS,
    admission: Admission | None = None,
    commune: str = COMMUNE,
    event: Event | None = None,
    space_id: UUID | None = None,
    closes_at: datetime | None = None,
    published: bool = True,
) -> UUID:
    """A slot (with seats, of a class, tomorrow noon of the day unless told otherwise) in a published plan."""
    event = event or make_event()
    if find_commune(commune) is None:
        make_commune(commune, f"Xã {commune}")
    slot = service.NewSlot(
        title=title or f"Lớp học số {next(_numbers)}",
        kind=kind,
        host="UBND xã",
        capacity=capacity,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        space_id=space_id,
        admission=admission,
    )
    slot_id = service.add_slot(event.id, commune, slot, now=BEFORE, publish=published)
    if closes_at:
        with transaction() as session:
            session.execute(update(models.Slot).where(models.Slot.id == slot_id).values(closes_at=closes_at))
    return slot_id


def make_space(*, name: str | None = None, capacity: int = 100, commune: str = COMMUNE) -> UUID:
    """A hall of a venue of its own, open from 07:00 to 21:00."""
    number = next(_numbers)
    venue = places.Venue(id=ids.new(), commune_code=make_commune(commune), code=f"V{number}", name=f"Nhà văn hóa {number}")
    space = places.Space(id=ids.new(), venue_id=venue.id, commune_code=commune, name=name or f"Hội trường {number}", full_name=f"Hội trường {number}")
    space.kind, space.capacity, space.pitches, space.opens, space.closes, space.aliases = "hall", capacity, 0, time(7), time(21), []
    with transaction() as session:
        session.add(venue)
        session.flush()
        session.add(space)
        return space.id

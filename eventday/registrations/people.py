"""Correcting what is known of a person, and taking back a person just added. Each is one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import names_what_is_gone, transaction
from eventday.kernel import name as names
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold
from eventday.programme import seats
from eventday.registrations import indexing, issuing, passes, suspects, waiting
from eventday.registrations.domain import Gender, Group, PassView, RegistrationRequest, Source, Status, identity
from eventday.registrations.errors import HamletGone, SamePerson
from eventday.registrations.models import Household, Pass, Registration
from eventday.web.edits import refuse_stale

_FRESH = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is known of a person. `phone` (E.164) is the household's: changing it changes it for all who were registered together."""

    name: str
    birth_year: int | None = None
    gender: Gender | None = None
    hamlet_id: UUID | None = None
    group: Group | None = None
    phone: str | None = None
    guardian: str | None = None
    child_agrees: bool | None = None


def change(pass_id: UUID, wanted: Details, *, seen: str | None = None, now: datetime) -> None:
    """Correct a person; passes, QR and registrations stay. `seen` is the stamp (`web.edits`) of the details that were shown.

    Raises: NotFound (merged into another, or taken back), Stale, SamePerson, HamletGone.
    """
    with transaction() as session:
        found = _locked(session, pass_id)
        if not indexing.is_found(session, pass_id):
            raise NotFound
        known = _details(found)
        refuse_stale(seen, known)
        wanted = replace(wanted, name=names.display(wanted.name)[:120])
        family = _family(session, found) if wanted.phone != known.phone else [found]
        session.execute(update(Household).where(Household.id == found.household_id).values(phone=wanted.phone))
        _write(session, pass_id, wanted, now)
        if wanted.guardian and not known.guardian:  # the adult beside the child has just been asked
            asked = RegistrationRequest(event_id=found.event_id, commune_code=found.commune_code, phone=None, people=(), source=Source.DESK)
            issuing.add_consents(session, asked, [pass_id], now=now)
        try:
            _identify(session, family, wanted, pass_id)
        except IntegrityError:
            raise SamePerson(code="") from None
        indexing.index_again(session, [one.id for one in family])
        suspects.mark(session, [one.id for one in family])
        note(session, found.commune_code, "changed", ("pass", str(pass_id)), vars(known), vars(wanted), now)


def take_back(pass_id: UUID, *, now: datetime) -> None:
    """Undo adding somebody at the desk: their registrations are cancelled, and the pass is withdrawn and found no more. Raises: NotFound.

    Only within the hour, and while nothing else was registered for it; otherwise there is nothing to take back (NotFound).
    """
    with transaction() as session:
        found = _locked(session, pass_id)
        made = select(Registration.created_at).where(Registration.pass_id == pass_id)
        if not _is_fresh(found, session.scalars(made).all(), now) or session.scalar(select(Pass.id).where(Pass.merged_into == pass_id).limit(1)):
            raise NotFound
        query = select(Registration.id, Registration.slot_id).where(Registration.pass_id == pass_id, Registration.status != Status.CANCELLED)
        for row in session.execute(query.order_by(Registration.slot_id)).all():
            seats.lock(session, row.slot_id)
            if waiting.end(session, row.id, row.slot_id, now=now):
                waiting.move_up(session, row.slot_id, now=now)
        session.execute(update(Pass).where(Pass.id == pass_id).values(revoked_at=now, identity=None))
        indexing.forget(session, [pass_id])
        note(session, found.commune_code, "removed", ("pass", str(pass_id)), {"name": found.name}, None, now)


def may_take_back(view: PassView, *, now: datetime) -> bool:
    """Whether `take_back` would do it."""
    return _is_fresh(view, [one.created_at for one in view.registrations], now)


def _is_fresh(one: Any, registered_at: Iterable[datetime], now: datetime) -> bool:
    return (
        one.source == Source.DESK
        and one.revoked_at is None
        and now - one.created_at <= _FRESH
        and all(moment == one.created_at for moment in registered_at)
    )


_COLUMNS = (
    Pass.id,
    Pass.event_id,
    Pass.commune_code,
    Pass.household_id,
    Pass.source,
    Pass.identity,
    Pass.created_at,
    Pass.revoked_at,
    Pass.name,
    Pass.birth_year,
    Pass.gender,
    Pass.hamlet_id,
    Pass.group,
    Pass.guardian,
    Pass.child_agrees,
    Household.phone,
)


def details(session: Session, pass_id: UUID) -> Details:
    """What is known of a person now. Raises: NotFound."""
    row = session.execute(select(*_COLUMNS).join(Household, Household.id == Pass.household_id).where(Pass.id == pass_id)).first()
    if row is None:
        raise NotFound
    return _details(row)


def _locked(session: Session, pass_id: UUID) -> Any:
    query = select(*_COLUMNS).join(Household, Household.id == Pass.household_id).where(Pass.id == pass_id, Pass.merged_into.is_(None))
    found = session.execute(query.with_for_update(of=Pass)).first()
    if found is None:
        raise NotFound
    return found


def _details(row: Any) -> Details:
    return Details(
        name=row.name,
        birth_year=row.birth_year,
        gender=Gender(row.gender) if row.gender else None,
        hamlet_id=row.hamlet_id,
        group=Group(row.group) if row.group else None,
        phone=row.phone,
        guardian=row.guardian,
        child_agrees=row.child_agrees,
    )


def _family(session: Session, found: Any) -> list[Any]:
    """All who were registered together, locked in order of id; a merged pass goes on being found by what stood on it."""
    query = select(*_COLUMNS).join(Household, Household.id == Pass.household_id)
    query = query.where(Pass.household_id == found.household_id, Pass.merged_into.is_(None))
    return list(session.execute(query.order_by(Pass.id).with_for_update(of=Pass)))


def _write(session: Session, pass_id: UUID, wanted: Details, now: datetime) -> None:
    values = {key: value for key, value in vars(wanted).items() if key != "phone"}
    values |= {"name_key": fold(wanted.name), "sort_key": names.sort_key(wanted.name), "changed_at": now}
    try:
        session.execute(update(Pass).where(Pass.id == pass_id).values(**values))
    except IntegrityError as error:
        if names_what_is_gone(error):
            raise HamletGone from None
        raise


def _identify(session: Session, family: Iterable[Any], wanted: Details, pass_id: UUID) -> None:
    """The keys by which desk, API and import will find these people again. Raises: SamePerson."""
    for one in family:
        name, year, hamlet = (wanted.name, wanted.birth_year, wanted.hamlet_id) if one.id == pass_id else (one.name, one.birth_year, one.hamlet_id)
        key = identity(one.event_id, wanted.phone, name, year, Source(one.source), home=str(hamlet or one.commune_code))
        if key is not None and key != one.identity:
            twin = session.execute(select(Pass.typed, Pass.merged_into).where(Pass.event_id == one.event_id, Pass.identity == key)).first()
            if twin and twin.merged_into == one.id:
                continue  # found by that already: it is another code of this one
            if twin:
                raise SamePerson(code=passes.format_code(twin.typed))
        session.execute(update(Pass).where(Pass.id == one.id).values(identity=key))

"""A pass and a registration as they are read: which columns, and the plain values made of their rows."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from eventday.registrations import passes
from eventday.registrations.domain import Gender, Group, PassView, RegistrationView, Source, Status
from eventday.registrations.models import Pass, Registration

PASS = (
    Pass.id,
    Pass.event_id,
    Pass.commune_code,
    Pass.household_id,
    Pass.code,
    Pass.typed,
    Pass.key_id,
    Pass.spare,
    Pass.generation,
    Pass.name,
    Pass.sort_key,
    Pass.birth_year,
    Pass.gender,
    Pass.group,
    Pass.hamlet_id,
    Pass.guardian,
    Pass.source,
    Pass.created_at,
    Pass.revoked_at,
)
_ahead = aliased(Registration)
_POSITION = case(
    (
        Registration.status == Status.WAITING,
        select(func.count())
        .where(
            _ahead.commune_code == Registration.commune_code,
            _ahead.slot_id == Registration.slot_id,
            _ahead.status == Status.WAITING,
            _ahead.queue <= Registration.queue,
        )
        .scalar_subquery(),
    )
).label("position")
REGISTRATION = (
    Registration.id,
    Registration.pass_id,
    Registration.slot_id,
    Registration.commune_code,
    Registration.status,
    _POSITION,
    Registration.source,
    Registration.created_at,
)


def by_pass(rows: Iterable[Any]) -> dict[UUID, tuple[RegistrationView, ...]]:
    """Registrations of the rows, by the pass they are of."""
    found: dict[UUID, list[RegistrationView]] = {}
    for row in rows:
        found.setdefault(row.pass_id, []).append(registration_of(row))
    return {pass_id: tuple(views) for pass_id, views in found.items()}


def registration_of(row: Any) -> RegistrationView:
    return RegistrationView(
        id=row.id,
        pass_id=row.pass_id,
        slot_id=row.slot_id,
        commune_code=row.commune_code,
        status=Status(row.status),
        position=row.position,
        source=Source(row.source),
        created_at=row.created_at,
    )


def view_of(row: Any, registered: Mapping[UUID, tuple[RegistrationView, ...]] | None = None) -> PassView:
    return PassView(
        id=row.id,
        event_id=row.event_id,
        commune_code=row.commune_code,
        household_id=row.household_id,
        code=passes.format_code(row.typed),
        code_hex=row.code,
        key_id=row.key_id,
        spare=row.spare,
        name=row.name,
        sort_key=row.sort_key,
        birth_year=row.birth_year,
        gender=Gender(row.gender) if row.gender else None,
        group=Group(row.group) if row.group else None,
        hamlet_id=row.hamlet_id,
        guardian=row.guardian,
        source=Source(row.source),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        registrations=(registered or {}).get(row.id, ()),
    )

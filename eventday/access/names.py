"""What people and devices are called, for lists that know their ids."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from eventday.access import models
from eventday.db import db


def person_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of the ids that are people, disabled ones too; who has no name is called by the address."""
    rows = db.session.execute(select(models.Person.id, models.Person.name, models.Person.email).where(models.Person.id.in_(ids)))
    return {row.id: row.name or row.email for row in rows}


def device_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of the ids that are devices, revoked ones too."""
    return {row.id: row.name for row in db.session.execute(select(models.Device.id, models.Device.name).where(models.Device.id.in_(ids)))}

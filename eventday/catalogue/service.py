"""Loading the official catalogue into the database."""

from dataclasses import dataclass

from sqlalchemy import select
from vietnam_provinces import Province, Ward

from eventday.catalogue import models
from eventday.db import db, transaction
from eventday.kernel.text import fold


@dataclass(frozen=True)
class Loaded:
    """How many there are now, and how many of them were added or renamed."""

    provinces: int
    communes: int
    changed: int


def load() -> Loaded:
    """Bring provinces and communes up to the installed package. Codes are never reused, so none is deleted."""
    provinces = [models.Province(code=f"{int(p.code):02}", name=p.name, kind=p.division_type.value) for p in Province.iter_all()]
    communes = [
        models.Commune(
            code=f"{int(w.code):05}", province_code=f"{int(w.province_code):02}", name=w.name, kind=w.division_type.value, name_key=fold(w.name)
        )
        for w in Ward.iter_all()
    ]
    with transaction() as session:
        before = dict(session.execute(select(models.Province.code, models.Province.name)).all())
        before |= dict(session.execute(select(models.Commune.code, models.Commune.name)).all())
        new_provinces = [row for row in provinces if before.get(row.code) != row.name]
        new_communes = [row for row in communes if before.get(row.code) != row.name]
        for province in new_provinces:
            session.merge(province)
        session.flush()
        for commune in new_communes:
            session.merge(commune)
    return Loaded(provinces=len(provinces), communes=len(communes), changed=len(new_provinces) + len(new_communes))


def load_if_empty() -> None:
    """Load the catalogue into a new instance; where one is, this reads one row."""
    if db.session.execute(select(models.Commune.code).limit(1)).first() is None:
        load()

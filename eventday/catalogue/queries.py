"""Reading the catalogue: plain values."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select

from eventday.catalogue import models
from eventday.db import db
from eventday.kernel.text import fold


@dataclass(frozen=True)
class Commune:
    """`name` has its type (“Xã Anh Sơn”), `province` has none but in cities (“Nghệ An”, “Thành phố Huế”)."""

    code: str
    name: str
    kind: str
    province_code: str
    province: str
    province_kind: str


@dataclass(frozen=True)
class Province:
    """`name` has its type only where it is a city (“Thành phố Huế”), `kind` is tỉnh or thành phố."""

    code: str
    name: str
    kind: str


_COLUMNS = (
    models.Commune.code,
    models.Commune.name,
    models.Commune.kind,
    models.Commune.province_code,
    models.Province.name.label("province"),
    models.Province.kind.label("province_kind"),
)
_SELECT = select(*_COLUMNS).join(models.Province, models.Province.code == models.Commune.province_code)


def commune(code: str) -> Commune | None:
    if not code.isdigit():
        return None  # what strangers write in an address may hold what PostgreSQL's text cannot
    row = db.session.execute(_SELECT.where(models.Commune.code == code)).first()
    return Commune(*row) if row else None


def communes(codes: list[str]) -> list[Commune]:
    """Those of the codes that exist, by name."""
    rows = db.session.execute(_SELECT.where(models.Commune.code.in_(codes)).order_by(models.Commune.name_key))
    return [Commune(*row) for row in rows]


def search(text: str, limit: int = 20) -> list[Commune]:
    """Communes in whose name the words stand, spelt with or without diacritics; the shortest names first."""
    padded = literal(" ") + models.Commune.name_key
    query = _SELECT.where(padded.contains(" " + fold(text), autoescape=True))
    rows = db.session.execute(query.order_by(func.length(models.Commune.name_key), models.Commune.name_key).limit(limit))
    return [Commune(*row) for row in rows]


def communes_of_province(code: str) -> list[Commune]:
    """All communes of a province, by name."""
    return [Commune(*row) for row in db.session.execute(_SELECT.where(models.Commune.province_code == code).order_by(models.Commune.name_key))]


def province(code: str) -> Province | None:
    if not code.isdigit():
        return None
    row = db.session.execute(_PROVINCES.where(models.Province.code == code)).first()
    return Province(*row) if row else None


def provinces() -> list[Province]:
    """All provinces, in the order of the state's codes."""
    return [Province(*row) for row in db.session.execute(_PROVINCES.order_by(models.Province.code))]


_PROVINCES = select(models.Province.code, models.Province.name, models.Province.kind)

"""Who works at a place, and at the places in it, as the page shows it."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from eventday.access import queries as access
from eventday.access import staff
from eventday.access.domain import Grant, Person, Place, Role, answers_for
from eventday.access.staff import Colleague
from eventday.audit.editors import who, who_acted
from eventday.catalogue import queries as catalogue
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.kernel.name import sort_key
from eventday.kernel.text import matches
from eventday.web.edits import Stale
from eventday.web.translation import translated as _

_UNDO_LIFE = 3600  # seconds


@dataclass(frozen=True)
class StaffLine:
    """`place` and `elsewhere` are names. `answered_for`: whether who looks may hand out links for this person and close the account."""

    colleague: Colleague
    place: str
    elsewhere: tuple[str, ...]
    answered_for: bool
    is_oneself: bool


def scopes_in(place: Place) -> dict[str, str]:
    """The scopes one can be let in to from the place, each with its name: itself first, then what lies directly in it."""
    if place.commune:
        return {str(place): _name_of_commune(place.commune)}
    if place.province:
        communes = {f"commune:{one.code}": one.name for one in catalogue.communes_of_province(place.province)}
        return {str(place): name_of(place), **communes}
    return {str(place): name_of(place), **{f"province:{one.code}": _name_of_province(one) for one in catalogue.provinces()}}


def name_of(place: Place) -> str:
    """“Cả nước”, “Cả tỉnh Nghệ An”, “Xã Anh Sơn”."""
    if place.commune:
        return _name_of_commune(place.commune)
    province = catalogue.province(place.province) if place.province else None
    return str(_("Cả %(province)s", province=_name_of_province(province))) if province else str(_("Cả nước"))


def lines(by: Person, place: Place, text: str = "") -> list[StaffLine]:
    """Who works at the place or directly in it, by place, then by given name; `text` are words of a name, an address or a place."""
    names = scopes_in(place)
    found = [_line(by, one, names) for one in staff.colleagues(list(names))]
    order = {scope: number for number, scope in enumerate(names)}
    found.sort(key=lambda line: (order[line.colleague.scope], sort_key(line.colleague.name or line.colleague.email)))
    return [line for line in found if matches(text, f"{line.colleague.name} {line.colleague.email} {line.place}")]


def grant_at(place: Place, grant_id: UUID) -> UUID:
    """The grant's own id, if it is one of the place or of a place in it. Raises: NotFound."""
    found = staff.grant(grant_id)
    if found is None or not place.contains(access.place(found.scope)):
        raise NotFound
    return grant_id


def undo_key(person_id: UUID, role: Role, scope: str) -> str:
    """What a page keeps to give back within the hour what was taken away; it opens nothing to who could not give it anyway."""
    return _serializer().dumps([str(person_id), role.name, scope])


def undone_by(key: str, place: Place) -> tuple[UUID, Role, str]:
    """Raises: NotFound where it is no key of this place's, or is an hour old."""
    try:
        person_id, role, scope = _serializer().loads(key, max_age=_UNDO_LIFE)
    except BadData:
        raise NotFound from None
    if not place.contains(access.place(scope)):
        raise NotFound
    return UUID(person_id), Role[role], scope


def told(stale: Stale, grant_id: UUID) -> str:
    """What somebody else has just done to who works here, how it stands now, who did it and when."""
    sentence, *actions = _done(stale)
    grant = staff.grant(grant_id)
    if grant is None:
        return sentence
    about = _chain(access.place(grant.scope)), grant.person_id
    return f"{sentence} {who(*about, stale) or who_acted(*about, *actions)}".strip()


def told_gone(place: Place, person_id: str) -> str:
    """Who took somebody away from the place, and when; empty where its log does not tell."""
    return who_acted(_chain(place), person_id, "removed") if parse(person_id) else ""


def _done(stale: Stale) -> tuple[str, ...]:
    """A sentence, and by which actions the log has it (none: by whatever came last)."""
    now = {change.name: change.now for change in stale.changes}
    if now.get("disabled_at"):
        return _("Vừa có người khác khóa tài khoản này."), "disabled"
    if "disabled_at" in now:
        return _("Vừa có người khác mở khóa tài khoản này."), "enabled"
    if now.get("link_until"):
        return _("Vừa có người khác tạo đường dẫn mới cho người này. Tạo nữa thì đường dẫn ấy hết dùng được."), "invited"
    if "link_until" in now:
        return (_("Đường dẫn trước vừa được dùng hoặc vừa bị hủy."),)
    return _("Vừa có người khác đổi vai trò này."), "changed"


def _chain(place: Place) -> str:
    return place.commune or place.province or "country"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="staff-undo")


def _line(by: Person, one: Colleague, names: dict[str, str]) -> StaffLine:
    grants = [Grant(role, access.place(scope)) for role, scope in one.grants]
    elsewhere = tuple(names.get(scope) or name_of(access.place(scope)) for _role, scope in one.grants if scope != one.scope)
    return StaffLine(one, names[one.scope], elsewhere, answers_for(by, grants), one.person_id == by.id)


def _name_of_commune(code: str) -> str:
    commune = catalogue.commune(code)
    return commune.name if commune else code


def _name_of_province(province: catalogue.Province) -> str:
    return province.name if province.name.startswith(province.kind.capitalize()) else f"{province.kind} {province.name}"

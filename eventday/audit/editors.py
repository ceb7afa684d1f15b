"""Who changed a thing last: for the notice that tells whoever saves second."""

from eventday.access import names
from eventday.audit import queries, wording
from eventday.audit.domain import Entry
from eventday.audit.queries import Wanted
from eventday.kernel.clock import local
from eventday.kernel.ids import parse
from eventday.web.edits import Stale
from eventday.web.translation import translated as _

_LOOKED_THROUGH = 10
_ALSO = {"start": "time", "end": "time"}  # an import notes both hours as one


def who(chain: str, subject_id: object, stale: Stale) -> str:
    """A sentence of who changed what is stale and when; empty where the log does not tell. At most three statements."""
    fields = {change.name for change in stale.changes}
    fields |= {_ALSO[name] for name in fields & _ALSO.keys()}
    for entry in queries.entries(chain, Wanted(subject_id=str(subject_id)), limit=_LOOKED_THROUGH):
        if fields & {*(entry.before or {}), *(entry.after or {})}:
            return _("%(name)s đã sửa mục này lúc %(time)s ngày %(day)s.", **_told(entry))
    return ""


def who_acted(chain: str, subject_id: object, *actions: str) -> str:
    """A sentence of who did one of these last to a person, or (none given) anything, and when; empty where the log does not tell."""
    for entry in queries.entries(chain, Wanted(subject_id=str(subject_id)), limit=_LOOKED_THROUGH):
        if not actions or entry.action in actions:
            return _("Người làm: %(name)s, lúc %(time)s ngày %(day)s.", **_told(entry))
    return ""


def who_removed(chain: str, subject_id: object) -> str:
    """A sentence of who deleted a thing and when; empty where it was not deleted last."""
    last = queries.entries(chain, Wanted(subject_id=str(subject_id)), limit=1)
    return _("%(name)s đã xóa mục này lúc %(time)s ngày %(day)s.", **_told(last[0])) if last and last[0].action == "removed" else ""


def _told(entry: Entry) -> dict[str, str]:
    at = local(entry.at)
    return {"name": _name(entry), "time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}


def _name(entry: Entry) -> str:
    ids = [found] if (found := parse(entry.actor_id)) else []
    called = names.person_names(ids) | names.device_names(ids)
    return wording.actor(entry.actor_kind, entry.actor_id, {str(one): name for one, name in called.items()})

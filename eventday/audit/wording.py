"""An entry in words: who did what, each field from what to what."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventday.audit.domain import Entry
from eventday.audit.messages import ACTIONS, ACTORS, FIELDS, KINDS, VALUES, WHOLE
from eventday.kernel.ids import parse
from eventday.web.translation import translated as _

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{2}:\d{2}")
_CLOCK = re.compile(r"(\d{2}:\d{2}):\d{2}")
_LONGEST = 400
Names = Mapping[str, str]


@dataclass(frozen=True)
class FieldLine:
    """A field with its old and new value in words. `hidden`: it changed, but only in what is not kept."""

    word: str
    old: str
    new: str
    hidden: bool = False


def act(entry: Entry) -> str:
    """Sửa ca; Đăng nhập."""
    if entry.action in WHOLE:
        return str(ACTIONS[entry.action])
    return f"{ACTIONS.get(entry.action, entry.action)} {KINDS.get(entry.subject_kind, entry.subject_kind)}"


def actor(kind: str, actor_id: str, names: Names) -> str:
    """Who did it: `names` by id, as they are called today."""
    return names.get(actor_id) or str(ACTORS.get(kind, ACTORS["nobody"])) % {"name": actor_id}


def lines(entry: Entry, names: Names) -> list[FieldLine]:
    """The fields in the order they were noted; those that say nothing are left out. `names` gives what an id is called."""
    old, new = entry.before or {}, entry.after or {}
    found = [_line(field, old.get(field), new.get(field), names) for field in {**old, **new}]
    if entry.before is not None and entry.after is not None:
        return [FieldLine(line.word, line.old, line.new, hidden=line.old == line.new) for line in found]
    return [line for line in found if line.old or line.new]


def _line(field: str, old: Any, new: Any, names: Names) -> FieldLine:
    return FieldLine(str(FIELDS.get(field, field)), _value(field, old, names), _value(field, new, names))


def _value(field: str, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return (" – " if field == "time" else "; ").join(filter(None, (_value(field, each, names) for each in value)))
    if isinstance(value, dict):
        return "; ".join(f"{FIELDS.get(name, name)}: {_value(name, each, names)}" for name, each in value.items())
    return _text(field, str(value), names)


def _text(field: str, text: str, names: Names) -> str:
    if text in names:
        return names[text]
    if (field, text) in VALUES:
        return str(VALUES[field, text])
    if parse(text):
        return ""
    return _time(text) or (text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _time(text: str) -> str:
    """A moment, day or hour as one reads it; empty where it is none: a name may look like one (“2027-02-30”)."""
    with suppress(ValueError):
        if _MOMENT.fullmatch(text):
            return f"{datetime.fromisoformat(text):%H:%M, %d/%m/%Y}"
        if _DAY.fullmatch(text):
            return f"{date.fromisoformat(text):%d/%m/%Y}"
    return _CLOCK.sub(r"\1", text) if _CLOCK.fullmatch(text) else ""


def ids_in(entry: Entry) -> set[str]:
    """All ids of things that the entry's values name."""
    return {text for side in (entry.before, entry.after) if side for value in side.values() for text in _texts(value) if parse(text)}


def browsers_in(entry: Entry) -> set[str]:
    """What browsers run on, as codes, that a sign-in's or a session's entry names."""
    return {str(entry.after["device"])} if entry.subject_kind == "session" and entry.after and entry.after.get("device") else set()


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [value] if isinstance(value, str) else []

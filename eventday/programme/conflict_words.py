"""What clashes, as sentences: what, when, and which sides."""

from collections.abc import Hashable
from dataclasses import dataclass

from flask_babel import LazyString

from eventday.programme.conflicts import Code, Conflict
from eventday.web.filters import clock_time, number, short_date, weekday
from eventday.web.translation import lazily as _l

_SHOWN = 3

_TITLES: dict[Code, LazyString] = {
    Code.SPACE_TAKEN: _l("%(what)s bị xếp %(count)s việc cùng lúc"),
    Code.PITCHES_FULL: _l("%(what)s chỉ có %(available)s chỗ đặt gian, đã xếp %(wanted)s"),
    Code.OVER_CAPACITY: _l("%(what)s chứa %(available)s người, đã xếp %(wanted)s"),
    Code.OUTSIDE_HOURS: _l("%(what)s chỉ mở cửa %(opens)s–%(closes)s"),
    Code.HOST_TWICE: _l("%(what)s phụ trách %(count)s việc cùng lúc"),
    Code.EQUIPMENT_SHORT: _l("Thiếu %(short)s %(unit)s %(what)s: cần %(wanted)s, xã có %(available)s"),
    Code.AUDIENCE_TWICE: _l("%(what)s được mời đến %(count)s việc cùng lúc"),
}


@dataclass(frozen=True)
class Told:
    """A conflict in words. `sides` are a key and a title each, the first few; `more` says how many are not named."""

    code: Code
    title: str
    when: str
    sides: tuple[tuple[Hashable, str], ...]
    more: int
    is_warning: bool

    @property
    def names(self) -> str:
        """“A” và “B”."""
        named = [title if "“" in title else f"“{title}”" for _, title in self.sides]
        last = str(_MORE) % {"count": self.more} if self.more else named.pop()
        return str(_AND) % {"first": ", ".join(named), "last": last} if named else last


_AND, _MORE = _l("%(first)s và %(last)s"), _l("%(count)s việc khác")


def told(conflict: Conflict) -> Told:
    """The sentence of a conflict; where two sides are shown, “Sửa” belongs to the last: it came when the place was taken."""
    kept = conflict.uses if len(conflict.uses) <= _SHOWN + 1 else (*conflict.uses[: _SHOWN - 1], conflict.uses[-1])
    title = str(_TITLES[conflict.code]) % _facts(conflict)
    sides = tuple((use.key, use.title) for use in kept)
    return Told(conflict.code, title, when(conflict), sides, len(conflict.uses) - len(kept), conflict.is_warning)


def when(conflict: Conflict) -> str:
    """Chủ nhật 10/10, 08:30–09:00."""
    day = f"{weekday(conflict.starts_at)} {short_date(conflict.starts_at)}"
    return f"{day}, {clock_time(conflict.starts_at)}–{clock_time(conflict.ends_at)}"


def _facts(conflict: Conflict) -> dict[str, str]:
    space = conflict.uses[0].space
    return {
        "what": conflict.what,
        "unit": conflict.unit,
        "count": number(len(conflict.uses)),
        "wanted": number(conflict.wanted),
        "available": number(conflict.available),
        "short": number(conflict.wanted - conflict.available),
        "opens": f"{space.opens:%H:%M}" if space else "",
        "closes": f"{space.closes:%H:%M}" if space else "",
    }

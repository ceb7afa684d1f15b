"""Names as they stand in a state document's sentences and tables. Pure: words are taken from the names, none is added."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eventday.programme.domain import Kind
from eventday.reports.facts import ActivityFact

# What officials begin a title with; the table's heading says it already.
_KIND_WORDS: Mapping[Kind, Sequence[str]] = {
    Kind.BOOTH: ("Gian hàng",),
    Kind.CONFERENCE: ("Hội nghị",),
    Kind.TALK: ("Tọa đàm",),
    Kind.STATION: ("Trạm trải nghiệm", "Trạm"),
    Kind.CLASS: ("Lớp học số", "Lớp học", "Lớp"),
}
_HAMLETS_OF_TWO_WORDS = ("tổ dân phố", "khu phố", "khối phố")


def in_sentence(name: str) -> str:
    """“xã Anh Sơn” from “Xã Anh Sơn”, “thôn 3” from “Thôn 3”: the type is a common noun, the name keeps its capitals."""
    return name[:1].lower() + name[1:]


def proper_name(commune: str, kind: str) -> str:
    """“Anh Sơn” from “Xã Anh Sơn”; a name that is a number or one word of a number keeps its type (“Phường 8”)."""
    name = commune[len(kind) :].strip() if commune.lower().startswith(kind.lower()) else commune
    return commune if not name or any(char.isdigit() for char in name) else name


def at_home(place: str, commune: str) -> str:
    """“Sân, Nhà văn hóa xã” from “Sân, Nhà văn hóa xã Anh Sơn” in that commune's own table."""
    own = in_sentence(commune)
    return place.replace(own, own.partition(" ")[0]) if place.endswith(own) else place


def province_in_sentence(name: str, kind: str) -> str:
    """“tỉnh Nghệ An”, “thành phố Huế”: the catalogue's name has its type in cities only."""
    typed = in_sentence(name)
    return typed if kind.startswith(typed.partition(" ")[0]) else f"{kind} {name}"


def kinds_of_hamlets(names: Iterable[str]) -> str:
    """The words that a commune's hamlets are called by, the two most frequent first: “thôn, bản”; empty without hamlets."""
    found = Counter(_kind_of_hamlet(name.lower()) for name in names)
    return ", ".join(sorted(found, key=lambda kind: (-found[kind], kind))[:2])


def _kind_of_hamlet(name: str) -> str:
    return next((kind for kind in _HAMLETS_OF_TWO_WORDS if name.startswith(kind)), name.split(" ")[0])


def short_title(activity: ActivityFact) -> str:
    """The title without the word of its kind."""
    for word in _KIND_WORDS.get(activity.kind, ()):
        rest = activity.title.removeprefix(word + " ")
        if rest != activity.title and rest:
            return rest[0].upper() + rest[1:]
    return activity.title

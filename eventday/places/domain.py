"""What a commune is made of, and finding it by any spelling that officials use (docs: `venues.csv`, `hamlets.csv`, `hosts.csv`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote_plus
from uuid import UUID

from eventday.kernel.text import fold, tidy

ONLINE = "online"

# Abbreviations that stand for one thing only. “TH” (Tiểu học) is not among them: it holds through a space's own aliases.
_LONG = {
    "nvh": "nha van hoa",
    "nha vh": "nha van hoa",
    "ubnd": "uy ban nhan dan",
    "svd": "san van dong",
    "pvhcc": "phuc vu hanh chinh cong",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
    "trung hoc co so": "thcs",
    "trung hoc pho thong": "thpt",
}
_SHORT = re.compile(r"\b(" + "|".join(sorted(_LONG, key=len, reverse=True)) + r")\b")
_LEADING_ZEROS = re.compile(r"\b0+(?=[1-9])")
_LEADING_WORDS = re.compile(r"^(?:tai|o|dia diem)\s+")
_SEPARATORS = re.compile(r"\s*(?:,|;|\(|\)|\s[-–—]\s)\s*")
_COMMUNE = re.compile(r"\b(xa|phuong|dac khu) (.+)$")
# “NVH Đồng Tiến” for “NVH thôn Đồng Tiến”; a number alone says too little.
_HALL_OF = re.compile(r"^(nvh|nhà văn hóa|nhà văn hoá) (?:thôn|bản|xóm|khối|làng|ấp|buôn) (?=\D)", re.IGNORECASE)
_SCHOOL = re.compile(r"\btruong (?=thcs|thpt|tieu hoc|th\b|mam non)")
_COMMUNE_KINDS = (" xa", " phuong", " dac khu")
_HAMLET_WORDS = ("thon", "ban", "xom", "khoi", "khoi pho", "lang", "to dan pho", "to", "ap", "khu pho", "khom", "buon")


@dataclass(frozen=True)
class Space:
    """A hall, room, yard or online place. `capacity` in people (0: no limit), `pitches` are booth places; opening hours are Vietnamese wall time."""

    id: UUID
    commune_code: str
    venue: str
    name: str
    full_name: str
    kind: str
    capacity: int
    pitches: int
    opens: time
    closes: time
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hamlet:
    """`aliases` are former names and other spellings."""

    id: UUID
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    households: int | None = None
    population: int | None = None


@dataclass(frozen=True)
class Host:
    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """How a commune presents itself; every part may be empty. `logo` names its picture (`places.logos`)."""

    text: str = ""
    phone: str = ""
    desk: str = ""
    logo: str = ""


@dataclass(frozen=True)
class Equipment:
    name: str
    unit: str
    in_commune: int


def map_url(place: str, commune: str, province: str) -> str:
    """A map search for a place: a venue's address, or its name; a room's is left out."""
    return f"https://www.google.com/maps/search/?api=1&query={quote_plus(f'{place}, {commune}, {province}')}"


def find_space(text: str, spaces: Iterable[Space]) -> Space | None:
    """The space a text names, in any spelling of its name and aliases; None where none or several would fit."""
    known = tuple(spaces)
    commune, index = _space_index(known)
    found = index.get(_place_key(text, commune))
    if found is None:
        turned = " ".join(reversed([part for part in _SEPARATORS.split(tidy(text)) if part]))
        found = index.get(_place_key(turned, commune))
    return found


def find_hamlet(text: str, hamlets: Iterable[Hamlet]) -> Hamlet | None:
    """The hamlet a text names by code, name, former name, “T3” or its name without the word thôn; None where none or several would fit."""
    return _hamlet_index(tuple(hamlets)).get(hamlet_key(text))


def canonical_host(text: str, hosts: Iterable[Host]) -> str:
    """The known name of an organisation, else the text itself, tidied: hosts are free text."""
    return _host_index(tuple(hosts)).get(host_key(text), tidy(text))


_Found = TypeVar("_Found", Space, Hamlet)


def _unique(pairs: Iterable[tuple[str, _Found]]) -> dict[str, _Found]:
    """Only what a key names alone: two things of one name are found by neither."""
    found: dict[str, _Found] = {}
    several: set[str] = set()
    for key, thing in pairs:
        if key in found and found[key].id != thing.id:
            several.add(key)
        found[key] = thing
    return {key: thing for key, thing in found.items() if key and key not in several}


@lru_cache(maxsize=64)
def _space_index(spaces: tuple[Space, ...]) -> tuple[str, dict[str, Space]]:
    commune = _commune_name(spaces)
    return commune, _unique((_place_key(name, commune), space) for space in spaces for name in _names(space, spaces))


def space_keys(space: Space, among: Sequence[Space]) -> dict[str, str]:
    """Each key that finds the space, with the name it comes of; `among` are all of the commune, this one too."""
    commune = _commune_name(among)
    return {_place_key(name, commune): name for name in reversed(_names(space, among))}


def _names(space: Space, spaces: Sequence[Space]) -> list[str]:
    names = [space.full_name, *space.aliases, f"{space.name} {space.venue}", f"{space.venue} {space.name}"]
    alone = sum(other.venue == space.venue for other in spaces) == 1
    names += [space.venue] if alone else []
    return [*names, *(short for name in names if (short := _HALL_OF.sub(r"\1 ", tidy(name))) != tidy(name))]


def _commune_name(spaces: Sequence[Space]) -> str:
    """The commune's own name as its venues have it most often: “Sân NVH xã” and “Sân NVH xã Anh Sơn” are the same."""
    ends = [match.group(2) for space in spaces if (match := _COMMUNE.search(fold(space.venue)))]
    return max(ends, key=ends.count) if ends else ""


def _place_key(text: str, commune: str) -> str:
    key = _SCHOOL.sub("", _LEADING_WORDS.sub("", host_key(text)))
    for kind in ("xa", "phuong", "dac khu"):
        key = key.removesuffix(f" {commune}") if commune and key.endswith(f" {kind} {commune}") else key
    return key


def host_key(text: str) -> str:
    """What two spellings of an organisation have in common: folded, abbreviations written out."""
    return _SHORT.sub(lambda match: _LONG[match.group()], hamlet_key(text))


def hamlet_key(text: str) -> str:
    """What two spellings of a hamlet have in common: folded, numbers without leading zeros."""
    return _LEADING_ZEROS.sub("", fold(text))


@lru_cache(maxsize=64)
def _hamlet_index(hamlets: tuple[Hamlet, ...]) -> dict[str, Hamlet]:
    official = _unique((hamlet_key(name), hamlet) for hamlet in hamlets for name in (hamlet.code, hamlet.name))
    others = _unique((hamlet_key(name), hamlet) for hamlet in hamlets for name in _other_names(hamlet))
    return others | official


def _other_names(hamlet: Hamlet) -> list[str]:
    names = list(hamlet.aliases)
    key = hamlet_key(hamlet.name)
    word, _, rest = key.partition(" ")
    if word in _HAMLET_WORDS and rest:
        names += [f"{word[0]}{rest}", f"{word[0]} {rest}"] if rest.isdigit() else [rest]
    return names


def _commune_ends(hosts: Iterable[Host]) -> set[str]:
    """The commune's name as an alias adds it to “… xã” (“Công an xã Anh Sơn”): it may stand behind every such name."""
    pairs = [(host_key(host.name), host_key(alias)) for host in hosts for alias in host.aliases]
    return {alias.removeprefix(name) for name, alias in pairs if name.endswith(_COMMUNE_KINDS) and alias.startswith(f"{name} ")}


@lru_cache(maxsize=64)
def _host_index(hosts: tuple[Host, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for host in hosts:
        for name in host.aliases:
            key = host_key(name)
            found[key] = "" if found.get(key, host.name) != host.name else host.name
    ends = _commune_ends(hosts)
    for host in hosts:
        key = host_key(host.name)
        found |= {f"{key}{end}": host.name for end in ends if key.endswith(_COMMUNE_KINDS)}
        found[key] = host.name
    return {key: name for key, name in found.items() if key and name}

"""What single cells of a plan say, beyond times: numbers of people, kinds, hosts, “as above”."""

import re
from collections.abc import Sequence
from functools import lru_cache

from eventday.imports.sheet import Value
from eventday.imports.when import plain
from eventday.kernel.text import fold, tidy, tidy_lines
from eventday.places.domain import Host, canonical_host
from eventday.programme.domain import Kind

MAX_PEOPLE = 100_000
_DITTO = re.compile(r"^[-–—\s.]*(?:n\W?t|nhu tren|nhu tren day)[-–—\s.]*$")
_DITTO_SIGNS = re.compile(r"^[-–—\s]*(?:[\"”“„〃″]|''|’’|,,|//)[-–—\s]*$")
_UNITS = (
    "nguoi|dai bieu|hoc vien|hoc sinh|sinh vien|khach|cho|cho ngoi|ghe|luot|luot nguoi|can bo|ho|ho dan|doan vien|hoi vien|nguoi dan|nguoi tham du"
    "|nguoi tham gia|em|chau|dong chi|d/c|hs|sv|hv|ng|nguoi cung luc|khach cung luc"
)
_LABELS = "so luong|so nguoi|quy mo|suc chua|du kien"
_OCCURRENCES = "ca|luot|lop|buoi|gian|phong"
_NUMBER = re.compile(
    rf"(?:(?:{_LABELS})\s*:?\s*)?([-−–]?)\s*(\d{{1,3}}(?:[.,\s]\d{{3}})+|\d+)(?:\.0)?"
    rf"(?:\s*\(?(?:{_UNITS})\)?)?(?:\s*/\s*(?:{_OCCURRENCES}))?\.?"
)


def is_blank(text: str) -> bool:
    """Nothing, or a dash or dots in its stead."""
    return not text.strip(" \t\r\n\u00a0\u200b\ufeff-–—.…_")


def is_ditto(value: object) -> bool:
    """Whether a cell repeats the one above: nt, -nt-, như trên, a quotation mark."""
    if not isinstance(value, str) or len(value) > 20:
        return False
    return bool(_DITTO_SIGNS.match(value) or _DITTO.match(re.sub(r"[^\w\s.–—-]", "", fold(value))))


def people(value: Value) -> int | str:
    """How many people a cell says (“20 chỗ/ca” are 20), or the code of why not: number_unclear, number_out_of_range."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "number_unclear"
    if isinstance(value, str):
        text = plain(value)
        found = _NUMBER.fullmatch(text[1:-1] if text.startswith("(") and text.endswith(")") else text)
        if found is None:
            return "number_unclear"
        number: float = int(re.sub(r"\D", "", found.group(2))) * (-1 if found.group(1) else 1)
    else:
        number = value
    if not -1e12 < number < 1e12 or number != int(number):
        return "number_unclear"
    return int(number) if 0 < number <= MAX_PEOPLE else "number_out_of_range"


# Folded words that begin a title, or make up a kind cell.
_BEGINNINGS: tuple[tuple[str, Kind], ...] = (
    ("gian hang", Kind.BOOTH),
    ("gian trung bay", Kind.BOOTH),
    ("hoi nghi", Kind.CONFERENCE),
    ("hoi thao", Kind.CONFERENCE),
    ("toa dam", Kind.TALK),
    ("tram", Kind.STATION),
    ("lop", Kind.CLASS),
)
# What a kind column may also say; in a title these words prove nothing.
_OTHER_NAMES = {
    "gian": Kind.BOOTH,
    "trung bay": Kind.BOOTH,
    "tap huan": Kind.CLASS,
    "day hoc": Kind.CLASS,
    "talkshow": Kind.TALK,
    "talk show": Kind.TALK,
    "doi thoai": Kind.TALK,
    "trai nghiem": Kind.STATION,
    "diem trai nghiem": Kind.STATION,
}
_ONLINE_KIND = re.compile(r"^(?:(?:cac|nhung|lich|danh sach|buoi|hoat dong|chuong trinh|noi dung|hinh thuc|to chuc) )*(?:truc tuyen|online)(?: .*)?$")
_IN_PERSON = ("truc tiep", "tap trung", "offline")


def kind_of_cell(text: str) -> Kind | None:
    """The kind that a kind column names."""
    key = fold(text)
    if _ONLINE_KIND.match(key):
        return Kind.ONLINE
    by_name = {kind.value: kind for kind in Kind} | _OTHER_NAMES
    return by_name.get(key) or kind_of_title(text) or kind_of_heading(text)


def says_only_in_person(text: str) -> bool:
    """“Trực tiếp” in a column “Hình thức” names no kind."""
    return fold(text) in _IN_PERSON


def kind_of_title(text: str) -> Kind | None:
    """The kind that a title's first words name; “trực tuyến” inside a title proves nothing."""
    key = fold(text)
    return next((kind for words, kind in _BEGINNINGS if key == words or key.startswith(words + " ")), None)


def kind_of_heading(text: str) -> Kind | None:
    """The kind that a group heading or a sheet's name speaks of, where it is only one."""
    key = f" {fold(text)} "
    kinds = {kind for words, kind in _BEGINNINGS if f" {words} " in key}
    if not kinds and _ONLINE_KIND.match(_without_number(key)):
        return Kind.ONLINE
    return kinds.pop() if len(kinds) == 1 else None


def _without_number(key: str) -> str:
    return re.sub(r"^(?:[ivxlc]+|[a-h]|\d{1,2}) ", "", key.strip())


_PLATFORMS = "(?:nen tang )?(?:zoom|google meet|meet|zalo|facebook|teams|microsoft teams|ms teams|youtube)"


def is_online_word(text: str) -> bool:
    """Whether a place cell says “online”, without naming a place that the commune has entered."""
    return bool(
        re.fullmatch(
            rf"(?:hinh thuc )?(?:truc tuyen|online|livestream)(?: (?:qua |tren )?(?:{_PLATFORMS}|nen tang \w+))?|(?:(?:qua|tren) )?(?:{_PLATFORMS})",
            fold(text),
        )
    )


_LABEL = re.compile(r"^\s*(?:chủ trì|phối hợp|đơn vị chủ trì|đơn vị phối hợp)\s*:\s*", re.IGNORECASE)
_WITH = re.compile(r"(?:\s+chủ trì)?[,;]?\s*(?:\bphối hợp (?:với|cùng)\b|\bphối hợp\s*:|\bcùng với\b)\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:[-+•*–]|\d{1,2}[.)])\s*")
# Between known names these part; inside an unknown one they may belong to it.
_SIGNS = re.compile(r"([\r\n]+|,|\bvà\b|\bphối hợp\b|\bcùng\b|&|\+|/|\s[-–—]\s)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def hosts_of(text: str, known: tuple[Host, ...], *, one_a_line: bool = False) -> tuple[str, ...]:
    """Organisations in one cell, each by its known name: split at semicolons, and at line breaks, commas or “và” between known ones.

    A comma parts a known one from unknown ones. `one_a_line`: a line break parts unknown ones too.
    """
    text = _LABEL.sub("", tidy_lines(text))
    found: list[str] = []
    for piece in _WITH.split(text):
        for part in re.split(r";", piece):
            found += _lines(part, known, one_a_line)
    return tuple(dict.fromkeys(name for name in found if fold(name)))


def _lines(text: str, known: Sequence[Host], one_a_line: bool) -> list[str]:
    names = {fold(host.name) for host in known}
    whole = canonical_host(text, known)
    if fold(whole) in names:
        return [whole]
    parted = _all_known(_SIGNS.split(text), known, names)
    if parted:
        return parted
    bulleted = [line for line in text.splitlines() if fold(line)]
    if len(bulleted) > 1 and (one_a_line or _all_bulleted(bulleted)):
        return [name for line in bulleted for name in _lines(_bullet(line), known, one_a_line)]
    if "," in text:
        return _cut_at_known(text, known, names)
    return [canonical_host(_bullet(text), known)]


def _all_known(pieces: Sequence[str], known: Sequence[Host], names: set[str]) -> list[str]:
    """Pieces with the signs between them, joined so that each is a known name (a name may hold “và”); empty where that cannot be."""
    if not any(map(fold, pieces)):
        return []
    for end in range(len(pieces), 0, -2):
        name = canonical_host(_bullet("".join(pieces[:end])), known)
        rest = pieces[end + 1 :]
        if fold(name) in names and (not any(map(fold, rest)) or (others := _all_known(rest, known, names))):
            return [name, *(others if any(map(fold, rest)) else [])]
    return []


def _cut_at_known(text: str, known: Sequence[Host], names: set[str]) -> list[str]:
    """At commas, known names are taken out; what lies between them may be one name with commas in it and stays whole."""
    found: list[str] = []
    run: list[str] = []
    for piece in text.split(","):
        parted = _all_known(re.split(r"(\bvà\b|&|\+)", piece), known, names)
        if parted:
            found += [*filter(fold, [tidy(",".join(run))]), *parted]
            run = []
        else:
            run.append(piece)
    return [*found, *filter(fold, [tidy(",".join(run))])]


def _all_bulleted(lines: Sequence[str]) -> bool:
    return all(map(_NUMBERED.match, lines))


def _bullet(text: str) -> str:
    return _NUMBERED.sub("", text)

"""How a state document writes dates, hours, names and lines (Nghị định 30/2020/NĐ-CP, Phụ lục I). Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from eventday.web.filters import weekday

NO_BREAK = "\u00a0"
_JOINER = "\u2060"


def day_in_words(day: date) -> str:
    """“ngày 05 tháng 8 năm 2027”: days below 10 and months 1 and 2 get a 0."""
    return f"ngày{NO_BREAK}{day.day:02} tháng {month(day)} năm {day.year}"


def days_in_words(days: Sequence[date]) -> str:
    """“trong ngày Chủ nhật, 10 tháng 10 năm 2027”, “trong 2 ngày 09 và 10 tháng 10 năm 2027”, “từ ngày … đến ngày …”; days in order, at least one."""
    first, last = days[0], days[-1]
    if len(days) == 1:
        return f"trong ngày {weekday(first)}, {first.day:02} tháng {month(first)} năm {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        listed = ", ".join(f"{day.day:02}" for day in days[:-1])
        return f"trong {len(days)} ngày {listed} và {last.day:02} tháng {month(last)} năm {last.year}"
    return f"từ {day_in_words(first)} đến {day_in_words(last)}"


def month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def hour_in_words(hour: time) -> str:
    """“07 giờ 30 phút”."""
    return f"{hour:%H} giờ {hour:%M} phút"


def document_number(text: str) -> str:
    """A number like 45/KH-UBND that no line break goes through; the joiner vanishes in extracted text."""
    return text.replace("/", f"/{_JOINER}").replace("-", f"-{_JOINER}")


def in_sentence(name: str) -> str:
    """“xã Anh Sơn” from “Xã Anh Sơn”, “thôn 3” from “Thôn 3”: the type is a common noun, the name keeps its capitals."""
    return name[:1].lower() + name[1:]


def proper_name(commune: str, kind: str) -> str:
    """“Anh Sơn” from “Xã Anh Sơn”; a name that is a number or one word of a number keeps its type (“Phường 8”)."""
    name = commune[len(kind) :].strip() if commune.lower().startswith(kind.lower()) else commune
    return commune if not name or any(char.isdigit() for char in name) else name


def province_in_sentence(name: str, kind: str) -> str:
    """“tỉnh Nghệ An”, “thành phố Huế”: the catalogue's name has its type in cities only."""
    return f"tỉnh {name}" if kind == "tỉnh" else in_sentence(name)


_BEGINS_A_LINE = ("năm", "trên", "tại", "về")


def balanced(text: str) -> tuple[str, str]:
    """A title's two lines: as equal as its words allow and the second not the longer, broken before a phrase where that is nearly as good."""
    words = text.split(" ")
    pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in pairs if len(pair[0]) >= len(pair[1])]
    phrases = [pair for pair in fitting if pair[1].replace(NO_BREAK, " ").split(" ")[0] in _BEGINS_A_LINE and 3 * len(pair[1]) >= 2 * len(pair[0])]
    return min(phrases or fitting, key=lambda pair: len(pair[0]) - len(pair[1])) if fitting else (text, "")


def kinds_of_hamlets(names: Iterable[str]) -> str:
    """The words that a commune's hamlets are called by, the most frequent first: “thôn, bản”."""
    first = [name.split(" ")[0].lower() for name in names]
    known = sorted(set(first), key=lambda word: (-first.count(word), word))
    return ", ".join(known[:2]) or "thôn"


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field with an item a line, without dashes before and signs behind."""
    stripped = (line.strip().lstrip("-–•").rstrip(";.").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)

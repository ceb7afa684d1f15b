"""Reading phone numbers as people and workbooks write them (domain notes §4)."""

import re
import unicodedata

from eventday.kernel.text import fold, tidy

_NONE = {"", "0", "k", "ko", "khong", "khong co", "ko co", "k co", "chua co", "khong co sdt", "khong co so", "khong co dien thoai"}
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
_FLOAT = re.compile(r"\d{8,12}\.0")
_SEVERAL = re.compile(r"[/;,|\n]|\bhoặc\b|(?<=\d)\s+[-–]\s+(?=\+?[\d(])")
_NOTE = re.compile(r"\([^)]*[^\W\d_][^)]*\)")
_LABEL = re.compile(r"^[^\W\d_][^\d+]*?[:.]?\s*(?=[+(\d]|[OoIl]\d)")
_MISREAD = str.maketrans("Ooil|I", "001111")
_PLAIN = re.compile(r"0[35789][0-9]{8}")
_MOBILE = re.compile(r"0[35789]\d{8}")
_SERVICE = ("1900", "1800")


class PhoneProblem(ValueError):
    """It cannot be a person's number. `digits` is what was read of it.

    Codes: phone_too_short, phone_too_long, phone_old_number, phone_unknown_prefix, phone_not_personal, phone_unreadable, phone_foreign.
    """

    def __init__(self, code: str, digits: str) -> None:
        super().__init__(code)
        self.code = code
        self.digits = digits


def read(value: str | int | float | None) -> str | None:
    """The number in E.164 (+84912345678), or None where the text says that there is none; of several numbers the first.

    Raises: PhoneProblem.
    """
    if isinstance(value, str) and _PLAIN.fullmatch(value):  # as nearly everybody writes it
        return "+84" + value[1:]
    text = _text(value)
    if fold(text) in _NONE:
        return None
    number = _first(text)
    digits = re.sub(r"\D", "", number)
    if not digits or re.search(r"[^\W\d_]", number):
        raise PhoneProblem("phone_unreadable", digits)
    national = _national(digits, is_international=number.lstrip("( ").startswith("+"))
    problem = _problem(national)
    if problem:
        raise PhoneProblem(problem, national)
    return "+84" + national[1:]


def _text(value: str | int | float | None) -> str:
    """What a cell or a field holds, as text; a number is never in scientific form and has no fraction."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = "\n".join(tidy(line) for line in unicodedata.normalize("NFKC", value).splitlines()).strip("\n '’")
    if _SCIENTIFIC.fullmatch(text) or _FLOAT.fullmatch(text):
        return str(int(float(text)))
    return text


def _first(text: str) -> str:
    """The first number of the text: without label, without note, O and l between digits read as 0 and 1."""
    for part in _parts(text):
        part = _LABEL.sub("", _NOTE.sub("", part).strip())
        words = [_mended(word) for word in part.split()]
        kept = " ".join(words[: _last_with_digit(words) + 1])
        if re.search(r"\d", kept):
            return kept
    return ""


def _parts(text: str) -> list[str]:
    """The text cut where one number ends and another begins; a dash cuts only after a whole number (0912 - 345 - 678 is one)."""
    parts: list[str] = []
    for part in filter(None, _SEVERAL.split(text)):
        begun = parts and 0 < len(re.sub(r"\D", "", parts[-1])) < 9
        if begun and re.fullmatch(r"[\d\s().+]+", part) and not _holds_number(part):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def _holds_number(part: str) -> bool:
    return len(re.sub(r"\D", "", part)) >= 9


def _mended(word: str) -> str:
    letters = sum(char.isalpha() for char in word)
    return word.translate(_MISREAD) if sum(char.isdigit() for char in word) > letters else word


def _last_with_digit(words: list[str]) -> int:
    return max((index for index, word in enumerate(words) if re.search(r"\d", word)), default=-1)


def _national(digits: str, *, is_international: bool) -> str:
    """The digits with the leading 0 of a call within the country. Raises: PhoneProblem (phone_foreign)."""
    if not is_international and digits.startswith("00"):
        digits, is_international = digits[2:], True
    if is_international:
        if not digits.startswith("84"):
            raise PhoneProblem("phone_foreign", digits)
        return "0" + digits[2:].removeprefix("0")
    if digits.startswith("84") and len(digits) >= 10:
        return "0" + digits[2:].removeprefix("0")
    if len(digits) == 20 and _MOBILE.fullmatch(digits[:10]) and _MOBILE.fullmatch(digits[10:]):
        return digits[:10]
    lost_zero = (len(digits) == 9 and digits[0] in "35789") or (len(digits) == 10 and digits[0] == "2")
    return "0" + digits if lost_zero else digits


def _problem(digits: str) -> str | None:
    if digits.startswith(_SERVICE) and len(digits) <= 10:
        return "phone_not_personal"
    if digits.startswith("01"):
        return "phone_old_number" if len(digits) >= 11 else "phone_unknown_prefix" if len(digits) == 10 else "phone_too_short"
    length = 11 if digits.startswith("02") else 10
    if len(digits) < length:
        return "phone_unknown_prefix" if len(digits) == 9 and digits[0] != "0" else "phone_too_short"
    if digits[0] != "0" or digits[1] not in "235789":
        return "phone_unknown_prefix"
    return "phone_too_long" if len(digits) > length else None

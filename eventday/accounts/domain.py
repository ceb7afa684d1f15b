"""Which passwords are good enough. Pure; the list of common ones is given."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from eventday.kernel.errors import Refusal
from eventday.kernel.text import fold

SHORTEST, LONGEST = 12, 200
_LEAST_OWN = 6  # signs that must be left once what a stranger would try first is taken out
_CONTEXT = (
    *("ngayhoi", "hoctapso", "hoctap", "toandan", "binhdanhocvu", "chuyendoiso", "congnghe", "eventday", "vietnam", "quocgia"),
    *("matkhau", "password", "admin", "canbo", "phutrach", "tinh", "thanhpho", "phuong", "dackhu", "uyban", "ubnd", "sotuyenquang", "so", "xa"),
)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")


class WeakPassword(Refusal):
    """The password would be guessed; a subclass says why."""

    status = 422


class PasswordTooShort(WeakPassword):
    code = "password_too_short"


class PasswordTooLong(WeakPassword):
    code = "password_too_long"


class PasswordCommon(WeakPassword):
    code = "password_common"


class PasswordOfContext(WeakPassword):
    code = "password_of_context"


def normal(password: str) -> str:
    """What is hashed: NFC, so that the same keys pressed on another system are the same password; nothing is cut or folded."""
    return unicodedata.normalize("NFC", password)


def check(password: str, common: Collection[str], about: Iterable[str]) -> None:
    """`common` are small letters; `about` is what a stranger knows of the account: names, the address, places. Raises: WeakPassword."""
    text = normal(password)
    if len(text) < SHORTEST:
        raise PasswordTooShort(least=SHORTEST)
    if len(text) > LONGEST:
        raise PasswordTooLong(most=LONGEST)
    if _is_common(text.lower(), common):
        raise PasswordCommon
    if len(_own(fold(text).replace(" ", ""), about)) < _LEAST_OWN:
        raise PasswordOfContext


def _is_common(text: str, common: Collection[str]) -> bool:
    """Itself, without digits and signs at its ends, or as one short piece again and again."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    repeated = re.fullmatch(r"(.{1,8}?)\1+.?.?.?", text, re.DOTALL)
    return text in common or core in common or repeated is not None or len(set(text)) < 5


def _own(text: str, about: Iterable[str]) -> str:
    """What is left without words of the day, of the account, runs of keys, and numbers that are dates or phones."""
    known = {word for part in about for word in (fold(part).replace(" ", ""), *fold(part).split()) if len(word) > 2}
    for word in sorted({*known, *_CONTEXT, *_KEYS}, key=len, reverse=True):
        text = text.replace(word, " ")
    return re.sub(r"[0-9]{4,}|[^0-9a-z]", "", text)

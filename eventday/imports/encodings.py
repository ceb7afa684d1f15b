"""Texts of old files: TCVN3 (ABC), VNI, CP1258 read as CP1252 → Unicode. Pure.

Sources: tables of the project's sample generator (TCVN3 checked against glibc's TCVN5712-1). A soft hyphen is `ư` in TCVN3: convert before cleaning.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache


class Encoding(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"
    CP1258 = "CP1258"


_LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ"
_BYTES = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbcccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9acea"
    "ebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfeaea1a2a3a4a5a6a7"
)
_TCVN3 = str.maketrans(dict(zip(_BYTES.decode("latin-1"), _LETTERS, strict=True)))

_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
# VNI: a letter, then a sign for its tone, its shape or both.
_VNI_SIGNS: dict[str, str] = (
    dict(zip("øùûõï", _TONES, strict=True))
    | {sign: "\u0306" + tone for sign, tone in zip("èéúüë", _TONES, strict=True)}
    | {sign: "\u0302" + tone for sign, tone in zip("àáåãä", _TONES, strict=True)}
    | {"ê": "\u0306", "â": "\u0302"}
)
_VNI_ALONE = {"ñ": "đ", "î": "ỵ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
_VNI = re.compile(r"([aeouyôö])([øùûõïèéúüëàáåãäêâ])|([ñîôöìíæóò])", re.IGNORECASE)

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]"
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?[aăâeêioôơuưy]{{1,3}}(?:ch|ng|nh|[cmnpt])?")
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_BETWEEN_WORDS = re.compile(r"[\s\d.,;:()“”\"'/–-]+")
_ENOUGH, _CLEARLY, _FEW = 0.8, 0.25, 3
_OF_FONTS = {".vn": Encoding.TCVN3, "vni": Encoding.VNI}


def encoding_of_font(font: str) -> Encoding | None:
    """What a font's name says: `.VnTime`, `VNI-Times`."""
    return _OF_FONTS.get(font.lower()[:3])


def to_unicode(text: str, encoding: Encoding, font: str = "") -> str:
    """The text as it was meant, NFC. A TCVN3 font whose name ends in H draws capitals."""
    if encoding is Encoding.TCVN3:
        text = text.translate(_TCVN3)
        return text.upper() if font.lower().startswith(".vn") and font.endswith("H") else text
    if encoding is Encoding.VNI:
        return unicodedata.normalize("NFC", _VNI.sub(_from_vni, text))
    return unicodedata.normalize("NFC", text.encode("cp1252", "ignore").decode("cp1258", "ignore"))


def _from_vni(found: re.Match[str]) -> str:
    base, sign, alone = found.groups()
    if alone:
        letter = _VNI_ALONE[alone.lower()]
        return letter.upper() if alone.isupper() else letter
    letter = _VNI_ALONE.get(base.lower(), base.lower()) + _VNI_SIGNS[sign.lower()]
    return letter.upper() if base.isupper() else letter


def is_unicode(text: str) -> bool:
    """Whether it has letters that no old encoding shows."""
    return _UNICODE.search(text) is not None


def detect(texts: Iterable[str], fonts: Iterable[str] = ()) -> Encoding | None:
    """The old encoding of a column's texts: where at least 80 % of the words with odd letters become syllables, clearly more than as they stand.

    Three words are needed. Where a font tells, one is enough, and no fewer syllables than before. Texts that are Unicode are not asked.
    """
    words = [word for text in texts if not is_unicode(text) for word in _odd_words(text)]
    told = {encoding for font in fonts if (encoding := encoding_of_font(font))}
    if len(words) < (1 if told else _FEW):
        return None
    plain = _share(words)
    shares: Mapping[Encoding, float] = {encoding: _share([to_unicode(word, encoding) for word in words]) for encoding in Encoding}
    best = max(shares, key=lambda encoding: (encoding in told, shares[encoding]))
    return best if shares[best] >= _ENOUGH and shares[best] >= plain + (0 if told else _CLEARLY) else None


def fits(texts: Iterable[str], encoding: Encoding) -> bool:
    """Whether all words with odd letters are syllables when read so: enough for a column whose neighbours are known to be of the encoding."""
    words = [word for text in texts if not is_unicode(text) for word in _odd_words(text)]
    return bool(words) and _share([to_unicode(word, encoding) for word in words]) == 1


def _odd_words(text: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(text) if not word.isascii()]


def _share(words: list[str]) -> float:
    return sum(map(_is_syllable, words)) / len(words)


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES))
    return len(marks) - len("".join(char for char in marks if char not in _TONES)) <= 1 and bool(_SYLLABLE.fullmatch(bare))

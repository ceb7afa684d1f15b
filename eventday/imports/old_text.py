"""A sheet typed in an old encoding → the same sheet in Unicode, column by column. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eventday.imports.encodings import Encoding, detect, encoding_of_font, fits, is_unicode, to_unicode
from eventday.imports.sheet import Sheet
from eventday.kernel.text import tidy

_SAMPLES = 3


@dataclass(frozen=True)
class Converted:
    """What was found: a column of it (the number), and a few of its texts as they now read."""

    encoding: Encoding
    row: int
    column: int
    samples: tuple[str, ...]


def in_unicode(sheet: Sheet) -> tuple[Sheet, Converted | None]:
    """The sheet with each column's text as it was meant; and what was converted, which somebody should look at."""
    encodings = _encodings(sheet)
    if not encodings:
        return sheet, None
    new = {
        place: _meant(value, encodings[place[1]], sheet.old_fonts.get(place, ""))
        for place, value in sheet.cells.items()
        if place[1] in encodings and place not in sheet.typed and isinstance(value, str) and not is_unicode(value)
    }
    changed = sorted(place for place, text in new.items() if text != sheet.cells[place])
    row, column = changed[0] if changed else (1, 1)
    samples = tuple(dict.fromkeys(tidy(new[place]) for place in sorted(changed, key=lambda place: -len(new[place]))))[:_SAMPLES]
    return replace(sheet, cells={**sheet.cells, **new}), Converted(encodings.get(column, next(iter(encodings.values()))), row, column, samples)


def _encodings(sheet: Sheet) -> Mapping[int, Encoding]:
    """By column. One with little text takes the sheet's encoding where all its odd words become syllables."""
    texts: dict[int, list[str]] = {}
    fonts: dict[int, list[str]] = {}
    for place, value in sheet.cells.items():
        if isinstance(value, str) and not value.isascii() and place not in sheet.typed:
            texts.setdefault(place[1], []).append(value)
            fonts.setdefault(place[1], []).append(sheet.old_fonts.get(place, ""))
    found = {column: encoding for column, lines in texts.items() if (encoding := detect(lines, fonts[column]))}
    if not found:
        return {}
    usual = Counter(found.values()).most_common(1)[0][0]
    few = [column for column, lines in texts.items() if column not in found and fits(lines, usual)]
    return found | dict.fromkeys(few, usual)


def _meant(text: str, encoding: Encoding, font: str) -> str:
    """TCVN3 has no capital with a tone: the first letter of a cell gets it back."""
    meant = to_unicode(text, encoding, font if encoding_of_font(font) is encoding else "")
    return meant[:1].upper() + meant[1:] if encoding is Encoding.TCVN3 and not text[:1].isascii() else meant

"""Reading a drawn document back: text in order, and where each run stands (mm from the sheet's left and upper edge, to its baseline)."""

import unicodedata
from dataclasses import dataclass
from io import BytesIO

import pypdf

_MM = 25.4 / 72


@dataclass(frozen=True)
class Run:
    x: float
    y: float
    size: float
    face: str
    text: str


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(BytesIO(pdf)).pages)


def text(pdf: bytes) -> str:
    """All text, blanks and lines as single spaces, without joiners. It must be composed (NFC) as it comes."""
    raw = "\n".join(page.extract_text() for page in pages(pdf))
    assert unicodedata.is_normalized("NFC", raw)
    return " ".join(raw.replace("\u2060", "").split())


def runs(page: pypdf.PageObject) -> list[Run]:
    found: list[Run] = []
    height = float(page.mediabox.height)

    def visit(piece: str, cm: list[float], tm: list[float], font: dict[str, str] | None, size: float) -> None:
        if piece.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            face = (font or {}).get("/BaseFont", "").partition("+")[2]
            found.append(Run(round(x * _MM, 1), round((height - y) * _MM, 1), round(abs(size * tm[3] * cm[3]), 1), face, piece.strip()))

    page.extract_text(visitor_text=visit)
    return found


def size(page: pypdf.PageObject) -> tuple[int, int]:
    """Width and height in mm."""
    return round(float(page.mediabox.width) * _MM), round(float(page.mediabox.height) * _MM)

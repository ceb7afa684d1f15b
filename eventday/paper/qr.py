"""QR codes as vector and as picture: error level M and a quiet zone of 4 modules, as scanners were measured with (docs/engineering)."""

from io import BytesIO
from typing import Any

from markupsafe import Markup, escape
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from eventday.web.translation import translated as _

QUIET = 4
_MASK = 3  # any of the eight is read as well where what is drawn looks like chance, as a signature does; to compare them all took five times as long


def modules(text: str) -> list[list[bool]]:
    """The code's modules without the quiet zone, row by row.

    An upper-case pass address (host of at most 24 characters) is version 6: 41 × 41.
    """
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, title: str = "") -> Markup:
    """One filled path with a title, quiet zone included; its size is for the style sheet."""
    rows = modules(text)
    side = len(rows) + 2 * QUIET
    path = "".join(_row(row, QUIET + y) for y, row in enumerate(rows))
    return Markup('<svg class="qr" viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges"><title>{1}</title><path d="{2}"/></svg>').format(
        side, escape(title or _("Mã QR")), path
    )


def _row(row: list[bool], y: int) -> str:
    """The dark runs of a row as closed subpaths of height 1."""
    path, x = "", 0
    while x < len(row):
        run = x
        while run < len(row) and row[run]:
            run += 1
        if run > x:
            path += f"M{QUIET + x} {y}h{run - x}v1h{x - run}z"
        x = run + 1
    return path


def png(text: str, scale: int = 12) -> bytes:
    """A black and white picture, `scale` pixels a module, quiet zone included."""
    from PIL import Image  # loaded only where a picture is asked for

    rows = modules(text)
    side = len(rows) + 2 * QUIET
    image = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((QUIET + x, QUIET + y), 0)
    file = BytesIO()
    image.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(file, "PNG", optimize=True)
    return file.getvalue()

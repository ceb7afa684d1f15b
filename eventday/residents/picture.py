"""A pass as a picture to keep in the phone: name, QR, code, the day. Black on white, drawn in whole modules."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from eventday.paper import fonts, qr

_FOLDER = Path(fonts.__file__).parent
_WIDTH, _SCALE, _TOP = 900, 16, 150


def picture(*, name: str, text: str, code: str, lines: tuple[str, ...]) -> bytes:
    """A PNG 900 pixels wide. `text` is what the QR says, `lines` stand under the code."""
    modules = qr.modules(text)
    side = (len(modules) + 2 * qr.QUIET) * _SCALE
    image = Image.new("L", (_WIDTH, _TOP + side + 130 + 46 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    _centred(draw, name, 60, 56, bold=True)
    left, top = (_WIDTH - side) // 2 + qr.QUIET * _SCALE, _TOP - 40 + qr.QUIET * _SCALE
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * _SCALE, top + y * _SCALE)
                draw.rectangle((*corner, corner[0] + _SCALE - 1, corner[1] + _SCALE - 1), fill=0)
    below = _TOP - 40 + side
    _centred(draw, code, below, 72, bold=True)
    for number, line in enumerate(lines):
        _centred(draw, line, below + 100 + 46 * number, 34)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _centred(draw: ImageDraw.ImageDraw, text: str, top: int, size: int, *, bold: bool = False) -> None:
    """One line in the middle, smaller where it is too long."""
    face = "Arimo-Bold.ttf" if bold else "Arimo-Regular.ttf"
    font = ImageFont.truetype(_FOLDER / face, size)
    while draw.textlength(text, font) > _WIDTH - 60 and size > 18:
        size -= 2
        font = ImageFont.truetype(_FOLDER / face, size)
    draw.text((_WIDTH // 2, top), text, fill=0, font=font, anchor="mt")

"""Pictures that somebody made to do harm, or that are none, for the page that takes a commune's logo."""

import struct
import zlib
from functools import partial
from io import BytesIO
from typing import Any

from PIL import Image

from proofs.workbooks_parts import READ, Hostile

SCRIPT = b"<script>alert(1)</script>"
PLACE = "Nhà bà Tư".encode()


def _picture(kind: str = "PNG", *, mode: str = "RGB", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    drawn = BytesIO()
    Image.effect_noise((size[0] // 4, size[1] // 4), 90).resize(size).convert(mode).save(drawn, kind, **options)
    return drawn.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _png(side: int, *chunks: bytes) -> bytes:
    """A black square, one bit a pixel."""
    packer, row = zlib.compressobj(9), bytes(1 + (side + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = _chunk(b"IHDR", struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _of_megabytes(name: bytes, megabytes: int) -> bytes:
    return _chunk(name, b"x\0\0" + zlib.compress(bytes(megabytes << 20), 9))


def _photograph() -> bytes:
    """On its side, with where and of what it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 55.0, 12.0), 3: "E", 4: (105.0, 5.0, 1.0)})
    return _picture("JPEG", exif=exif)


def _moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    drawn = BytesIO()
    frames[0].save(drawn, kind, save_all=True, append_images=frames[1:] * 100)
    return drawn.getvalue()


_BAD, _LARGE = ("bad_logo",), ("too_large_logo",)
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>"
PICTURES = (
    Hostile("empty", lambda: b"", _BAD),
    Hostile("SVG with a script", lambda: _SVG, _BAD),
    Hostile("a page", lambda: b"<html>" + SCRIPT, _BAD),
    Hostile("30,000 by 30,000 points", lambda: _png(30_000), _LARGE),
    Hostile("4,097 by 4,097 points", lambda: _png(4_097), _LARGE),
    Hostile("2 billion points wide", lambda: _png(8).replace(struct.pack(">2I", 8, 8), struct.pack(">2I", (1 << 31) - 1, 1)), (*_LARGE, *_BAD)),
    Hostile("100 MB of text in it", lambda: _png(8, _of_megabytes(b"zTXt", 100)), (*_BAD, READ)),
    Hostile("100 MB of colours in it", lambda: _png(8, _of_megabytes(b"iCCP", 100)), (*_BAD, READ)),
    Hostile("a moving GIF", lambda: _moving("GIF"), _BAD),
    Hostile("a moving WebP", lambda: _moving("WEBP"), (READ,)),
    Hostile("a GIF that is a script", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", _BAD),
    Hostile("a picture that is a page as well", lambda: _picture() + SCRIPT, (READ,)),
    Hostile("a picture that is an archive as well", lambda: _picture() + b"PK\x03\x04" + bytes(99), (READ,)),
    Hostile("a JPEG that was cut", lambda: (lambda data: data[: len(data) // 2])(_picture("JPEG")), _BAD),
    Hostile("a photograph that tells where", _photograph, (READ,)),
    Hostile("colours of a printer", lambda: _picture("JPEG", mode="CMYK"), (READ,)),
    Hostile("TIFF", lambda: _picture("TIFF"), _BAD),
    Hostile("BMP", lambda: _picture("BMP"), _BAD),
    Hostile("EPS", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run", _BAD),
    Hostile("as large as one may be", lambda: _png(4_096), (READ,)),
    *(Hostile(f"{size} MB", partial(lambda size: _png(8) + bytes(size << 20), size), _LARGE) for size in (6, 12)),
)

"""A commune's logo: read by what it is and not by what it is called, drawn anew at two sizes, kept in the instance."""

import hashlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from eventday import instance
from eventday.kernel.errors import Refusal

MAX_BYTES = 5 * 1024 * 1024
_MAX_SIDE = 4096  # pixels: what a phone's camera makes; unpacked it is 67 MB
_FORMATS = ("PNG", "JPEG", "WEBP")
PAGE, PAPER = ".webp", ".png"
_PAGE_SIDE, _PAPER_SIDE = 96, 512
_PAGE_BYTES = 3000
_QUALITIES = (85, 70, 50, 30, 15)


class BadLogo(Refusal):
    """It is not a picture of a kind that is known, is damaged, or is too large."""

    code = "bad_logo"
    status = 422


class TooLargeLogo(BadLogo):
    code = "too_large_logo"


def too_large() -> TooLargeLogo:
    """With what one may be at most."""
    return TooLargeLogo(megabytes=MAX_BYTES // 1024 // 1024, pixels=_MAX_SIDE)


def keep(folder: Path, data: bytes) -> str:
    """Draw the picture anew at the size of pages and of paper, without what the file had besides; returns its name (16 hex digits).

    Raises: BadLogo.
    """
    picture = _read(data)
    page, paper = _as_page(picture), _as_paper(picture)
    name = hashlib.sha256(page + paper).hexdigest()[:16]
    for ending, content in ((PAGE, page), (PAPER, paper)):
        instance.write(folder / f"{name}{ending}", content)
    return name


def _read(data: bytes) -> Image.Image:
    """Pixels alone, upright. Raises: BadLogo."""
    if len(data) > MAX_BYTES:
        raise too_large()
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as found:
            if max(found.size) > _MAX_SIDE:
                raise too_large()
            found.draft("RGB", (_PAPER_SIDE * 2, _PAPER_SIDE * 2))
            found.thumbnail((_PAPER_SIDE * 2, _PAPER_SIDE * 2))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
            if not _is_whole(data, found.format or ""):
                raise BadLogo
    except Image.DecompressionBombError:
        raise too_large() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise BadLogo from None
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    return bare


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether a picture was not cut off. Pillow tells only until WeasyPrint is loaded, which lets it take such ones."""
    if kind == "PNG":
        return b"IEND" in data
    if kind == "JPEG":
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")
    return int.from_bytes(data[4:8], "little") + 8 <= len(data)


def _as_page(picture: Image.Image) -> bytes:
    """At most 3 KB, whatever it shows."""
    small = ImageOps.contain(picture, (_PAGE_SIDE, _PAGE_SIDE))
    for quality in _QUALITIES:
        drawn = BytesIO()
        small.save(drawn, "WEBP", quality=quality, alpha_quality=quality, method=6)
        if drawn.tell() <= _PAGE_BYTES:
            break
    return drawn.getvalue()


def _as_paper(picture: Image.Image) -> bytes:
    drawn = BytesIO()
    ImageOps.contain(picture, (_PAPER_SIDE, _PAPER_SIDE)).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def names(folder: Path) -> set[str]:
    """All that were ever kept there."""
    return {path.stem for path in folder.glob(f"*{PAGE}")}

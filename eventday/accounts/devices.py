"""What a browser runs on, told from what it says of itself: kept as short codes, shown in words."""

import re

_SYSTEMS = (("android", "Android"), ("iphone", "iPhone|iPod"), ("ipad", "iPad"), ("windows", "Windows"), ("mac", "Macintosh"), ("linux", "Linux|X11"))
_BROWSERS = (
    ("zalo", "Zalo"),
    ("coccoc", "coc_coc"),
    ("edge", "Edg/|EdgA|EdgiOS"),
    ("opera", "OPR/"),
    ("samsung", "SamsungBrowser"),
    ("firefox", "Firefox|FxiOS"),
    ("chrome", "Chrome|CriOS"),
    ("safari", "Safari"),
)


def device_of(agent: str) -> str:
    """`android chrome`, `windows edge`; a part that is not known is `-`."""
    return f"{_first(_SYSTEMS, agent)} {_first(_BROWSERS, agent)}"


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((code for code, pattern in known if re.search(pattern, agent)), "-")

"""What pages draw with: styles inside the page, icons as one sprite of those used, the switch for large type.

Residents' pages load nothing else: 14 KB compressed is all that a first look on 3G may cost.
"""

import gzip
import re
from functools import cache
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from eventday.config import PROJECT

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOOSE = re.compile(r"\s*([{};,>])\s*")
_SYMBOL = re.compile(r'<symbol id="(\w+)">(.*)</symbol>')
_SWITCH = "chu"
_SIZES = ("to", "vua")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(icon=icon, icon_sprite=icon_sprite, inline_css=inline_css, is_large=is_large, other_size_url=other_size_url)
    app.after_request(_remember_size)
    app.after_request(_compress_refusal)


@cache
def _styles(name: str) -> str:
    text = _COMMENT.sub("", (PROJECT / "static" / "css" / f"{name}.css").read_text(encoding="utf-8"))
    return _LOOSE.sub(r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}").replace(": ", ":").strip()


@cache
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall((PROJECT / "static" / "icons.svg").read_text(encoding="utf-8")))


def inline_css(*names: str) -> Markup:
    """The files of `static/css` of these names, without comments, to stand in a style element that carries the nonce."""
    if current_app.debug:
        _styles.cache_clear()
    return Markup("".join(_styles(name) for name in names))  # noqa: S704 our own files


def icon(name: str, kind: str = "") -> Markup:
    """An icon beside words that say the same; `icon_sprite` at the end of the page draws those that were used. Raises: KeyError."""
    used: dict[str, str] = g.setdefault("icons", {})
    used[name] = _symbols()[name]
    return _drawn(name, kind)


@cache  # a long list says the same icon again and again
def _drawn(name: str, kind: str) -> Markup:
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>').format(kind, name)


def icon_sprite() -> Markup:
    """One symbol for each icon that the page has used so far."""
    used: dict[str, str] = g.get("icons", {})
    symbols = "".join(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in used.items())
    return Markup(f'<svg class="sprite" aria-hidden="true">{symbols}</svg>') if used else Markup()  # noqa: S704 our own file


def is_large() -> bool:
    """Whether this person asked for large type: in the address, else by the cookie that the switch set."""
    return (request.args.get(_SWITCH) or request.cookies.get(_SWITCH)) == "to"


def other_size_url() -> str:
    """This page with the other size of type; on an answer to a POST, its address.

    A query alone: what stands in the address is foreign text, and a path like “//…” or a word that `url_for` knows would lead elsewhere.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != _SWITCH]
    return "?" + urlencode([*kept, (_SWITCH, "vua" if is_large() else "to")])


def _remember_size(response: Response) -> Response:
    size = request.args.get(_SWITCH) if request.query_string else None
    if size in _SIZES:
        secure = current_app.config["SETTINGS"].is_secure
        response.set_cookie(_SWITCH, size, max_age=365 * 86400, secure=secure, httponly=True, samesite="Lax")
    return response


def _compress_refusal(response: Response) -> Response:
    """A form with errors is as heavy as one without; the compressing library leaves answers from 300 on alone."""
    is_page = response.status_code >= 400 and response.mimetype == "text/html" and not response.is_streamed
    if is_page and "Content-Encoding" not in response.headers and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response

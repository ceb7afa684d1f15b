"""Static files at addresses that carry the version of all of them: `/static/VERSION/scanner/scanner.mjs`.

A browser may keep such a file for good, since after an upgrade its address is another. The version stands in the path and not behind a
question mark, so that whatever a file names relatively (a module, a worker, a font) has it too, without an import map.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

from eventday.config import PROJECT
from eventday.web.rules import public

FOLDER = PROJECT / "static"
_VERSION = re.compile(r"[0-9a-f]{12}")
_FOR_GOOD = "public, max-age=31536000, immutable"
blueprint = Blueprint("files", __name__)


def init_app(app: Flask) -> None:
    app.after_request(_keep_for_good)


@cache
def address() -> str:
    """Where the files of this very version are; read once a process."""
    return f"/static/{version_of(FOLDER)}"


def version_of(folder: Path) -> str:
    """Twelve hexadecimal digits of what the folder's files are called and what is in them."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


@blueprint.get("/static/<path:name>")
@public
def show_current(name: str) -> Response:
    """A file asked for without a version, or with that of another time (a page older than this server): as it is now, to be asked for
    again next time."""
    version, _, rest = name.partition("/")
    return send_from_directory(FOLDER, rest if _VERSION.fullmatch(version) else name, max_age=0)


def _keep_for_good(response: Response) -> Response:
    is_file = request.endpoint == "static" and response.status_code in (200, 206, 304)
    if is_file and not current_app.debug:  # while one works on them, files change under the same address
        response.headers["Cache-Control"] = _FOR_GOOD
    return response

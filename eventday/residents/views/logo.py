"""A commune's logo, as its pages show it."""

import re

from flask import Response, current_app, send_file

from eventday.kernel.errors import NotFound
from eventday.places import logos
from eventday.residents.views.routes import blueprint
from eventday.web.rules import public

_NAME = re.compile(r"[0-9a-f]{16}")


@blueprint.get("/<commune:code>/logo/<name>.webp")
@public
def show_logo(code: str, name: str) -> Response:
    """Named after what is in it, so that a browser may keep it for good. Raises: NotFound."""
    path = current_app.config["SETTINGS"].instance / "logos" / code / f"{name}{logos.PAGE}"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    answer = send_file(path, mimetype="image/webp", max_age=31536000)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer

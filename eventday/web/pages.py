"""Pages that belong to no feature."""

from flask import Blueprint, Response
from sqlalchemy import text

from eventday.db import db
from eventday.web.rules import public

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Whether the database answers."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")

"""Parts of addresses."""

from flask import Flask
from werkzeug.routing import BaseConverter


class CommuneCode(BaseConverter):
    """The five digits of a commune."""

    regex = r"\d{5}"


def init_app(app: Flask) -> None:
    app.url_map.converters["commune"] = CommuneCode

"""The one blueprint of residents' pages; the modules beside it hang their views on it."""

from flask import Blueprint

blueprint = Blueprint("residents", __name__)

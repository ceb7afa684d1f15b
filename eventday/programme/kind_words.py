"""What kinds of activity are called, in the order in which people choose among them."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import LazyString

from eventday.programme.domain import Kind
from eventday.web.translation import lazily as _l

NAMES: Mapping[Kind, LazyString] = {
    Kind.CONFERENCE: _l("Hội nghị"),
    Kind.TALK: _l("Tọa đàm"),
    Kind.BOOTH: _l("Gian hàng"),
    Kind.CLASS: _l("Lớp học số"),
    Kind.STATION: _l("Trạm trải nghiệm"),
    Kind.ONLINE: _l("Trực tuyến"),
}
SHORT: Mapping[Kind, LazyString] = {**NAMES, Kind.CLASS: _l("Lớp học"), Kind.STATION: _l("Trạm")}


def init_app(app: Flask) -> None:
    """For templates: `kind_names` by value, `|kind_name`, and `|kind_word`, the short one."""
    app.jinja_env.globals["kind_names"] = NAMES
    app.jinja_env.filters |= {"kind_name": lambda kind: NAMES[Kind(kind)], "kind_word": lambda kind: SHORT[Kind(kind)]}

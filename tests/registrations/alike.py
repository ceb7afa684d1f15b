"""Passes that may be one person's, and what is told of them."""

from eventday.db import db
from eventday.registrations import service, suspects
from eventday.registrations.models import Pass
from tests.factories import BEFORE, COMMUNE, make_event
from tests.registrations.people import a_request, person


def one_person(name="Lê Thị Ánh", birth_year=1960, phone="+84912345678"):
    """Another pass of the same woman, unless the test says otherwise."""
    return service.register(a_request(person(name=name, birth_year=birth_year), phone=phone), now=BEFORE)[0]


def listed():
    """The pairs on the list of likely doubles."""
    db.session.rollback()
    return [{pair.one, pair.other} for pair in suspects.pairs(make_event().id, COMMUNE)]


def marked():
    """How many passes have the mark."""
    db.session.rollback()
    return db.session.query(Pass).filter(Pass.alike).count()

"""What stands in a chain, for tests."""

from eventday.audit.models import Entry
from eventday.db import db
from tests.factories import COMMUNE


def entries(chain=COMMUNE):
    """All entries of a chain, the first first."""
    db.session.rollback()
    return db.session.query(Entry).filter_by(chain=chain).order_by(Entry.number).all()


def told(chain=COMMUNE):
    """Of each: the act, the kind of thing, its values before and after."""
    return [(entry.action, entry.subject_kind, entry.before, entry.after) for entry in entries(chain)]

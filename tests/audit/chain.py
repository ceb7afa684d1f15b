"""What stands in a chain, for tests."""

from sqlalchemy import text

from eventday.audit.models import Entry
from eventday.db import db, transaction
from tests.factories import COMMUNE


def entries(chain=COMMUNE):
    """All entries of a chain, the first first."""
    db.session.rollback()
    return db.session.query(Entry).filter_by(chain=chain).order_by(Entry.number).all()


def told(chain=COMMUNE):
    """Of each: the act, the kind of thing, its values before and after."""
    return [(entry.action, entry.subject_kind, entry.before, entry.after) for entry in entries(chain)]


def unguard():
    """As somebody who owns the database: what refuses to have acts changed is taken away (migration 0015)."""
    drops = ["DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete"]
    with transaction() as session:
        for statement in drops if db.engine.dialect.name == "sqlite" else ["DROP TRIGGER audit_entries_stay ON audit_entries"]:
            session.execute(text(statement))

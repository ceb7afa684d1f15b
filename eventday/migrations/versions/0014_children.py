"""Find the children of lists whose adult or own agreement is not written down: only of what was imported, so that nobody else's row costs more."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0014", "0013"
_IMPORTED = sa.text("source = 'import'")


def upgrade() -> None:
    columns = ["commune_code", "event_id", "birth_year"]
    op.create_index("ix_passes_imported", "passes", columns, unique=False, sqlite_where=_IMPORTED, postgresql_where=_IMPORTED)


def downgrade() -> None:
    op.drop_index("ix_passes_imported", "passes")

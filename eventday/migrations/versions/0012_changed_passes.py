"""Let it be asked which passes were changed lately: few are, and each look at a desk's home asks (registrations/counts)."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0012", "0011"


def upgrade() -> None:
    is_changed = sa.text("changed_at IS NOT NULL")
    columns = ["event_id", "changed_at"]
    op.create_index("ix_passes_event_id_changed_at", "passes", columns, unique=False, sqlite_where=is_changed, postgresql_where=is_changed)


def downgrade() -> None:
    op.drop_index("ix_passes_event_id_changed_at", "passes")

"""Remember when a province called an event off: its plans stand as they were, and nothing in them changes any more."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    with op.batch_alter_table("events") as batch_op:
        batch_op.add_column(sa.Column("cancelled_at", eventday.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("events") as batch_op:
        batch_op.drop_column("cancelled_at")

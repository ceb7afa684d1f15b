"""Keep a deleted event for a day, with the plans in it: it can be put back."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    op.create_table(
        "removed_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("removed_at", eventday.db.UtcDateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["province_code"], ["provinces.code"], name=op.f("fk_removed_events_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_events")),
    )
    op.create_index(op.f("ix_removed_events_removed_at"), "removed_events", ["removed_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_removed_events_removed_at"), "removed_events")
    op.drop_table("removed_events")

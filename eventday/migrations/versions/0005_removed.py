"""Keep what was deleted of a plan for a day, so that it can be put back."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    op.create_table(
        "removed_things",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("removed_at", eventday.db.UtcDateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_removed_things_event_id")),
        sa.ForeignKeyConstraint(["commune_code"], ["communes.code"], name=op.f("fk_removed_things_commune_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_things")),
    )
    op.create_index("ix_removed_things_removed_at", "removed_things", ["removed_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_removed_things_removed_at", "removed_things")
    op.drop_table("removed_things")

"""Keep who was there online."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    op.create_table(
        "presences",
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("at", eventday.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pass_id"], ["passes.id"], name=op.f("fk_presences_pass_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_presences_slot_id")),
        sa.PrimaryKeyConstraint("pass_id", "slot_id", name=op.f("pk_presences")),
    )
    op.create_index("ix_presences_commune_code_event_id", "presences", ["commune_code", "event_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_presences_commune_code_event_id", "presences")
    op.drop_table("presences")

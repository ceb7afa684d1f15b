"""Let a commune show its logo and a venue its address; keep what was deleted by mistake for a while, so that it can be put back."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    op.add_column("commune_profiles", sa.Column("logo", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("venues", sa.Column("address", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "removed_places",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("removed_at", eventday.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["communes.code"], name=op.f("fk_removed_places_commune_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_places")),
    )
    op.create_index("ix_removed_places_removed_at", "removed_places", ["removed_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_removed_places_removed_at", "removed_places")
    op.drop_table("removed_places")
    op.drop_column("venues", "address")
    op.drop_column("commune_profiles", "logo")

"""Passwords beside links, guesses that are counted, and what a session's browser runs on."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0004", "0003"

_INDEXES = {"ix_grants_scope": ("grants", ["scope"]), "ix_sign_in_links_person_id": ("sign_in_links", ["person_id"])}


def upgrade() -> None:
    op.add_column("persons", sa.Column("password_hash", sa.String(length=200), nullable=True))
    op.add_column("web_sessions", sa.Column("device", sa.String(length=40), nullable=False, server_default=""))
    op.create_table(
        "guesses",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", eventday.db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guesses")),
    )
    op.create_index("ix_guesses_since", "guesses", ["since"], unique=False)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
    op.drop_index("ix_guesses_since", "guesses")
    op.drop_table("guesses")
    op.drop_column("web_sessions", "device")
    op.drop_column("persons", "password_hash")

"""Keep what was done: an entry for each act, chained by hashes, and the head of each chain."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0002", "0001"

_INDEXES = {
    "ix_audit_entries_chain_at": ["chain", "at", "number"],
    "ix_audit_entries_chain_actor_id_at": ["chain", "actor_id", "at", "number"],
    "ix_audit_entries_chain_subject_kind_at": ["chain", "subject_kind", "at", "number"],
    "ix_audit_entries_chain_subject_id_at": ["chain", "subject_id", "at", "number"],
}


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("chain", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", eventday.db.UtcDateTime(), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_audit_entries")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("chain", sa.String(length=7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_heads")),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "audit_entries", columns, unique=False)


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, "audit_entries")
    op.drop_table("audit_heads")
    op.drop_table("audit_entries")

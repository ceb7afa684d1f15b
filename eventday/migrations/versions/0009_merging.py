"""Merge passes of one person, and mark who may be somebody's double when they are written."""

from collections import defaultdict
from itertools import combinations

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0009", "0008"
_AT_ONCE = 500


def upgrade() -> None:
    op.add_column("passes", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("passes", sa.Column("alike", sa.Boolean(), nullable=False, server_default=sa.false()))
    _mark()
    is_merged, is_alike = sa.text("merged_into IS NOT NULL"), sa.text("alike = 1")
    op.create_index("ix_passes_merged_into", "passes", ["merged_into"], unique=False, sqlite_where=is_merged, postgresql_where=is_merged)
    alike = ["commune_code", "event_id", "id"]
    op.create_index("ix_passes_commune_code_event_id_alike", "passes", alike, unique=False, sqlite_where=is_alike, postgresql_where=sa.text("alike"))
    op.create_table(
        "merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", eventday.db.UtcDateTime(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["passes.id"], name=op.f("fk_merges_kept_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index("ix_merges_kept_id", "merges", ["kept_id"], unique=False)
    op.create_table(
        "told_apart",
        sa.Column("one", sa.Uuid(), nullable=False),
        sa.Column("other", sa.Uuid(), nullable=False),
        sa.Column("told_at", eventday.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["passes.id"], name=op.f("fk_told_apart_one")),
        sa.ForeignKeyConstraint(["other"], ["passes.id"], name=op.f("fk_told_apart_other")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_told_apart")),
    )
    op.create_index("ix_told_apart_other", "told_apart", ["other"], unique=False)


def _mark() -> None:
    """Mark those who may be a double, as `registrations/doubles.py` had it when this was written; too many do no harm."""
    connection = op.get_bind()
    households = sa.table("households", sa.column("id", sa.Uuid()), sa.column("phone"))
    passes = sa.table(
        "passes",
        *(sa.column(name, sa.Uuid()) for name in ("id", "event_id", "household_id")),
        *(sa.column(name) for name in ("commune_code", "name_key", "birth_year", "revoked_at")),
        sa.column("alike", sa.Boolean()),
    )
    query = sa.select(passes.c.id, passes.c.event_id, passes.c.commune_code, passes.c.name_key, passes.c.birth_year, households.c.phone)
    query = query.join_from(passes, households, households.c.id == passes.c.household_id).where(passes.c.revoked_at.is_(None))
    groups = defaultdict(list)
    for one in connection.execute(query.order_by(passes.c.id)):
        if one.birth_year:
            groups[one.event_id, one.commune_code, one.name_key, one.birth_year].append(one)
        if one.phone:
            groups[one.event_id, one.commune_code, one.phone].append(one)
    marked = {
        other.id for group in groups.values() if len(group) <= 8 for one, other in combinations(group, 2) if _alike(one.name_key, other.name_key)
    }
    ids = sorted(marked)
    for start in range(0, len(ids), _AT_ONCE):
        connection.execute(sa.update(passes).where(passes.c.id.in_(ids[start : start + _AT_ONCE])).values(alike=True))


def _alike(one: str, other: str) -> bool:
    """The same given name, or at most one letter apart."""
    if one.split()[-1:] == other.split()[-1:]:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((index for index, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def downgrade() -> None:
    op.drop_table("told_apart")
    op.drop_table("merges")
    op.drop_index("ix_passes_commune_code_event_id_alike", "passes")
    op.drop_index("ix_passes_merged_into", "passes")
    with op.batch_alter_table("passes", schema=None) as batch_op:
        batch_op.drop_column("alike")
        batch_op.drop_column("merged_into")

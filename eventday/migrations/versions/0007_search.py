"""Find people by any word of the name and by the last digits of the phone, at a cost that does not grow with the table."""

import sqlalchemy as sa
from alembic import op

import eventday.db

revision, down_revision = "0007", "0006"
_AT_ONCE = 2_000


def upgrade() -> None:
    with op.batch_alter_table("passes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", eventday.db.UtcDateTime(), nullable=True))
    terms = op.create_table(
        "pass_terms",
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False),
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["pass_id"], ["passes.id"], name=op.f("fk_pass_terms_pass_id")),
        sa.PrimaryKeyConstraint("commune_code", "event_id", "term", "pass_id", name=op.f("pk_pass_terms")),
        sqlite_with_rowid=False,
    )
    _fill(terms)
    op.create_index("ix_pass_terms_pass_id_term", "pass_terms", ["pass_id", "term"], unique=False)


def _fill(terms: sa.Table) -> None:
    """The terms of the passes that are there, as `registrations/terms.py` had them when this was written."""
    connection = op.get_bind()
    households = sa.table("households", sa.column("id", sa.Uuid()), sa.column("phone"))
    passes = sa.table(
        "passes", *(sa.column(name, sa.Uuid()) for name in ("id", "event_id", "household_id")), sa.column("commune_code"), sa.column("name_key")
    )
    registrations = sa.table("registrations", sa.column("pass_id", sa.Uuid()), sa.column("commune_code"))
    made = sa.select(passes.c.id, passes.c.commune_code).union(sa.select(registrations.c.pass_id, registrations.c.commune_code)).subquery()
    query = (
        sa.select(made.c.commune_code, passes.c.event_id, passes.c.id, passes.c.name_key, households.c.phone)
        .select_from(made.join(passes, passes.c.id == made.c.id))
        .join(households, households.c.id == passes.c.household_id)
    )
    people = connection.execute(query).all()
    for start in range(0, len(people), _AT_ONCE):
        rows = [
            {"commune_code": one.commune_code, "event_id": one.event_id, "term": term, "pass_id": one.id}
            for one in people[start : start + _AT_ONCE]
            for term in _terms(one.name_key, one.phone)
        ]
        connection.execute(sa.insert(terms), rows)


def _terms(name_key: str, phone: str | None) -> set[str]:
    words = {word[:40] for word in name_key.split()}
    return words | ({"#" + ("0" + phone.removeprefix("+84"))[::-1][:39]} if phone else set())


def downgrade() -> None:
    op.drop_index("ix_pass_terms_pass_id_term", "pass_terms")
    op.drop_table("pass_terms")
    with op.batch_alter_table("passes", schema=None) as batch_op:
        batch_op.drop_column("changed_at")

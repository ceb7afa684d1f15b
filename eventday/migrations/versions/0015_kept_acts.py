"""Let the database itself refuse to change or drop an act of the log: a fault of ours, or somebody at a hole in it, cannot rewrite what was done.

Whoever owns the database can take the triggers away; then the chain of hashes tells (`audit verify`).
"""

from alembic import op

revision, down_revision = "0015", "0014"
_WORDS = "acts are only ever added"


def upgrade() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


_SQLITE = [
    f"CREATE TRIGGER audit_entries_no_{act} BEFORE {act} ON audit_entries BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END" for act in ("update", "delete")
]
_POSTGRESQL = [
    f"CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$",
    "CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay()",
]


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entries_no_{act}")
        return
    op.execute("DROP TRIGGER audit_entries_stay ON audit_entries")
    op.execute("DROP FUNCTION audit_entries_stay")

"""How Alembic reaches our database: through the app's own engine, one migrator at a time."""

from alembic import context
from sqlalchemy import text

from eventday.db import db
from eventday.sqlite import begins_to_write

_LOCK_NUMBER = 1010_2027


def run() -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": _LOCK_NUMBER})
            connection.commit()
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, transactional_ddl=True)
        with begins_to_write(), context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _LOCK_NUMBER})
            connection.commit()


run()

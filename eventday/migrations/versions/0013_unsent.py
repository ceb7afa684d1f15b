"""Keep how many scans a phone said still lie in it: what the figures lack is then known, not guessed."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0013", "0012"


def upgrade() -> None:
    op.add_column("devices", sa.Column("unsent", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("devices", "unsent")

"""An event may carry its title and story in English, for English pages.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

COLUMNS = ("title_en", "story_en")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("events", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("events", name)

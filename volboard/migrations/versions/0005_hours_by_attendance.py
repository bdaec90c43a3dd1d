"""Lines of the ledger by attendance, whatever their kind: the gate and the seals ask for them.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "hour_entries_attendance_index", "hour_entries", ["attendance_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("hour_entries_attendance_index", table_name="hour_entries")

"""A message knows until when it must have rung; pages and the list to call show it at once.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
URGENT = "('changed', 'cancelled', 'promoted', 'coming', 'cover')"
CALLS = "channel = 'telephone' AND state = 'waiting' AND attempts = 0"


def upgrade() -> None:
    time = TIME[op.get_bind().dialect.name]
    op.execute(f"ALTER TABLE messages ADD COLUMN ring_by {time}")
    op.execute(f"UPDATE messages SET ring_by = expires_at WHERE kind IN {URGENT}")
    op.execute(f"""UPDATE deliveries SET next_at =
    (SELECT m.created_at FROM messages m WHERE m.id = deliveries.message_id) WHERE {CALLS}""")
    op.drop_index("messages_person_index", "messages")
    op.create_index("messages_person_index", "messages", ["account_id", "created_at"])


def downgrade() -> None:
    op.drop_index("messages_person_index", "messages")
    op.create_index("messages_person_index", "messages", ["account_id", "due_at"])
    op.execute(f"""UPDATE deliveries SET next_at =
    (SELECT m.due_at FROM messages m WHERE m.id = deliveries.message_id) WHERE {CALLS}""")
    op.execute("ALTER TABLE messages DROP COLUMN ring_by")

"""A message knows until when it must have rung; an event, which shift its calendar counts from.

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
    op.execute("ALTER TABLE events ADD COLUMN first_shift_id INTEGER")
    op.execute("""UPDATE events SET first_shift_id = (SELECT s.id FROM shifts s
    WHERE s.event_id = events.id AND s.called_off_at IS NULL
    ORDER BY s.starts_at, s.id LIMIT 1) WHERE state <> 'draft'""")


def downgrade() -> None:
    op.execute("ALTER TABLE events DROP COLUMN first_shift_id")
    op.drop_index("messages_person_index", "messages")
    op.create_index("messages_person_index", "messages", ["account_id", "due_at"])
    op.execute(f"""UPDATE deliveries SET next_at =
    (SELECT m.due_at FROM messages m WHERE m.id = deliveries.message_id) WHERE {CALLS}""")
    op.execute("ALTER TABLE messages DROP COLUMN ring_by")

"""The outbox: what people are told, how it goes out, in whose words, and when nothing rings.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
WORDS = "VARCHAR DEFAULT '' NOT NULL"
COLUMNS = {
    "accounts": {"email": "VARCHAR", "email_confirmed_at": "{time}"},
    "communities": {
        "quiet_from": "INTEGER DEFAULT 1260 NOT NULL",
        "quiet_to": "INTEGER DEFAULT 480 NOT NULL CONSTRAINT quiet_hours_in_range"
        " CHECK (quiet_from BETWEEN 0 AND 1439 AND quiet_to BETWEEN 0 AND 1439)",
    },
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("path", sa.String(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("messages_account_id_exists")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("messages_community_id_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name=op.f("messages_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("messages_key")),
        sa.UniqueConstraint("key", name=op.f("messages_key_unique")),
    )  # fmt: skip
    op.create_index("messages_desk_index", "messages", ["community_id", "created_at"])
    op.create_index("messages_person_index", "messages", ["account_id", "due_at"])
    op.create_index("messages_subject_index", "messages", ["subject"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("(state = 'sending') = (taken_at IS NOT NULL)", name=op.f('taken_delivery_has_a_time')),
        sa.CheckConstraint("(state IN ('delivered', 'failed', 'dropped')) = (ended_at IS NOT NULL)", name=op.f('ended_delivery_has_a_time')),
        sa.CheckConstraint("channel IN ('email', 'webhook', 'group', 'telephone')", name=op.f('channel_known')),
        sa.CheckConstraint("state IN ('waiting', 'sending', 'delivered', 'unsure', 'failed', 'dropped')", name=op.f('delivery_state_known')),
        sa.CheckConstraint("attempts >= 0", name=op.f("attempts_not_negative")),
        sa.ForeignKeyConstraint(["ended_by"], ["accounts.id"], name=op.f("deliveries_ended_by_exists")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("deliveries_message_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("deliveries_key")),
        sa.UniqueConstraint("message_id", "channel", name="one_delivery_per_channel"),
    )  # fmt: skip
    op.create_index("deliveries_due_index", "deliveries", ["next_at"],
                    sqlite_where=sa.text("state IN ('waiting', 'sending')"), postgresql_where=sa.text("state IN ('waiting', 'sending')"))  # fmt: skip
    op.create_index("deliveries_stuck_index", "deliveries", ["next_at"],
                    sqlite_where=sa.text("state IN ('unsure', 'failed')"), postgresql_where=sa.text("state IN ('unsure', 'failed')"))  # fmt: skip
    op.create_table(
        "message_texts",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["accounts.id"], name=op.f("message_texts_changed_by_exists")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("message_texts_community_id_exists")),
        sa.PrimaryKeyConstraint("community_id", "kind", name=op.f("message_texts_key")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("message_texts")
    op.drop_table("deliveries")
    op.drop_table("messages")
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

"""The organizer's day: series, what a post asks of people, who is asked to help out, and seats
that pass from hand to hand.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
WORDS = "VARCHAR DEFAULT '' NOT NULL"
COLUMNS = {
    "events": {
        "series_id": "INTEGER CONSTRAINT events_series_id_exists REFERENCES series (id)",
        "series_day": "DATE",
    },
    "shifts": {
        "call_minutes": "INTEGER DEFAULT 0 NOT NULL CONSTRAINT call_minutes_in_range"
        " CHECK (call_minutes BETWEEN 0 AND 240)",
        "skill": WORDS,
        "ages": "VARCHAR DEFAULT 'any' NOT NULL CONSTRAINT shift_ages_known"
        " CHECK (ages IN ('any', 'with_adult', 'adults'))",
    },
    "signups": {"coming_asked_at": "{time}", "coming_said_at": "{time}"},
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rule IN ('weekly', 'monthly', 'lunar')", name=op.f('series_rule_known')),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("series_community_id_exists")),
        sa.ForeignKeyConstraint(["created_by"], ["accounts.id"], name=op.f("series_created_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("series_key")),
    )  # fmt: skip
    dialect = op.get_bind().dialect.name
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    op.create_index("one_event_per_series_day", "events", ["series_id", "series_day"], unique=True)
    op.create_table(
        "cover_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f('cover_answer_has_a_time')),
        sa.CheckConstraint("answer IN ('', 'yes', 'no')", name=op.f('cover_answer_known')),
        sa.ForeignKeyConstraint(["asked_by"], ["accounts.id"], name=op.f("cover_asks_asked_by_exists")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("cover_asks_shift_id_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name=op.f("cover_asks_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("cover_asks_key")),
        sa.UniqueConstraint("shift_id", "volunteer_id", name="one_ask_per_person"),
    )  # fmt: skip
    op.create_index("cover_asks_person_index", "cover_asks", ["volunteer_id", "asked_at"])
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name=op.f("taken_by_somebody")),
        sa.CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name=op.f("taken_or_withdrawn")),
        sa.ForeignKeyConstraint(["signup_id"], ["signups.id"], name=op.f("hand_overs_signup_id_exists")),
        sa.ForeignKeyConstraint(["taken_by"], ["volunteers.id"], name=op.f("hand_overs_taken_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("hand_overs_key")),
        sa.UniqueConstraint("secret_hash", name=op.f("hand_overs_secret_hash_unique")),
    )  # fmt: skip
    op.create_index("hand_overs_signup_id_index", "hand_overs", ["signup_id"])
    op.create_index("one_open_hand_over", "hand_overs", ["signup_id"], unique=True,
                    sqlite_where=sa.text("taken_at IS NULL AND withdrawn_at IS NULL"), postgresql_where=sa.text("taken_at IS NULL AND withdrawn_at IS NULL"))  # fmt: skip
    op.create_table(
        "calendar_feeds",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("calendar_feeds_account_id_exists")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("calendar_feeds_key")),
        sa.UniqueConstraint("secret_hash", name=op.f("calendar_feeds_secret_hash_unique")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("one_event_per_series_day", "events")
    op.drop_table("calendar_feeds")
    op.drop_table("hand_overs")
    op.drop_table("cover_asks")
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    op.drop_table("series")

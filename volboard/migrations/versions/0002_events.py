"""Events and shifts.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("festival", sa.String(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("safety", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cancel_reason", sa.String(), server_default="", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'cancelled' OR cancel_reason <> ''",
            name=op.f("cancelled_event_has_a_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'cancelled')",
            name=op.f("event_state_known"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("event_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("events_community_id_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("events_created_by_exists")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("events_team_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("events_key")),
    )
    op.create_index("events_board_index", "events", ["state", "ends_at"], unique=False)
    op.create_index("events_desk_index", "events", ["community_id", "starts_at"], unique=False)
    op.create_index("events_festival_index", "events", ["festival", "starts_at"], unique=False)
    op.create_table(
        "event_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["accounts.id"],
            name=op.f("event_changes_changed_by_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("event_changes_event_id_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("event_changes_key")),
    )
    op.create_index(
        op.f("event_changes_event_id_index"),
        "event_changes",
        ["event_id"],
        unique=False,
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("briefing", sa.String(), server_default="", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_notice", sa.Integer(), nullable=False),
        sa.Column("seated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waiting", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('service', 'participant')", name=op.f("shift_kind_known")),
        sa.CheckConstraint("cancel_notice >= 0", name=op.f("cancel_notice_not_negative")),
        sa.CheckConstraint("capacity BETWEEN 1 AND 5000", name=op.f("shift_capacity_in_range")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("shift_ends_after_it_starts")),
        sa.CheckConstraint(
            "minimum BETWEEN 0 AND capacity", name=op.f("shift_minimum_within_capacity")
        ),
        sa.CheckConstraint("seated BETWEEN 0 AND capacity", name=op.f("seated_within_capacity")),
        sa.CheckConstraint("waiting >= 0", name=op.f("waiting_not_negative")),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["accounts.id"], name=op.f("shifts_closed_by_exists")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("shifts_event_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("shifts_key")),
    )
    op.create_index("shifts_day_index", "shifts", ["starts_at"], unique=False)
    op.create_index("shifts_event_index", "shifts", ["event_id", "starts_at"], unique=False)


def downgrade() -> None:
    op.drop_table("shifts")
    op.drop_table("event_changes")
    op.drop_table("events")

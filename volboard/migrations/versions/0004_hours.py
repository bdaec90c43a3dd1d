"""Attendance and the append-only ledger.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN_HOURS = """
SELECT 1 FROM volunteers v WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.recorded_by
"""
REVERSAL_MISFITS = """
SELECT 1 FROM hour_entries e WHERE e.id = NEW.reverses
AND (e.volunteer_id <> NEW.volunteer_id OR e.attendance_id <> NEW.attendance_id
OR e.minutes <> -NEW.minutes OR e.kind = 'reversal')
"""
CORRECTION_MISFITS = """
SELECT 1 FROM hour_entries e WHERE e.id = NEW.replaces
AND (e.volunteer_id <> NEW.volunteer_id OR e.attendance_id <> NEW.attendance_id
OR e.kind = 'reversal' OR (NEW.minutes > e.minutes AND NEW.recorded_by = e.recorded_by)
OR NOT EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = e.id))
"""
"""More minutes need another person than the one who recorded the line."""
TAKEN = {
    "hour_entries": """e.id = NEW.id OR e.reverses = NEW.reverses OR e.replaces = NEW.replaces
    OR (NEW.kind = 'credit' AND e.kind = 'credit' AND e.attendance_id = NEW.attendance_id)""",
    "attendance_log": "e.id = NEW.id",
}
"""SQLite's REPLACE deletes the row in the way without a word to the DELETE trigger."""
APPEND_ONLY = ("hour_entries", "attendance_log")
SQLITE = (
    *(
        f"""CREATE TRIGGER {table}_append_only_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END"""
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"""CREATE TRIGGER {table}_append_only_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} e WHERE {taken})
        BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END"""
        for table, taken in TAKEN.items()
    ),
    f"""CREATE TRIGGER nobody_credits_themself BEFORE INSERT ON hour_entries
    WHEN NEW.kind <> 'reversal' BEGIN
    SELECT RAISE(ABORT, 'nobody_credits_themself') WHERE EXISTS ({OWN_HOURS}); END""",
    f"""CREATE TRIGGER reversal_fits_its_entry BEFORE INSERT ON hour_entries
    WHEN NEW.kind = 'reversal' BEGIN
    SELECT RAISE(ABORT, 'reversal_fits_its_entry') WHERE EXISTS ({REVERSAL_MISFITS}); END""",
    f"""CREATE TRIGGER correction_fits_its_entry BEFORE INSERT ON hour_entries
    WHEN NEW.kind = 'correction' BEGIN
    SELECT RAISE(ABORT, 'correction_fits_its_entry') WHERE EXISTS ({CORRECTION_MISFITS}); END""",
)
POSTGRESQL = (
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_row_change()"""
        for table in APPEND_ONLY
    ),
    f"""CREATE FUNCTION hour_entry_is_honest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.kind <> 'reversal' AND EXISTS ({OWN_HOURS}) THEN
      RAISE EXCEPTION 'nobody_credits_themself'
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
    IF NEW.kind = 'reversal' AND EXISTS ({REVERSAL_MISFITS}) THEN
      RAISE EXCEPTION 'reversal_fits_its_entry'
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
    IF NEW.kind = 'correction' AND EXISTS ({CORRECTION_MISFITS}) THEN
      RAISE EXCEPTION 'correction_fits_its_entry'
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER hour_entry_is_honest BEFORE INSERT ON hour_entries
    FOR EACH ROW EXECUTE FUNCTION hour_entry_is_honest()""",
    *(
        f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change()"""
        for table in APPEND_ONLY
    ),
)


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_by", sa.Integer(), nullable=True),
        sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_out_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'left') = (checked_out_at IS NOT NULL)",
            name=op.f("left_has_a_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('present', 'left')) = (checked_in_at IS NOT NULL)",
            name=op.f("present_has_a_time"),
        ),
        sa.CheckConstraint(
            "state IN ('present', 'left', 'absent', 'undone')",
            name=op.f("attendance_state_known"),
        ),
        sa.CheckConstraint("checked_out_at >= checked_in_at", name=op.f("out_after_in")),
        sa.ForeignKeyConstraint(
            ["checked_in_by"],
            ["accounts.id"],
            name=op.f("attendances_checked_in_by_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_out_by"],
            ["accounts.id"],
            name=op.f("attendances_checked_out_by_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("attendances_shift_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("attendances_volunteer_id_exists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attendances_key")),
        sa.UniqueConstraint("shift_id", "volunteer_id", name="one_attendance_per_person"),
    )
    op.create_index("attendances_person_index", "attendances", ["volunteer_id"], unique=False)
    op.create_table(
        "attendance_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendances.id"],
            name=op.f("attendance_log_attendance_id_exists"),
        ),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("attendance_log_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_log_key")),
    )
    op.create_index(
        op.f("attendance_log_attendance_id_index"),
        "attendance_log",
        ["attendance_id"],
        unique=False,
    )
    create_hour_entries()
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def create_hour_entries() -> None:
    """The ledger as it was; going down from 0009 builds it again."""
    op.create_table(
        "hour_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("served_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("served_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'correction') = (replaces IS NOT NULL)",
            name=op.f("correction_names_its_entry"),
        ),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses IS NOT NULL)",
            name=op.f("reversal_names_its_entry"),
        ),
        sa.CheckConstraint(
            "CASE WHEN kind = 'reversal' THEN minutes < 0 ELSE minutes > 0 END",
            name=op.f("entry_sign_fits_its_kind"),
        ),
        sa.CheckConstraint("kind = 'credit' OR reason <> ''", name=op.f("correction_has_a_reason")),
        sa.CheckConstraint(
            "kind IN ('credit', 'reversal', 'correction')",
            name=op.f("entry_kind_known"),
        ),
        sa.CheckConstraint("minutes <= planned_minutes", name=op.f("credited_within_planned")),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendances.id"],
            name=op.f("hour_entries_attendance_id_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("hour_entries_community_id_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts.id"],
            name=op.f("hour_entries_recorded_by_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces"], ["hour_entries.id"], name=op.f("hour_entries_replaces_exists")
        ),
        sa.ForeignKeyConstraint(
            ["reverses"], ["hour_entries.id"], name=op.f("hour_entries_reverses_exists")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by"], ["accounts.id"], name=op.f("hour_entries_seen_by_exists")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("hour_entries_shift_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("hour_entries_volunteer_id_exists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("hour_entries_key")),
    )
    op.create_index(
        "hour_entries_person_index",
        "hour_entries",
        ["volunteer_id", "served_from"],
        unique=False,
    )
    op.create_index("hour_entries_shift_index", "hour_entries", ["shift_id"], unique=False)
    op.create_index(
        "one_credit_per_attendance",
        "hour_entries",
        ["attendance_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'credit'"),
        postgresql_where=sa.text("kind = 'credit'"),
    )
    op.create_index("one_replacement_per_entry", "hour_entries", ["replaces"], unique=True)
    op.create_index("one_reversal_per_entry", "hour_entries", ["reverses"], unique=True)


def downgrade() -> None:
    op.drop_table("hour_entries")
    op.drop_table("attendance_log")
    op.drop_table("attendances")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION hour_entry_is_honest()")

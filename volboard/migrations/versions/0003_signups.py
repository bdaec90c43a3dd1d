"""Signups, with the triggers that count seats and forbid overlaps.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The seats and the queue of a shift, counted where nothing can forget it. The CHECK
# `seated_within_capacity` on shifts then refuses the signup that would oversell.
COUNT = """
UPDATE shifts SET
  seated = seated + (CASE WHEN {new} = 'seated' THEN 1 ELSE 0 END)
                  - (CASE WHEN {old} = 'seated' THEN 1 ELSE 0 END),
  waiting = waiting + (CASE WHEN {new} = 'waiting' THEN 1 ELSE 0 END)
                    - (CASE WHEN {old} = 'waiting' THEN 1 ELSE 0 END)
WHERE id = {shift};
"""
OTHER_SEAT = """
SELECT 1 FROM signups other
JOIN shifts theirs ON theirs.id = other.shift_id
JOIN shifts mine ON mine.id = NEW.shift_id
WHERE other.volunteer_id = NEW.volunteer_id AND other.state = 'seated'
  AND other.shift_id <> NEW.shift_id
  AND theirs.starts_at < mine.ends_at AND mine.starts_at < theirs.ends_at
"""
MOVED_ONTO_ANOTHER = """
SELECT 1 FROM signups mine
JOIN signups other ON other.volunteer_id = mine.volunteer_id AND other.shift_id <> mine.shift_id
JOIN shifts theirs ON theirs.id = other.shift_id
WHERE mine.shift_id = NEW.id AND mine.state = 'seated' AND other.state = 'seated'
  AND theirs.starts_at < NEW.ends_at AND NEW.starts_at < theirs.ends_at
"""
SQLITE = (
    f"""CREATE TRIGGER signups_counted_insert AFTER INSERT ON signups BEGIN
    {COUNT.format(new="NEW.state", old="''", shift="NEW.shift_id")} END""",
    f"""CREATE TRIGGER signups_counted_update AFTER UPDATE OF state ON signups BEGIN
    {COUNT.format(new="NEW.state", old="OLD.state", shift="NEW.shift_id")} END""",
    f"""CREATE TRIGGER signups_counted_delete AFTER DELETE ON signups BEGIN
    {COUNT.format(new="''", old="OLD.state", shift="OLD.shift_id")} END""",
    f"""CREATE TRIGGER no_overlapping_seats_insert BEFORE INSERT ON signups
    WHEN NEW.state = 'seated' BEGIN
    SELECT RAISE(ABORT, 'no_overlapping_seats') WHERE EXISTS ({OTHER_SEAT}); END""",
    f"""CREATE TRIGGER no_overlapping_seats_update BEFORE UPDATE OF state ON signups
    WHEN NEW.state = 'seated' BEGIN
    SELECT RAISE(ABORT, 'no_overlapping_seats') WHERE EXISTS ({OTHER_SEAT}); END""",
    f"""CREATE TRIGGER no_overlapping_seats_moved BEFORE UPDATE OF starts_at, ends_at ON shifts
    BEGIN SELECT RAISE(ABORT, 'no_overlapping_seats') WHERE EXISTS ({MOVED_ONTO_ANOTHER}); END""",
    """CREATE TRIGGER signups_stay_put BEFORE UPDATE OF shift_id, volunteer_id ON signups
    BEGIN SELECT RAISE(ABORT, 'signups_stay_put'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION signups_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN {COUNT.format(new="NEW.state", old="''", shift="NEW.shift_id")}
    ELSIF TG_OP = 'UPDATE' THEN
      {COUNT.format(new="NEW.state", old="OLD.state", shift="NEW.shift_id")}
    ELSE {COUNT.format(new="''", old="OLD.state", shift="OLD.shift_id")} END IF;
    RETURN NULL; END $$""",
    """CREATE TRIGGER signups_counted AFTER INSERT OR DELETE OR UPDATE OF state ON signups
    FOR EACH ROW EXECUTE FUNCTION signups_counted()""",
    f"""CREATE FUNCTION no_overlapping_seats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS ({OTHER_SEAT}) THEN RAISE EXCEPTION 'no_overlapping_seats'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER no_overlapping_seats BEFORE INSERT OR UPDATE OF state ON signups
    FOR EACH ROW WHEN (NEW.state = 'seated') EXECUTE FUNCTION no_overlapping_seats()""",
    f"""CREATE FUNCTION no_overlapping_move() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS ({MOVED_ONTO_ANOTHER}) THEN RAISE EXCEPTION 'no_overlapping_seats'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER no_overlapping_move BEFORE UPDATE OF starts_at, ends_at ON shifts
    FOR EACH ROW EXECUTE FUNCTION no_overlapping_move()""",
    """CREATE FUNCTION refuse_row_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER signups_stay_put BEFORE UPDATE OF shift_id, volunteer_id ON signups
    FOR EACH ROW EXECUTE FUNCTION refuse_row_change()""",
)


def upgrade() -> None:
    op.create_table(
        "signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("jump_reason", sa.String(), nullable=True),
        sa.Column("jumped_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (ended_at IS NOT NULL)",
            name=op.f("cancelled_signup_has_an_end"),
        ),
        sa.CheckConstraint(
            "state IN ('seated', 'waiting', 'cancelled')",
            name=op.f("signup_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("signups_ended_by_exists")
        ),
        sa.ForeignKeyConstraint(
            ["jumped_by"], ["accounts.id"], name=op.f("signups_jumped_by_exists")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("signups_made_by_exists")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("signups_shift_id_exists")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("signups_volunteer_id_exists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("signups_key")),
    )
    op.create_index(
        "one_live_signup_per_person",
        "signups",
        ["shift_id", "volunteer_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index("signups_person_index", "signups", ["volunteer_id", "state"], unique=False)
    op.create_index("signups_queue_index", "signups", ["shift_id", "state", "id"], unique=False)

    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER no_overlapping_seats_moved")
        op.drop_table("signups")
        return
    op.drop_table("signups")
    op.execute("DROP TRIGGER no_overlapping_move ON shifts")
    for name in ("signups_counted", "no_overlapping_seats", "no_overlapping_move"):
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP FUNCTION refuse_row_change()")

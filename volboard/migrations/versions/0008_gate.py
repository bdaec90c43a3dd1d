"""The gate at full size: breaks, presses from phones that were offline, arrivals by the printed
code, excuses, thanks, and what a community decides for itself.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
WORDS = "VARCHAR DEFAULT '' NOT NULL"
COLUMNS = {
    "attendances": {
        "excused_at": "{time}",
        "excused_by": "INTEGER CONSTRAINT attendances_excused_by_exists REFERENCES accounts (id)",
        "excuse": WORDS,
        "answer": WORDS,
        "answered_at": "{time}",
    },
    "attendance_log": {
        "seen_by": "INTEGER CONSTRAINT attendance_log_seen_by_exists REFERENCES accounts (id)",
        "how": WORDS,
        "device": WORDS,
        "nonce": "VARCHAR",
        "received_at": "{time}",
        "clock_skew": "INTEGER DEFAULT 0 NOT NULL",
        "said_at": "{time}",
        "flag": WORDS,
    },
    "communities": {
        "in_charge": WORDS,
        "star_ladder": "VARCHAR DEFAULT '100,300,600,1000,1500' NOT NULL",
        "star_notice_days": "INTEGER DEFAULT 7 NOT NULL CONSTRAINT star_notice_in_range"
        " CHECK (star_notice_days BETWEEN 0 AND 60)",
        "night_percent": "INTEGER DEFAULT 0 NOT NULL CONSTRAINT night_percent_in_range"
        " CHECK (night_percent BETWEEN 0 AND 100)",
        "night_from": "INTEGER DEFAULT 1320 NOT NULL",
        "night_to": "INTEGER DEFAULT 360 NOT NULL CONSTRAINT night_is_a_window"
        " CHECK (night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439"
        " AND night_from <> night_to)",
        "absence_rule": "VARCHAR DEFAULT 'nothing' NOT NULL CONSTRAINT absence_rule_known"
        " CHECK (absence_rule IN ('nothing', 'note', 'pause'))",
        "absence_limit": "INTEGER DEFAULT 3 NOT NULL CONSTRAINT absence_limit_in_range"
        " CHECK (absence_limit BETWEEN 1 AND 20)",
        "pause_days": "INTEGER DEFAULT 30 NOT NULL CONSTRAINT pause_days_in_range"
        " CHECK (pause_days BETWEEN 1 AND 365)",
    },
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""

ODD_PRESSES = {"odd_presses_index": "flag <> ''", "paper_presses_index": "how = 'paper'"}
SEAT = "who_comes_has_a_seat_again"
NO_SEAT = """NOT EXISTS (SELECT 1 FROM signups p WHERE p.shift_id = NEW.shift_id
AND p.volunteer_id = NEW.volunteer_id AND p.state = 'seated')"""
CAME = "NEW.state IN ({states}) AND OLD.state NOT IN ('present', 'left')"
GUARD = "nobody_checks_in_themself"
OWN = """EXISTS (SELECT 1 FROM volunteers v
WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.checked_in_by)"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    op.create_index("one_press_per_nonce", "attendance_log", ["nonce"], unique=True)
    for name, where in ODD_PRESSES.items():
        op.create_index(name, "attendance_log", ["at"], sqlite_where=sa.text(where),
                        postgresql_where=sa.text(where))  # fmt: skip
    create_tables()
    guard_seats("'present', 'left'", dialect)
    for number, moment in enumerate(("INSERT", "UPDATE OF checked_in_by")):
        name = GUARD + ("_again" if number else "")
        if dialect == "sqlite":
            op.execute(f"""CREATE TRIGGER {name} BEFORE {moment} ON attendances
            WHEN NEW.checked_in_by IS NOT NULL BEGIN
            SELECT RAISE(ABORT, '{GUARD}') WHERE {OWN}; END""")
            continue
        op.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {OWN} THEN RAISE EXCEPTION '{GUARD}'
          USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN NEW; END $$""")
        op.execute(f"""CREATE TRIGGER {name} BEFORE {moment} ON attendances FOR EACH ROW
        WHEN (NEW.checked_in_by IS NOT NULL) EXECUTE FUNCTION {name}()""")


def guard_seats(states: str, dialect: str) -> None:
    """Ask for a seat also of somebody whose coming and going arrive at once."""
    before, when = f"{SEAT} BEFORE UPDATE OF state ON attendances", CAME.format(states=states)
    if dialect == "sqlite":
        op.execute(f"DROP TRIGGER {SEAT}")
        op.execute(f"""CREATE TRIGGER {before} WHEN {when} BEGIN
        SELECT RAISE(ABORT, '{SEAT}') WHERE {NO_SEAT}; END""")
        return
    op.execute(f"DROP TRIGGER {SEAT} ON attendances")
    op.execute(f"CREATE TRIGGER {before} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {SEAT}()")


def create_tables() -> None:
    op.create_table(
        "attendance_breaks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_by", sa.Integer(), nullable=False),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("back_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("back_at >= left_at", name=op.f("back_after_left")),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"],
                                name=op.f("attendance_breaks_attendance_id_exists")),
        sa.ForeignKeyConstraint(["left_by"], ["accounts.id"],
                                name=op.f("attendance_breaks_left_by_exists")),
        sa.ForeignKeyConstraint(["back_by"], ["accounts.id"],
                                name=op.f("attendance_breaks_back_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("attendance_breaks_key")),
    )  # fmt: skip
    op.create_index("attendance_breaks_attendance_id_index", "attendance_breaks", ["attendance_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)",
                           name=op.f("decided_arrival_has_a_time")),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'dismissed')",
                           name=op.f("arrival_state_known")),
        sa.ForeignKeyConstraint(["claimed_by"], ["accounts.id"],
                                name=op.f("arrivals_claimed_by_exists")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"],
                                name=op.f("arrivals_decided_by_exists")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("arrivals_shift_id_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"],
                                name=op.f("arrivals_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("arrivals_key")),
    )  # fmt: skip
    op.create_index("one_open_arrival_per_person", "arrivals", ["shift_id", "volunteer_id"],
                    unique=True, sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("thanked_by", sa.Integer(), nullable=False),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("thanks_has_words")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("thanks_shift_id_exists")),
        sa.ForeignKeyConstraint(["thanked_by"], ["accounts.id"],
                                name=op.f("thanks_thanked_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("thanks_key")),
        sa.UniqueConstraint("shift_id", "thanked_by", name="one_thanks_per_account"),
    )  # fmt: skip
    op.create_table(
        "pauses",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"],
                                name=op.f("pauses_community_id_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"],
                                name=op.f("pauses_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("volunteer_id", "community_id", name=op.f("pauses_key")),
    )  # fmt: skip


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in (GUARD, GUARD + "_again"):
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP FUNCTION {name}() CASCADE")
    guard_seats("'present'", op.get_bind().dialect.name)
    for table in ("pauses", "thanks", "arrivals", "attendance_breaks"):
        op.drop_table(table)
    for name in ("one_press_per_nonce", *ODD_PRESSES):
        op.drop_index(name, "attendance_log")
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

"""A line rests on two: who stands for a presence, who is known to whom, what waits for another
person, and when a shift's times became public.

Revision ID: 0014
Revises: 0013
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
COLUMNS = {
    "shifts": {
        "announced_at": "{time}",
        "announced_by": "INTEGER CONSTRAINT shifts_announced_by_exists REFERENCES accounts (id)",
    },
    "communities": {
        "longest_shift": "INTEGER DEFAULT 720 NOT NULL CONSTRAINT longest_shift_in_range"
        " CHECK (longest_shift BETWEEN 60 AND 1440)",
    },
    "hour_entries": {"witness_digest": "VARCHAR DEFAULT '' NOT NULL"},
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""
KNOWN_BEFORE = """INSERT INTO sightings (volunteer_id, organizer_id, first_at, last_at)
SELECT volunteer_id, NULL, MIN(checked_in_at), MAX(checked_in_at) FROM attendances
WHERE checked_in_at IS NOT NULL AND how <> 'venue' GROUP BY volunteer_id"""


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


SAME = """e.volunteer_id = NEW.volunteer_id AND e.shift_id = NEW.shift_id
AND e.attendance_id IS NOT DISTINCT FROM NEW.attendance_id
AND e.make_up_id IS NOT DISTINCT FROM NEW.make_up_id AND e.kind <> 'reversal'"""
MORE = """NEW.minutes > e.minutes
OR NEW.minutes + NEW.extra_minutes > e.minutes + e.extra_minutes"""
# Who recorded, saw, pressed, closed, stands for, asked for or decided anything that the line
# rests on; the reversal that belongs to this correction is the corrector's own.
HAND = """EXISTS (SELECT 1 FROM hour_entries h
  WHERE (h.attendance_id = NEW.attendance_id OR h.make_up_id = NEW.make_up_id)
  AND h.reverses IS DISTINCT FROM NEW.replaces
  AND NEW.recorded_by IN (h.recorded_by, h.seen_by))
OR EXISTS (SELECT 1 FROM attendance_log l WHERE l.attendance_id = NEW.attendance_id
  AND NEW.recorded_by IN (l.by, COALESCE(l.seen_by, 0)))
OR EXISTS (SELECT 1 FROM presence_witnesses w WHERE w.attendance_id = NEW.attendance_id
  AND w.account_id = NEW.recorded_by)
OR EXISTS (SELECT 1 FROM shifts c WHERE c.id = NEW.shift_id AND c.closed_by = NEW.recorded_by)
OR EXISTS (SELECT 1 FROM make_ups m WHERE m.id = NEW.make_up_id
  AND NEW.recorded_by IN (m.asked_by, COALESCE(m.decided_by, 0)))"""
BEFORE_0014 = f"""NOT EXISTS (SELECT 1 FROM hour_entries e WHERE e.id = NEW.replaces
AND {SAME} AND (NEW.recorded_by <> e.recorded_by OR NOT ({MORE}))
AND EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = e.id))"""
CORRECTION_MISFITS = f"""NOT EXISTS (SELECT 1 FROM hour_entries e WHERE e.id = NEW.replaces
AND {SAME} AND (NOT ({MORE}) OR NOT ({HAND}))
AND EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = e.id))"""
# What the household's own phone said after a code of the desk had opened its account counts only
# once another organizer than the one who handed it out has seen one of them.
BY_A_DESK_CODE = """EXISTS (SELECT 1 FROM desk_codes d
  WHERE d.account_id = w.account_id AND d.used_at <= w.at AND NOT EXISTS (
    SELECT 1 FROM sightings s JOIN volunteers h ON h.id = s.volunteer_id
    WHERE h.account_id = d.account_id AND s.last_at > d.used_at
    AND (s.organizer_id IS NULL OR s.organizer_id <> d.issued_by)))"""
WITNESSES = "presence_witnesses w WHERE w.attendance_id = NEW.attendance_id"
COUNTS = f"(w.role = 'organizer' OR NOT {BY_A_DESK_CODE})"
TOO_FEW = f"(SELECT COUNT(DISTINCT w.account_id) FROM {WITNESSES} AND {COUNTS}) < 2"
UNKNOWN = f"""((SELECT COUNT(DISTINCT w.account_id) FROM {WITNESSES} AND w.role = 'organizer') < 2
AND NOT EXISTS (SELECT 1 FROM sightings s WHERE s.volunteer_id = NEW.volunteer_id
  AND (s.organizer_id IS NULL OR NOT EXISTS (SELECT 1 FROM {WITNESSES}
    AND w.role = 'organizer' AND w.account_id = s.organizer_id))))"""
LATE = f"""(EXISTS (SELECT 1 FROM {WITNESSES} AND w.late_minutes > 360)
AND NOT EXISTS (SELECT 1 FROM {WITNESSES} AND w.sign = 'confirmed' AND {COUNTS}))"""
LENGTH = {
    "sqlite": "(unixepoch(p.ends_at) - unixepoch(p.starts_at)) / 60",
    "postgresql": "EXTRACT(EPOCH FROM p.ends_at - p.starts_at) / 60",
}
SUDDEN = """EXISTS (SELECT 1 FROM shifts p JOIN events f ON f.id = p.event_id
  JOIN communities c ON c.id = f.community_id WHERE p.id = NEW.shift_id
  AND (p.announced_at >= p.starts_at
    OR (p.announced_at IS NOT NULL AND {length} > c.longest_shift))
  AND NOT EXISTS (SELECT 1 FROM {witnesses} AND w.role = 'organizer'
    AND w.account_id <> p.announced_by))"""
# Lines of this person that hold and rest on the one organizer of the new line, of whom any thirty
# days around it hold more than twelve hours with it.
ONE = "(SELECT COUNT(DISTINCT w.account_id) FROM {of} AND w.role = 'organizer')"
WITHIN_THIRTY_DAYS = {
    "sqlite": "unixepoch({later}) - unixepoch({earlier}) < 2592000",
    "postgresql": "{later} - {earlier} < INTERVAL '30 days'",
}
ALONE = """{e}.volunteer_id = NEW.volunteer_id AND {e}.kind <> 'reversal'
  AND NOT EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = {e}.id)
  AND EXISTS (SELECT 1 FROM presence_witnesses w
    JOIN presence_witnesses o ON o.account_id = w.account_id AND o.role = 'organizer'
    WHERE o.attendance_id = NEW.attendance_id AND w.attendance_id = {e}.attendance_id
    AND w.role = 'organizer' AND ({e}.kind = 'credit' OR {e}.recorded_by = w.account_id))
  AND {one_of_theirs} = 1"""
BEYOND_THE_CAP = """({one_of_its_own} = 1 AND (EXISTS (
  SELECT 1 FROM hour_entries s WHERE s.served_from <= NEW.served_from AND {begins} AND {alone_s}
    AND NEW.minutes + (SELECT SUM(e.minutes) FROM hour_entries e
      WHERE e.served_from >= s.served_from AND {follows} AND {alone_e}) > 720)
  OR NEW.minutes + COALESCE((SELECT SUM(e.minutes) FROM hour_entries e
      WHERE e.served_from >= NEW.served_from AND {after} AND {alone_e}), 0) > 720))"""
OWN = """EXISTS (SELECT 1 FROM attendances a JOIN volunteers v ON v.id = a.volunteer_id
WHERE a.id = NEW.attendance_id AND v.account_id = NEW.account_id)"""
SOMEBODY_ELSE = f"({OWN}) <> (NEW.role = 'volunteer')"
NO_PRESS = """NEW.sign = 'press' AND NOT EXISTS (SELECT 1 FROM attendance_log l
WHERE l.attendance_id = NEW.attendance_id AND l.by = NEW.account_id
AND l.action IN ('in', 'out', 'back'))"""
OWN_PRESS = """NEW.sign = 'confirmed' AND NEW.role = 'organizer'
AND EXISTS (SELECT 1 FROM presence_witnesses w WHERE w.attendance_id = NEW.attendance_id
AND w.account_id = NEW.account_id AND w.sign = 'press')"""
CREDITED = "EXISTS (SELECT 1 FROM hour_entries e WHERE e.attendance_id = {row}.attendance_id)"
NOT_SEEN = """NOT EXISTS (SELECT 1 FROM attendance_log l
JOIN attendances a ON a.id = l.attendance_id
WHERE a.volunteer_id = NEW.volunteer_id AND l.action = 'in' AND l.by = NEW.organizer_id)
OR EXISTS (SELECT 1 FROM volunteers v
WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.organizer_id)"""
FREEZE = "witnesses_stay"


def beyond_the_cap(dialect: str) -> str:
    near = WITHIN_THIRTY_DAYS[dialect]
    theirs = {row: ONE.format(of=f"presence_witnesses w WHERE w.attendance_id = {row}.attendance_id")
              for row in "se"}  # fmt: skip
    return BEYOND_THE_CAP.format(
        one_of_its_own=ONE.format(of=WITNESSES),
        begins=near.format(later="NEW.served_from", earlier="s.served_from"),
        follows=near.format(later="e.served_from", earlier="s.served_from"),
        after=near.format(later="e.served_from", earlier="NEW.served_from"),
        **{f"alone_{row}": ALONE.format(e=row, one_of_theirs=theirs[row]) for row in "se"},
    )


def guards(dialect: str) -> Iterator[Guard]:
    credit, witnesses = "NEW.kind = 'credit'", "presence_witnesses"
    sudden = SUDDEN.format(length=LENGTH[dialect], witnesses=WITNESSES)
    yield Guard("minutes_rest_on_two_witnesses", "INSERT", "hour_entries", credit,
                f"{TOO_FEW} OR {UNKNOWN}")  # fmt: skip
    yield Guard("one_organizer_gives_twelve_hours", "INSERT", "hour_entries", credit,
                beyond_the_cap(dialect))  # fmt: skip
    yield Guard("late_evidence_is_confirmed", "INSERT", "hour_entries", credit, LATE)
    yield Guard("sudden_shift_takes_another", "INSERT", "hour_entries", credit, sudden)
    yield Guard("witness_is_who_it_says", "INSERT", witnesses, "1 = 1",
                f"{SOMEBODY_ELSE} OR ({NO_PRESS})")  # fmt: skip
    yield Guard("nobody_confirms_their_own_press", "INSERT", witnesses, "1 = 1", OWN_PRESS)
    yield Guard("witness_stays_itself", "UPDATE", witnesses, "1 = 1", "1 = 1")
    yield Guard(FREEZE, "INSERT", witnesses, "1 = 1", CREDITED.format(row="NEW"))
    yield Guard(f"{FREEZE}_after", "DELETE", witnesses, "1 = 1", CREDITED.format(row="OLD"))
    yield Guard("sighting_was_made", "INSERT", "sightings", "1 = 1",
                f"NEW.organizer_id IS NULL OR {NOT_SEEN}")  # fmt: skip
    yield Guard("credited_stays_credited", "UPDATE", "unconfirmed",
                "OLD.state = 'credited'", "1 = 1")  # fmt: skip
    yield Guard("credited_has_its_line", "UPDATE", "unconfirmed", "NEW.state = 'credited'",
                "NOT " + CREDITED.format(row="NEW"))  # fmt: skip


def install(guard: Guard, dialect: str) -> None:
    before = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
    if dialect == "sqlite":
        op.execute(f"""{before} WHEN {guard.when} BEGIN
        SELECT RAISE(ABORT, '{guard.name}') WHERE {guard.wrong}; END""")
        return
    kept = "OLD" if guard.moment == "DELETE" else "NEW"
    op.execute(f"""CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {guard.wrong} THEN RAISE EXCEPTION '{guard.name}'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN {kept}; END $$""")
    op.execute(f"{before} FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()")


def remove(name: str, dialect: str) -> None:
    op.execute(f"DROP TRIGGER {name}" if dialect == "sqlite" else f"DROP FUNCTION {name}() CASCADE")


def correction(wrong: str) -> Guard:
    return Guard("correction_fits_its_entry", "INSERT", "hour_entries",
                 "NEW.kind = 'correction'", wrong)  # fmt: skip


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    create_tables()
    op.execute(KNOWN_BEFORE)
    remove("correction_fits_its_entry", dialect)
    for guard in (correction(CORRECTION_MISFITS), *guards(dialect)):
        install(guard, dialect)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for name in ("correction_fits_its_entry", *(guard.name for guard in guards(dialect))):
        remove(name, dialect)
    for table in ("unconfirmed", "presence_witnesses", "sightings"):
        op.drop_table(table)
    install(correction(BEFORE_0014), dialect)
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def instant(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def words(name: str, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.String(), server_default=default, nullable=False)


def references(table: str, **columns: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column, other in columns.items():
        yield sa.ForeignKeyConstraint([column], [f"{other}.id"],
                                      name=op.f(f"{table}_{column}_exists"))  # fmt: skip


CHECKS = {
    "sightings": {"sighting_last_after_first": "last_at >= first_at"},
    "presence_witnesses": {
        "witness_role_known": "role IN ('organizer', 'volunteer')",
        "witness_sign_known": "sign IN ('press', 'code', 'venue', 'wall_code', 'signup', 'coming',"
        " 'confirmed')",
        "witness_sign_fits_its_role": "(role = 'organizer' AND sign IN ('press', 'confirmed'))"
        " OR (role = 'volunteer' AND sign <> 'press')",
        "late_not_negative": "late_minutes >= 0",
    },
    "unconfirmed": {
        "unconfirmed_state_known": "state IN ('waiting', 'credited', 'refused')",
        "settled_unconfirmed_has_a_time": "(state = 'waiting') = (settled_at IS NULL)",
        "refused_with_a_word": "state <> 'refused' OR (settled_by IS NOT NULL AND answer <> '')",
        "asked_again_with_a_word": "(asked_again_at IS NULL) = (objection = '')",
        "unconfirmed_has_minutes": "minutes > 0",
        "unconfirmed_lacks_something": "lacks <> ''",
    },
}


def checks(table: str) -> Iterator[sa.CheckConstraint]:
    for name, text in CHECKS[table].items():
        yield sa.CheckConstraint(text, name=op.f(name))


def create_tables() -> None:
    create_sightings()
    op.create_table(
        "presence_witnesses",
        number("id"), number("attendance_id"), number("account_id"), words("role"),
        words("sign"), instant("at"),
        sa.Column("late_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        *checks("presence_witnesses"),
        *references("presence_witnesses", attendance_id="attendances", account_id="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("presence_witnesses_key")),
        sa.UniqueConstraint("attendance_id", "account_id", "sign", name="one_sign_per_witness"),
    )  # fmt: skip
    op.create_table(
        "unconfirmed",
        number("id"), number("attendance_id"), number("volunteer_id"), number("community_id"),
        number("shift_id"), number("minutes"), number("planned_minutes"), instant("served_from"),
        instant("served_to"), words("breaks", ""), words("rule", ""), words("how"),
        number("seen_by"), instant("seen_at"), words("device"), number("closed_by"),
        words("lacks"), instant("since"), words("state", "waiting"),
        instant("settled_at", nullable=True), number("settled_by", nullable=True),
        words("answer", ""), instant("asked_again_at", nullable=True), words("objection", ""),
        *checks("unconfirmed"),
        *references("unconfirmed", attendance_id="attendances", volunteer_id="volunteers",
                    community_id="communities", shift_id="shifts", seen_by="accounts",
                    closed_by="accounts", settled_by="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("unconfirmed_key")),
        sa.UniqueConstraint("attendance_id", name=op.f("unconfirmed_attendance_id_unique")),
    )  # fmt: skip
    for name, columns in {
        "unconfirmed_desk_index": ["community_id", "state", "since"],
        "unconfirmed_waiting_index": ["state", "since"],
        "unconfirmed_person_index": ["volunteer_id", "state"],
        "unconfirmed_shift_index": ["shift_id"],
    }.items():
        op.create_index(name, "unconfirmed", columns)


def create_sightings() -> None:
    op.create_table(
        "sightings",
        number("id"), number("volunteer_id"), number("organizer_id", nullable=True),
        instant("first_at"), instant("last_at"),
        *checks("sightings"),
        *references("sightings", volunteer_id="volunteers", organizer_id="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("sightings_key")),
    )  # fmt: skip
    op.create_index("sightings_volunteer_id_index", "sightings", ["volunteer_id"])
    for name, columns, where in (
        ("one_sighting_per_organizer", ["volunteer_id", "organizer_id"],
         sa.text("organizer_id IS NOT NULL")),
        ("one_sighting_from_before", ["volunteer_id"], sa.text("organizer_id IS NULL")),
    ):  # fmt: skip
        op.create_index(name, "sightings", columns, unique=True, sqlite_where=where,
                        postgresql_where=where)  # fmt: skip

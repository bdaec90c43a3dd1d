"""What the books may not say, whoever writes them: a seat out of turn, a place given back under
somebody who came, and a line of the ledger that no presence bears.

Revision ID: 0006
Revises: 0005
"""

from collections.abc import Iterator
from typing import NamedTuple

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


# A jump keeps its reason and who decided it; without both the first in line comes first.
OUT_OF_TURN = """EXISTS (SELECT 1 FROM signups ahead WHERE ahead.shift_id = NEW.shift_id
AND ahead.state = 'waiting' AND {ahead})
AND (NEW.jump_reason IS NULL OR trim(NEW.jump_reason) = '' OR NEW.jumped_by IS NULL)"""
# Whoever calls a shift off ends all its places, also of those who came early.
CAME = """EXISTS (SELECT 1 FROM attendances a JOIN shifts s ON s.id = a.shift_id
WHERE a.shift_id = NEW.shift_id AND a.volunteer_id = NEW.volunteer_id
AND a.state IN ('present', 'left') AND s.called_off_at IS NULL)"""
NO_SEAT = """NOT EXISTS (SELECT 1 FROM signups p WHERE p.shift_id = NEW.shift_id
AND p.volunteer_id = NEW.volunteer_id AND p.state = 'seated')"""
# A credit stays within what the gate saw, a correction within the shift.
NO_PRESENCE = """NOT EXISTS (SELECT 1 FROM attendances a
JOIN shifts s ON s.id = a.shift_id JOIN events e ON e.id = s.event_id
WHERE a.id = NEW.attendance_id AND a.volunteer_id = NEW.volunteer_id
AND a.shift_id = NEW.shift_id AND e.community_id = NEW.community_id
AND a.state IN ('present', 'left') AND a.checked_in_by = NEW.seen_by
AND a.checked_in_at = NEW.seen_at AND s.kind = 'service'
AND s.called_off_at IS NULL AND e.state = 'published' AND s.closed_at IS NOT NULL
AND NEW.served_from >= s.starts_at AND NEW.served_to <= s.ends_at
AND (NEW.kind <> 'credit' OR (NEW.served_from >= a.checked_in_at
  AND NEW.served_to <= COALESCE(a.checked_out_at, s.closed_at))))"""
TOO_MANY = {
    "sqlite": "NEW.minutes * 60 > unixepoch(NEW.served_to) - unixepoch(NEW.served_from)",
    "postgresql": "NEW.minutes * 60 > EXTRACT(EPOCH FROM NEW.served_to - NEW.served_from)",
}


def guards(dialect: str) -> Iterator[Guard]:
    seated, counts = "NEW.state = 'seated'", "NEW.kind <> 'reversal'"
    yield Guard("queue_in_turn", "INSERT", "signups", seated, OUT_OF_TURN.format(ahead="1 = 1"))
    yield Guard("queue_in_turn_promoted", "UPDATE OF state", "signups",
                seated + " AND OLD.state <> 'seated'",
                OUT_OF_TURN.format(ahead="ahead.id < NEW.id"))  # fmt: skip
    yield Guard("who_came_keeps_the_place", "UPDATE OF state", "signups",
                "OLD.state = 'seated' AND NEW.state <> 'seated'", CAME)  # fmt: skip
    yield Guard("who_comes_has_a_seat", "INSERT", "attendances",
                "NEW.state IN ('present', 'left')", NO_SEAT)  # fmt: skip
    yield Guard("who_comes_has_a_seat_again", "UPDATE OF state", "attendances",
                "NEW.state = 'present' AND OLD.state NOT IN ('present', 'left')",
                NO_SEAT)  # fmt: skip
    yield Guard("minutes_rest_on_presence", "INSERT", "hour_entries", counts, NO_PRESENCE)
    yield Guard("minutes_within_presence", "INSERT", "hour_entries", counts, TOO_MANY[dialect])


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for guard in guards(dialect):
        before = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
        if dialect == "sqlite":
            op.execute(f"""{before} WHEN {guard.when} BEGIN
            SELECT RAISE(ABORT, '{guard.name}') WHERE {guard.wrong}; END""")
            continue
        op.execute(f"""CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {guard.wrong} THEN RAISE EXCEPTION '{guard.name}'
          USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN NEW; END $$""")
        op.execute(f"""{before} FOR EACH ROW WHEN ({guard.when})
        EXECUTE FUNCTION {guard.name}()""")


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for guard in guards(dialect):
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {guard.name}")
        else:
            op.execute(f"DROP FUNCTION {guard.name}() CASCADE")

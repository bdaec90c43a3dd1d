"""A name has a history and takes two once somebody was seen; households are their own.

Revision ID: 0015
Revises: 0014
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

GONE = "已注销"
ERASED = "EXISTS (SELECT 1 FROM erasures x WHERE x.volunteer_id = OLD.volunteer_id)"
KEPT = ("id", "volunteer_id", "how", "asked_by", "agreed_by", "at")
EMPTIED = "NEW.old_name = '' AND NEW.new_name = '' AND NEW.reason = ''"


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


def changed(names: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


OTHER_NAME_NOW = """NOT EXISTS (SELECT 1 FROM volunteers v
  WHERE v.id = NEW.volunteer_id AND v.name = NEW.old_name) OR NEW.new_name = ''"""
TAKEN = "EXISTS (SELECT 1 FROM name_changes c WHERE c.id = NEW.id)"
SEEN = "EXISTS (SELECT 1 FROM sightings s WHERE s.volunteer_id = NEW.volunteer_id)"
# A second person: an organizer who is not of the household.
NOT_AGREED = """NEW.reason = ''
OR EXISTS (SELECT 1 FROM volunteers v
  WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.agreed_by)
OR NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.agreed_by AND (a.is_admin
  OR EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = a.id)))"""
NOT_IN_HISTORY = """NOT EXISTS (SELECT 1 FROM name_changes c WHERE c.volunteer_id = NEW.id
AND c.old_name = OLD.name AND c.new_name = NEW.name AND c.id = (
  SELECT MAX(l.id) FROM name_changes l WHERE l.volunteer_id = NEW.id))"""
NOT_INVITED = """NOT EXISTS (SELECT 1 FROM household_proposals p WHERE p.volunteer_id = NEW.id
AND p.account_id = NEW.account_id AND p.answer = 'yes')
OR NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = OLD.account_id AND a.phone LIKE 'apart-%')"""
# Whoever pressed for somebody, saw them, stands for them or recorded minutes of theirs cannot
# become their household: nobody credits their own.
HAD_A_HAND = """EXISTS (SELECT 1 FROM attendance_log l JOIN attendances a ON a.id = l.attendance_id
  WHERE a.volunteer_id = NEW.id AND NEW.account_id IN (l.by, COALESCE(l.seen_by, 0)))
OR EXISTS (SELECT 1 FROM hour_entries e
  WHERE e.volunteer_id = NEW.id AND NEW.account_id IN (e.recorded_by, e.seen_by))
OR EXISTS (SELECT 1 FROM presence_witnesses w JOIN attendances a ON a.id = w.attendance_id
  WHERE a.volunteer_id = NEW.id AND w.account_id = NEW.account_id)
OR EXISTS (SELECT 1 FROM make_ups m
  WHERE m.volunteer_id = NEW.id AND NEW.account_id IN (m.asked_by, COALESCE(m.decided_by, 0)))
OR EXISTS (SELECT 1 FROM sightings s
  WHERE s.volunteer_id = NEW.id AND s.organizer_id = NEW.account_id)"""
ANSWERED_ELSEWHERE = """OLD.answer <> ''
OR NEW.volunteer_id <> OLD.volunteer_id OR NEW.account_id <> OLD.account_id
OR NEW.proposed_by <> OLD.proposed_by"""
APART = "NEW.phone LIKE 'apart-%'"
A_WAY_IN = "NEW.password_hash IS NOT NULL OR NEW.is_admin OR NEW.email IS NOT NULL"
OF_NOBODY = """EXISTS (SELECT 1 FROM accounts a
WHERE a.id = NEW.account_id AND a.phone LIKE 'apart-%')"""


def guards() -> Iterator[Guard]:
    always, names = "1 = 1", "name_changes"
    yield Guard("name_change_follows", "INSERT", names, always, f"{OTHER_NAME_NOW} OR {TAKEN}")
    yield Guard("seen_name_takes_two", "INSERT", names, "NEW.how = 'unseen'", SEEN)
    yield Guard("name_is_agreed_by_another", "INSERT", names, "NEW.how = 'agreed'", NOT_AGREED)
    yield Guard("name_history_stays", "UPDATE", names, always,
                f"NOT ({EMPTIED} AND {ERASED}) OR {changed(KEPT)}")  # fmt: skip
    yield Guard("name_history_stays_for_ever", "DELETE", names, always, always)
    yield Guard("name_has_its_history", "UPDATE OF name", "volunteers",
                f"NEW.name <> OLD.name AND NEW.name <> '{GONE}'", NOT_IN_HISTORY)  # fmt: skip
    yield Guard("household_grows_by_agreement", "UPDATE OF account_id", "volunteers",
                "NEW.account_id <> OLD.account_id",
                f"{NOT_INVITED} OR {HAD_A_HAND}")  # fmt: skip
    yield Guard("household_answers_once", "UPDATE", "household_proposals", always,
                ANSWERED_ELSEWHERE)  # fmt: skip
    yield Guard("apart_has_no_way_in", "INSERT", "accounts", APART, A_WAY_IN)
    yield Guard("apart_gets_no_way_in", "UPDATE", "accounts", APART, A_WAY_IN)
    yield Guard("apart_has_no_power", "INSERT", "memberships", always, OF_NOBODY)
    yield Guard("apart_has_no_code", "INSERT", "desk_codes", always, OF_NOBODY)


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


CHECKS = {
    "name_changes": {
        "name_change_known": "how IN ('unseen', 'tidied', 'agreed')",
        "agreed_name_has_its_person": "(how = 'agreed') = (agreed_by IS NOT NULL)",
        "name_takes_two": "agreed_by <> asked_by",
    },
    "name_requests": {
        "name_request_state_known": "state IN ('waiting', 'agreed', 'refused', 'withdrawn')",
        "decided_name_request_has_a_time": "(state = 'waiting') = (decided_at IS NULL)",
    },
    "household_proposals": {
        "household_answer_known": "answer IN ('', 'yes', 'no')",
        "household_answer_has_a_time": "(answer = '') = (answered_at IS NULL)",
        "nobody_proposes_to_themself": "proposed_by <> account_id",
    },
}


def number(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def words(name: str, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.String(), server_default=default, nullable=False)


def instant(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def create(table: str, *columns: sa.Column[object], **others: str) -> None:
    op.create_table(
        table,
        number("id"),
        *columns,
        *(sa.CheckConstraint(text, name=op.f(name)) for name, text in CHECKS[table].items()),
        *(sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"{table}_{column}_exists"))
          for column, other in others.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_key")),
    )  # fmt: skip
    op.create_index(f"{table}_volunteer_id_index", table, ["volunteer_id"])


def one_open(name: str, table: str, where: str) -> None:
    op.create_index(name, table, ["volunteer_id"], unique=True, sqlite_where=sa.text(where),
                    postgresql_where=sa.text(where))  # fmt: skip


def upgrade() -> None:
    create(
        "name_changes",
        number("volunteer_id"), words("old_name"), words("new_name"), words("how"), words("reason", ""),
        number("asked_by"), number("agreed_by", nullable=True), instant("at"),
        volunteer_id="volunteers", asked_by="accounts", agreed_by="accounts",
    )  # fmt: skip
    create(
        "name_requests",
        number("volunteer_id"), words("new_name"), words("reason"), number("asked_by"),
        instant("asked_at"), words("state", "waiting"), number("decided_by", nullable=True),
        instant("decided_at", nullable=True),
        volunteer_id="volunteers", asked_by="accounts", decided_by="accounts",
    )  # fmt: skip
    create(
        "household_proposals",
        number("volunteer_id"), number("account_id"), number("proposed_by"),
        instant("proposed_at"), words("answer", ""), instant("answered_at", nullable=True),
        volunteer_id="volunteers", account_id="accounts", proposed_by="accounts",
    )  # fmt: skip
    one_open("one_open_name_request", "name_requests", "state = 'waiting'")
    one_open("one_household_proposed", "household_proposals", "answer <> 'no'")
    op.create_index("name_requests_state_index", "name_requests", ["state", "volunteer_id"])
    op.create_index("household_proposals_open_index", "household_proposals",
                    ["account_id", "answer"])  # fmt: skip
    for guard in guards():
        install(guard, op.get_bind().dialect.name)


def downgrade() -> None:
    for guard in guards():
        remove(guard.name, op.get_bind().dialect.name)
    for table in ("household_proposals", "name_requests", "name_changes"):
        op.drop_table(table)

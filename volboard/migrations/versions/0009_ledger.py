"""The ledger that shows when it was touched: chains of digests, daily seals, make-ups that two
people carry, disputes and stars. The lines that exist are put into their chains.

Revision ID: 0009
Revises: 0008
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import context, op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 500


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


APPEND_ONLY = ("hour_entries", "ledger_seals", "sealed_chains")
# SQLite's REPLACE deletes the row in the way without a word to the DELETE trigger.
TAKEN = {
    "hour_entries": """e.id = NEW.id OR e.reverses = NEW.reverses OR e.replaces = NEW.replaces
    OR (e.volunteer_id = NEW.volunteer_id AND e.position = NEW.position)
    OR (NEW.kind = 'credit' AND e.kind = 'credit' AND e.attendance_id = NEW.attendance_id)
    OR (NEW.kind = 'make_up' AND e.kind = 'make_up' AND e.make_up_id = NEW.make_up_id)""",
    "ledger_seals": "e.day = NEW.day",
    "sealed_chains": "e.day = NEW.day AND e.volunteer_id = NEW.volunteer_id",
}
SAME = """e.volunteer_id = NEW.volunteer_id AND e.shift_id = NEW.shift_id
AND e.attendance_id IS NOT DISTINCT FROM NEW.attendance_id
AND e.make_up_id IS NOT DISTINCT FROM NEW.make_up_id AND e.kind <> 'reversal'"""
OWN_HOURS = """EXISTS (SELECT 1 FROM volunteers v
WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.recorded_by)"""
REVERSAL_MISFITS = f"""NOT EXISTS (SELECT 1 FROM hour_entries e WHERE e.id = NEW.reverses AND {SAME}
AND e.minutes = -NEW.minutes AND e.extra_minutes = -NEW.extra_minutes
AND e.night_minutes = -NEW.night_minutes)"""
# More minutes, or more worth by the night, need another person than who recorded the line.
CORRECTION_MISFITS = f"""NOT EXISTS (SELECT 1 FROM hour_entries e WHERE e.id = NEW.replaces
AND {SAME} AND (NEW.recorded_by <> e.recorded_by OR (NEW.minutes <= e.minutes
  AND NEW.minutes + NEW.extra_minutes <= e.minutes + e.extra_minutes))
AND EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = e.id))"""
SECOND_LINE = """EXISTS (SELECT 1 FROM hour_entries e WHERE e.volunteer_id = NEW.volunteer_id
AND e.shift_id = NEW.shift_id AND e.kind <> 'reversal'
AND NOT EXISTS (SELECT 1 FROM hour_entries r WHERE r.reverses = e.id))"""
SERVICE = """s.kind = 'service' AND s.called_off_at IS NULL AND e.state = 'published'
AND e.community_id = NEW.community_id
AND NEW.served_from >= s.starts_at AND NEW.served_to <= s.ends_at"""
# A credit stays within what the gate saw, its correction within the shift; whatever rests on a
# make-up stays within what two people agreed on.
NO_PRESENCE = f"""NOT EXISTS (SELECT 1 FROM attendances a
JOIN shifts s ON s.id = a.shift_id JOIN events e ON e.id = s.event_id
WHERE a.id = NEW.attendance_id AND a.volunteer_id = NEW.volunteer_id
AND a.shift_id = NEW.shift_id AND a.state IN ('present', 'left')
AND a.checked_in_by = NEW.seen_by AND a.checked_in_at = NEW.seen_at
AND s.closed_at IS NOT NULL AND {SERVICE}
AND (NEW.kind <> 'credit' OR (NEW.served_from >= a.checked_in_at
  AND NEW.served_to <= COALESCE(a.checked_out_at, s.closed_at))))"""
NO_REQUEST = f"""NOT EXISTS (SELECT 1 FROM make_ups m
JOIN shifts s ON s.id = m.shift_id JOIN events e ON e.id = s.event_id
WHERE m.id = NEW.make_up_id AND m.volunteer_id = NEW.volunteer_id
AND m.shift_id = NEW.shift_id AND m.state = 'approved' AND m.asked_by = NEW.seen_by
AND s.ends_at <= NEW.recorded_at AND {SERVICE}
AND NEW.served_from >= m.came_at AND NEW.served_to <= m.left_at
AND (NEW.kind <> 'make_up'
  OR (NEW.recorded_by = m.decided_by AND NEW.recorded_by <> NEW.seen_by)))"""
TOO_MANY = {
    "sqlite": """NEW.minutes * 60 + NEW.away_seconds
    > unixepoch(NEW.served_to, 'subsec') - unixepoch(NEW.served_from, 'subsec') + 0.001""",
    "postgresql": """NEW.minutes * 60 + NEW.away_seconds
    > EXTRACT(EPOCH FROM NEW.served_to - NEW.served_from)""",
}
OFF_CHAIN = """NOT EXISTS (SELECT 1 FROM hour_chains c WHERE c.volunteer_id = NEW.volunteer_id
AND c.length = NEW.position - 1 AND c.digest = NEW.previous_digest)"""
OFF_LEDGER = """NEW.volunteer_id <> OLD.volunteer_id OR NOT EXISTS (SELECT 1 FROM hour_entries e
WHERE e.volunteer_id = NEW.volunteer_id AND e.position = NEW.length AND e.digest = NEW.digest)"""
ENDS_CHAIN = """UPDATE hour_chains SET length = NEW.position, digest = NEW.digest
WHERE volunteer_id = NEW.volunteer_id"""
MOVES_END = "UPDATE ledger_ends SET seals = seals + 1, digest = NEW.digest"
OFF_SEALS = """NEW.previous_digest <> (SELECT digest FROM ledger_ends)
OR NEW.day <= (SELECT MAX(day) FROM ledger_seals)"""
OFF_END = """NEW.seals <> (SELECT COUNT(*) FROM ledger_seals)
OR NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.digest = NEW.digest)"""
FOLLOWERS = (
    ("entry_ends_its_chain", "hour_entries", ENDS_CHAIN),
    ("seal_moves_the_end", "ledger_seals", MOVES_END),
)
DECIDES_OWN = """EXISTS (SELECT 1 FROM volunteers v
WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.decided_by)"""
ASKED = ("id", "community_id", "volunteer_id", "shift_id", "came_at", "left_at", "asked_by",
         "asked_at", "asked_on", "asked_with", "reason")  # fmt: skip
ASKED_CHANGED = "OLD.state <> 'waiting' AND NEW.state <> OLD.state OR " + " OR ".join(
    f"NEW.{name} <> OLD.{name}" for name in ASKED
)


def guards(dialect: str) -> Iterator[Guard]:
    counts, table = "NEW.kind <> 'reversal'", "hour_entries"
    yield Guard("nobody_credits_themself", "INSERT", table, counts, OWN_HOURS)
    yield Guard("reversal_fits_its_entry", "INSERT", table, "NEW.kind = 'reversal'",
                REVERSAL_MISFITS)  # fmt: skip
    yield Guard("correction_fits_its_entry", "INSERT", table, "NEW.kind = 'correction'",
                CORRECTION_MISFITS)  # fmt: skip
    yield Guard("one_line_holds_per_shift", "INSERT", table,
                "NEW.kind IN ('credit', 'make_up')", SECOND_LINE)  # fmt: skip
    yield Guard("minutes_rest_on_presence", "INSERT", table,
                f"{counts} AND NEW.attendance_id IS NOT NULL", NO_PRESENCE)  # fmt: skip
    yield Guard("minutes_rest_on_two_people", "INSERT", table,
                f"{counts} AND NEW.make_up_id IS NOT NULL", NO_REQUEST)  # fmt: skip
    yield Guard("minutes_within_presence", "INSERT", table, counts, TOO_MANY[dialect])
    yield Guard("entry_continues_its_chain", "INSERT", table, "1 = 1", OFF_CHAIN)
    yield Guard("chain_follows_the_ledger", "UPDATE", "hour_chains", "1 = 1", OFF_LEDGER)
    yield Guard("seal_continues_the_seals", "INSERT", "ledger_seals", "1 = 1", OFF_SEALS)
    yield Guard("end_follows_the_seals", "UPDATE", "ledger_ends", "1 = 1", OFF_END)
    yield Guard("nobody_decides_for_themself", "INSERT", "make_ups", "NEW.state = 'approved'",
                DECIDES_OWN)  # fmt: skip
    yield Guard("nobody_decides_for_themself_later", "UPDATE", "make_ups",
                "NEW.state = 'approved'", DECIDES_OWN)  # fmt: skip
    yield Guard("make_up_stays_as_asked", "UPDATE", "make_ups", ASKED_CHANGED, "1 = 1")


def install(guard: Guard, dialect: str) -> None:
    before = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
    if dialect == "sqlite":
        op.execute(f"""{before} WHEN {guard.when} BEGIN
        SELECT RAISE(ABORT, '{guard.name}') WHERE {guard.wrong}; END""")
        return
    op.execute(f"""CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {guard.wrong} THEN RAISE EXCEPTION '{guard.name}'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""")
    op.execute(f"{before} FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()")


def guard_tables(dialect: str) -> None:
    for table in APPEND_ONLY:
        if dialect == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(f"""CREATE TRIGGER {table}_append_only_{verb.lower()}
                BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END""")
            op.execute(f"""CREATE TRIGGER {table}_append_only_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} e WHERE {TAKEN[table]})
            BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END""")
            continue
        op.execute(f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_row_change()""")
        op.execute(f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change()""")
    for guard in guards(dialect):
        install(guard, dialect)
    follow(dialect)


def follow(dialect: str) -> None:
    for name, table, effect in FOLLOWERS:
        after = f"CREATE TRIGGER {name} AFTER INSERT ON {table}"
        if dialect == "sqlite":
            op.execute(f"{after} BEGIN {effect}; END")
            continue
        op.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN {effect}; RETURN NULL; END $$""")
        op.execute(f"{after} FOR EACH ROW EXECUTE FUNCTION {name}()")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    set_aside(dialect)
    create_tables()
    put_into_chains()
    op.execute("DROP TABLE hour_entries_before")
    guard_tables(dialect)


def set_aside(dialect: str) -> None:
    """Keep the lines in a bare table, so that the new one can take the old one's names."""
    op.execute("CREATE TABLE hour_entries_before AS SELECT * FROM hour_entries")
    op.drop_table("hour_entries")
    if dialect != "sqlite":
        for name in ("hour_entry_is_honest", "minutes_rest_on_presence", "minutes_within_presence"):
            op.execute(f"DROP FUNCTION {name}() CASCADE")


def digest_of(line: dict[str, Any]) -> str:
    """The digest of a line, as `volboard.hours.digests` made it in this release."""

    def instant(name: str) -> str:
        at = line[name]
        at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC).isoformat(
            timespec="microseconds")  # fmt: skip

    payload = [1, line["id"], line["volunteer_id"], line["position"], line["previous_digest"], line["kind"],
               line["community_id"], line["shift_id"], line["attendance_id"], None,
               line["minutes"], 0, 0, line["planned_minutes"], instant("served_from"),
               instant("served_to"), 0, "", line["how"], line["seen_by"], instant("seen_at"),
               line["device"], line["rule"], line["recorded_by"], instant("recorded_at"),
               line["reason_digest"], line["reverses"], line["replaces"]]  # fmt: skip
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def put_into_chains() -> None:
    """Copy each volunteer's lines in order, each with the digest of the one before."""
    bind = op.get_bind()
    table = sa.Table("hour_entries", sa.MetaData(), autoload_with=bind)
    ends: dict[int, tuple[int, str]] = {}
    after = 0
    while True:
        rows = bind.execute(
            sa.text("SELECT * FROM hour_entries_before WHERE id > :after ORDER BY id LIMIT :batch"),
            {"after": after, "batch": BATCH},
        ).mappings().all()  # fmt: skip
        if not rows:
            break
        lines, reasons = [], []
        for row in rows:
            line = dict(row)
            words = line.pop("reason")
            length, before = ends.get(line["volunteer_id"], (0, ""))
            salt = secrets.token_hex(16)
            line["reason_digest"] = (
                hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest() if words else ""
            )
            if words:
                reasons.append({"entry_id": line["id"], "salt": salt, "words": words})
            line |= {"position": length + 1, "previous_digest": before}
            line["digest"] = digest_of(line)
            ends[line["volunteer_id"]] = (line["position"], line["digest"])
            lines.append(line)
        insert(bind, table, lines)
        insert(bind, sa.Table("entry_reasons", sa.MetaData(), autoload_with=bind), reasons)
        after = rows[-1]["id"]
    chains = [{"volunteer_id": volunteer, "length": length, "digest": digest}
              for volunteer, (length, digest) in ends.items()]  # fmt: skip
    insert(bind, sa.Table("hour_chains", sa.MetaData(), autoload_with=bind), chains)
    if bind.dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('hour_entries', 'id'),"
                   " (SELECT COALESCE(MAX(id), 0) + 1 FROM hour_entries), false)")  # fmt: skip


def insert(bind: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert plain rows; SQLite's instants stay the text that they are."""
    if rows:
        names = list(rows[0])
        places = ", ".join(f":{name}" for name in names)
        bind.execute(
            sa.text(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"), rows
        )


def create_tables() -> None:
    waiting, open_still = sa.text("state = 'waiting'"), sa.text("answered_at IS NULL")
    op.create_table(
        "make_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_on", sa.String(), nullable=False),
        sa.Column("asked_with", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_on", sa.String(), server_default="", nullable=False),
        sa.Column("decided_with", sa.String(), server_default="", nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)"
                           " AND (state = 'waiting') = (decided_by IS NULL)",
                           name=op.f("decided_make_up_has_a_decider")),
        sa.CheckConstraint("reason <> ''", name=op.f("make_up_has_a_reason")),
        sa.CheckConstraint("state <> 'approved' OR decided_on <> asked_on",
                           name=op.f("another_phone_approves_a_make_up")),
        sa.CheckConstraint("state = 'withdrawn' OR decided_by <> asked_by",
                           name=op.f("another_decides_a_make_up")),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'refused', 'withdrawn')",
                           name=op.f("make_up_state_known")),
        sa.CheckConstraint("left_at > came_at", name=op.f("make_up_has_a_length")),
        *references("make_ups", community_id="communities", volunteer_id="volunteers",
                    shift_id="shifts", asked_by="accounts", decided_by="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("make_ups_key")),
    )  # fmt: skip
    op.create_index("make_ups_desk_index", "make_ups", ["community_id", "state"])
    op.create_index("make_ups_volunteer_id_index", "make_ups", ["volunteer_id"])
    op.create_index("one_open_make_up", "make_ups", ["volunteer_id", "shift_id"], unique=True,
                    sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip
    create_ledger()
    op.create_table(
        "entry_reasons",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        *references("entry_reasons", entry_id="hour_entries"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("entry_reasons_key")),
    )
    op.create_table(
        "hour_chains",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
        *references("hour_chains", volunteer_id="volunteers"),
        sa.PrimaryKeyConstraint("volunteer_id", name=op.f("hour_chains_key")),
    )
    op.create_table(
        "ledger_seals",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("previous_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("ledger_seals_key")),
    )
    op.create_table(
        "ledger_ends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seals", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("the_seals_have_one_end")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_ends_key")),
    )
    op.execute("INSERT INTO ledger_ends (id, seals, digest) VALUES (1, 0, '')")
    op.create_table(
        "sealed_chains",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["day"], ["ledger_seals.day"], name=op.f("sealed_chains_day_exists")
        ),
        *references("sealed_chains", volunteer_id="volunteers"),
        sa.PrimaryKeyConstraint("day", "volunteer_id", name=op.f("sealed_chains_key")),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)"
                           " AND (answered_at IS NULL) = (answer = '')",
                           name=op.f("answered_dispute_has_words")),
        sa.CheckConstraint("claim IN ('not_me', 'wrong_time')", name=op.f("dispute_claim_known")),
        *references("disputes", community_id="communities", entry_id="hour_entries",
                    opened_by="accounts", answered_by="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("disputes_key")),
    )  # fmt: skip
    op.create_index("disputes_desk_index", "disputes", ["community_id", "answered_at"])
    op.create_index("disputes_answered_index", "disputes", ["answered_at"])
    op.create_index("disputes_entry_index", "disputes", ["entry_id"])
    op.create_index("disputes_opener_index", "disputes", ["opened_by", "opened_at"])
    op.create_index("one_open_dispute_per_entry", "disputes", ["entry_id"], unique=True,
                    sqlite_where=open_still, postgresql_where=open_still)  # fmt: skip
    create_stars()


def create_stars() -> None:
    standing = sa.text("withdrawn_at IS NULL")
    op.create_table(
        "star_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("final_at >= reached_at", name=op.f("notice_follows_the_star")),
        sa.CheckConstraint("hours > 0", name=op.f("star_has_a_rung")),
        *references("star_awards", volunteer_id="volunteers", community_id="communities"),
        sa.PrimaryKeyConstraint("id", name=op.f("star_awards_key")),
    )
    op.create_index("one_award_per_star", "star_awards", ["volunteer_id", "community_id", "stars"],
                    unique=True, sqlite_where=standing, postgresql_where=standing)  # fmt: skip
    op.create_index("star_awards_notice_index", "star_awards", ["final_at"])
    op.create_table(
        "anomaly_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        *references("anomaly_reviews", community_id="communities", reviewed_by="accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("anomaly_reviews_key")),
        sa.UniqueConstraint("community_id", "key", name="one_review_per_anomaly"),
    )


def references(table: str, **columns: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column, other in columns.items():
        key = "id"
        yield sa.ForeignKeyConstraint([column], [f"{other}.{key}"],
                                      name=op.f(f"{table}_{column}_exists"))  # fmt: skip


def create_ledger() -> None:
    zero, credit, make_up = sa.text("0"), sa.text("kind = 'credit'"), sa.text("kind = 'make_up'")
    op.create_table(
        "hour_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=True),
        sa.Column("make_up_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("night_minutes", sa.Integer(), server_default=zero, nullable=False),
        sa.Column("extra_minutes", sa.Integer(), server_default=zero, nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("served_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("served_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("away_seconds", sa.Integer(), server_default=zero, nullable=False),
        sa.Column("breaks", sa.String(), server_default="", nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_digest", sa.String(), server_default="", nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("previous_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(name)) for name, text in CHECKS.items()),
        *references("hour_entries", volunteer_id="volunteers", community_id="communities",
                    shift_id="shifts", attendance_id="attendances", make_up_id="make_ups",
                    seen_by="accounts", recorded_by="accounts", reverses="hour_entries",
                    replaces="hour_entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("hour_entries_key")),
        sa.UniqueConstraint("volunteer_id", "position", name="one_entry_per_position"),
    )  # fmt: skip
    for name, columns in INDEXES.items():
        op.create_index(name, "hour_entries", columns)
    for name, column, where in (
        ("one_credit_per_attendance", "attendance_id", credit),
        ("one_line_per_make_up", "make_up_id", make_up),
    ):
        op.create_index(name, "hour_entries", [column], unique=True, sqlite_where=where,
                        postgresql_where=where)  # fmt: skip
    op.create_index("one_reversal_per_entry", "hour_entries", ["reverses"], unique=True)
    op.create_index("one_replacement_per_entry", "hour_entries", ["replaces"], unique=True)


CHECKS = {
    "entry_kind_known": "kind IN ('credit', 'make_up', 'reversal', 'correction')",
    "entry_rests_on_one_thing": "(attendance_id IS NULL) <> (make_up_id IS NULL)",
    "credit_names_its_attendance": "kind <> 'credit' OR attendance_id IS NOT NULL",
    "make_up_names_its_request": "kind <> 'make_up' OR make_up_id IS NOT NULL",
    "reversal_names_its_entry": "(kind = 'reversal') = (reverses IS NOT NULL)",
    "correction_names_its_entry": "(kind = 'correction') = (replaces IS NOT NULL)",
    "correction_has_a_reason": "kind = 'credit' OR reason_digest <> ''",
    "entry_sign_fits_its_kind": "CASE WHEN kind = 'reversal' THEN minutes < 0 AND"
    " extra_minutes <= 0 ELSE minutes > 0 AND extra_minutes >= 0 END",
    "credited_within_planned": "minutes <= planned_minutes",
    "away_not_negative": "away_seconds >= 0",
    "night_within_minutes": "ABS(night_minutes) <= ABS(minutes)",
    "extra_within_night": "ABS(extra_minutes) <= ABS(night_minutes)",
    "position_counts_from_one": "position > 0",
}
INDEXES = {
    "hour_entries_person_index": ["volunteer_id", "served_from"],
    "hour_entries_shift_index": ["shift_id"],
    "hour_entries_attendance_index": ["attendance_id"],
    "hour_entries_booked_index": ["community_id", "recorded_at"],
}


def downgrade() -> None:
    """Take the chains away; make-ups were not possible before, so their lines go with them."""
    dialect = op.get_bind().dialect.name
    op.execute("""CREATE TABLE hour_entries_after AS
    SELECT e.*, COALESCE(r.words, CASE WHEN e.kind = 'credit' THEN '' ELSE '—' END) AS reason
    FROM hour_entries e LEFT JOIN entry_reasons r ON r.entry_id = e.id
    WHERE e.attendance_id IS NOT NULL""")
    for table in ("anomaly_reviews", "star_awards", "disputes", "sealed_chains", "ledger_seals",
                  "ledger_ends", "hour_chains", "entry_reasons", "hour_entries", "make_ups"):  # fmt: skip
        op.drop_table(table)
    if dialect != "sqlite":
        followers = [name for name, _table, _effect in FOLLOWERS]
        for name in [guard.name for guard in guards(dialect)] + followers:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    rebuild_before(dialect)
    op.execute("DROP TABLE hour_entries_after")


def rebuild_before(dialect: str) -> None:
    """Build the table of 0004 and 0005 again, with the triggers of 0004 and 0006."""
    hours, indexes, late = (context.script.get_revision(number).module
                            for number in ("0004", "0005", "0006"))  # fmt: skip
    hours.create_hour_entries()
    indexes.upgrade()
    names = ("id", "volunteer_id", "community_id", "shift_id", "attendance_id", "kind", "minutes",
             "planned_minutes", "served_from", "served_to", "how", "seen_by", "seen_at", "device",
             "rule", "recorded_by", "recorded_at", "reason", "reverses", "replaces")  # fmt: skip
    listed = ", ".join(names)
    op.execute(
        f"INSERT INTO hour_entries ({listed}) SELECT {listed} FROM hour_entries_after ORDER BY id"
    )
    for statement in hours.SQLITE if dialect == "sqlite" else hours.POSTGRESQL:
        if "attendance_log" not in statement:
            op.execute(statement)
    for guard in late.guards(dialect):
        if guard.table == "hour_entries":
            install(guard, dialect)

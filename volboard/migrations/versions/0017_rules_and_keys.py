"""What minutes are worth is dated and agreed by two; rules have a history; seals have keys.

Revision ID: 0017
Revises: 0016
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

from volboard.core import clock

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SINCE_EVER = "2000-01-01"
"""The day from which holds what held before changes were kept."""
FOUNDING = (0, 1320, 360, "100,300,600,1000,1500", 7)
WORTH = ("night_percent", "night_from", "night_to", "star_ladder", "star_notice_days")
COLUMNS = {
    "star_ladder": "VARCHAR DEFAULT '100,300,600,1000,1500' NOT NULL",
    "star_notice_days": "INTEGER DEFAULT 7 NOT NULL CONSTRAINT star_notice_in_range"
    " CHECK (star_notice_days BETWEEN 0 AND 60)",
    "night_percent": "INTEGER DEFAULT 0 NOT NULL CONSTRAINT night_percent_in_range"
    " CHECK (night_percent BETWEEN 0 AND 100)",
    "night_from": "INTEGER DEFAULT 1320 NOT NULL",
    "night_to": "INTEGER DEFAULT 360 NOT NULL CONSTRAINT night_is_a_window"
    " CHECK (night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439"
    " AND night_from <> night_to)",
}
"""What stood in `communities` before; for going down."""
PROPOSED = ("id", "community_id", "replaces", *WORTH, "proposed_by", "proposed_at", "proposed_on")
LAST = """SELECT MAX(w.id) FROM worth_rules w
WHERE w.community_id = NEW.community_id AND w.holds_from IS NOT NULL AND w.id <> NEW.id"""
BEFORE = "(SELECT w.{name} FROM worth_rules w WHERE w.id = NEW.replaces)"


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


def before(name: str) -> str:
    """What the replaced row says, or what holds where nothing was decided."""
    default = FOUNDING[WORTH.index(name)]
    shown = f"'{default}'" if isinstance(default, str) else default
    return f"COALESCE({BEFORE.format(name=name)}, {shown})"


def differs(names: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


def guards(dialect: str) -> Iterator[Guard]:
    lower = (
        f"(NEW.night_percent = 0 OR (NEW.night_percent <= {before('night_percent')}"
        f" AND NEW.night_from = {before('night_from')} AND NEW.night_to = {before('night_to')}))"
        f" AND NEW.star_ladder = {before('star_ladder')}"
        f" AND NEW.star_notice_days >= {before('star_notice_days')}"
    )
    decided = "COALESCE(NEW.decided_at, NEW.proposed_at)"
    today = f"date({decided}, '+8 hours')"
    if dialect == "postgresql":
        today = f"({decided} AT TIME ZONE 'Asia/Shanghai')::date"
    follows = f"COALESCE(NEW.replaces, 0) <> COALESCE(({LAST}), 0)"
    held = BEFORE.format(name="holds_from")
    early = f"NEW.holds_from <= {today} OR NEW.holds_from < COALESCE({held}, NEW.holds_from)"
    for number, moment in enumerate(("INSERT", "UPDATE")):
        again = "_again" if number else ""
        yield Guard(f"worth_follows_the_last{again}", moment, "worth_rules",
                    "NEW.state IN ('waiting', 'agreed', 'lowered')", follows)  # fmt: skip
        yield Guard(f"worth_holds_from_the_next_day{again}", moment, "worth_rules",
                    "NEW.holds_from IS NOT NULL", early)  # fmt: skip
    yield Guard("worth_lowered_alone", "INSERT", "worth_rules", "NEW.state = 'lowered'",
                f"NOT ({lower})")  # fmt: skip
    yield Guard("nobody_founds_again", "INSERT", "worth_rules", "NEW.state = 'founding'", "1 = 1")
    yield Guard("worth_is_decided_once", "UPDATE", "worth_rules", "1 = 1",
                f"OLD.state <> 'waiting' OR NEW.state NOT IN ('agreed', 'refused', 'withdrawn')"
                f" OR {differs(PROPOSED)}")  # fmt: skip
    yield Guard("who_frees_a_place_says_why", "UPDATE OF state", "signups",
                "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NEW.end_reason = ''",
                "NEW.ended_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM volunteers v"
                " WHERE v.id = NEW.volunteer_id AND v.account_id = NEW.ended_by)")  # fmt: skip
    yield Guard("rule_change_stays", "UPDATE", "rule_changes", "1 = 1", "1 = 1")
    yield Guard("seal_key_stays", "UPDATE", "seal_keys", "1 = 1", "1 = 1")
    yield Guard("certificate_keeps_its_key", "UPDATE", "certificates",
                "NEW.key_id IS DISTINCT FROM OLD.key_id", "1 = 1")  # fmt: skip


KEPT = ("worth_rules", "rule_changes", "seal_keys")
"""Tables from which nothing is deleted."""


def install(guard: Guard, dialect: str) -> None:
    head = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
    if dialect == "sqlite":
        op.execute(f"""{head} WHEN {guard.when} BEGIN
        SELECT RAISE(ABORT, '{guard.name}') WHERE {guard.wrong}; END""")
        return
    op.execute(f"""CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {guard.wrong} THEN RAISE EXCEPTION '{guard.name}'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""")
    op.execute(f"{head} FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()")


def keep_rows(dialect: str) -> None:
    for table in KEPT:
        head = f"CREATE TRIGGER {table}_keep_their_rows BEFORE DELETE ON {table}"
        if dialect == "sqlite":
            op.execute(f"{head} BEGIN SELECT RAISE(ABORT, '{table}_keep_their_rows'); END")
        else:
            op.execute(f"{head} FOR EACH ROW EXECUTE FUNCTION refuse_row_change()")


def create_tables() -> None:
    op.create_table(
        "worth_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("night_percent", sa.Integer(), nullable=False),
        sa.Column("night_from", sa.Integer(), nullable=False),
        sa.Column("night_to", sa.Integer(), nullable=False),
        sa.Column("star_ladder", sa.String(), nullable=False),
        sa.Column("star_notice_days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_on", sa.String(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_on", sa.String(), server_default="", nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('founding', 'waiting', 'agreed', 'lowered', 'refused', 'withdrawn')", name=op.f("worth_state_known")),
        sa.CheckConstraint("night_percent BETWEEN 0 AND 100", name=op.f("night_percent_in_range")),
        sa.CheckConstraint("night_from BETWEEN 0 AND 1439 AND night_to BETWEEN 0 AND 1439 AND night_from <> night_to", name=op.f("night_is_a_window")),
        sa.CheckConstraint("state = 'founding' OR (night_to - night_from + 1440) % 1440 <= 720", name=op.f("night_is_twelve_hours_at_most")),
        sa.CheckConstraint("star_notice_days BETWEEN 0 AND 60", name=op.f("star_notice_in_range")),
        sa.CheckConstraint("(state IN ('founding', 'agreed', 'lowered')) = (holds_from IS NOT NULL)", name=op.f("worth_in_force_has_a_day")),
        sa.CheckConstraint("(state IN ('agreed', 'refused', 'withdrawn')) = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decided_at IS NULL)", name=op.f("decided_worth_has_a_decider")),
        sa.CheckConstraint("proposed_by IS NOT NULL OR state IN ('founding', 'lowered')", name=op.f("proposed_worth_has_a_proposer")),
        sa.CheckConstraint("state = 'withdrawn' OR decided_by <> proposed_by", name=op.f("another_decides_a_worth")),
        sa.CheckConstraint("state <> 'agreed' OR decided_on <> proposed_on", name=op.f("another_phone_agrees_to_a_worth")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("worth_rules_community_id_exists")),
        sa.ForeignKeyConstraint(["replaces"], ["worth_rules.id"], name=op.f("worth_rules_replaces_exists")),
        sa.ForeignKeyConstraint(["proposed_by"], ["accounts.id"], name=op.f("worth_rules_proposed_by_exists")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("worth_rules_decided_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("worth_rules_key")),
    )  # fmt: skip
    op.create_index("one_worth_waits", "worth_rules", ["community_id"], unique=True,
                    sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))  # fmt: skip
    op.create_index("worth_rules_in_force_index", "worth_rules", ["community_id", "holds_from"])
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("rule_changes_community_id_exists")),
        sa.ForeignKeyConstraint(["changed_by"], ["accounts.id"], name=op.f("rule_changes_changed_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("rule_changes_key")),
    )  # fmt: skip
    op.create_index("rule_changes_page_index", "rule_changes", ["community_id", "id"])
    op.create_table(
        "seal_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin IN ('site', 'own')", name=op.f("seal_key_origin_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("seal_keys_key")),
        sa.UniqueConstraint("fingerprint", name=op.f("seal_keys_fingerprint_unique")),
    )  # fmt: skip
    op.create_index("one_seal_key_of_the_site", "seal_keys", ["origin"], unique=True,
                    sqlite_where=sa.text("origin = 'site'"), postgresql_where=sa.text("origin = 'site'"))  # fmt: skip


def date_what_holds() -> None:
    """What each community decided holds since ever; a night beyond 12 hours ends tomorrow."""
    names, other = ", ".join(WORTH), []
    for name, default in zip(WORTH, FOUNDING, strict=True):
        shown = f"'{default}'" if isinstance(default, str) else default
        other.append(f"{name} <> {shown}")
    op.execute(f"""INSERT INTO worth_rules (community_id, {names}, state, proposed_at, holds_from)
    SELECT id, {names}, 'founding', created_at, '{SINCE_EVER}' FROM communities
    WHERE {" OR ".join(other)} ORDER BY id""")
    tomorrow = clock.today() + timedelta(days=1)
    now = sa.bindparam("now", clock.now(), sa.DateTime(timezone=True))
    op.get_bind().execute(sa.text(f"""INSERT INTO worth_rules
    (community_id, replaces, {names}, state, proposed_at, holds_from)
    SELECT community_id, id, night_percent, night_from, (night_from + 720) % 1440, star_ladder,
    star_notice_days, 'lowered', :now, '{tomorrow.isoformat()}' FROM worth_rules
    WHERE (night_to - night_from + 1440) % 1440 > 720 ORDER BY id""").bindparams(now))  # fmt: skip
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE communities DROP COLUMN {name}")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    create_tables()
    date_what_holds()
    op.execute("""ALTER TABLE certificates ADD COLUMN key_id INTEGER
    CONSTRAINT certificates_key_id_exists REFERENCES seal_keys (id)""")
    for guard in guards(dialect):
        install(guard, dialect)
    keep_rows(dialect)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for guard in guards(dialect):
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {guard.name}")
        else:
            op.execute(f"DROP FUNCTION {guard.name}() CASCADE")
    op.execute("ALTER TABLE certificates DROP COLUMN key_id")
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE communities ADD COLUMN {name} {kind}")
    values = ", ".join(f"{name} = {latest(name)}" for name in WORTH)
    op.execute(f"UPDATE communities SET {values} WHERE {latest('id')} IS NOT NULL")
    for table in ("seal_keys", "rule_changes", "worth_rules"):
        op.drop_table(table)


def latest(name: str) -> str:
    """What holds today."""
    return f"""(SELECT w.{name} FROM worth_rules w WHERE w.community_id = communities.id
    AND w.holds_from <= '{clock.today().isoformat()}'
    ORDER BY w.holds_from DESC, w.id DESC LIMIT 1)"""

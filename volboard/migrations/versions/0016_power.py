"""Power is handed over by a code and stands on record; a used desk code stays, and who agreed to it.

Revision ID: 0016
Revises: 0015
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
AGREED = {
    "agreed_by": "INTEGER CONSTRAINT desk_codes_agreed_by_exists REFERENCES accounts (id)"
    " CONSTRAINT second_organizer_agrees CHECK"
    " (agreed_by IS NULL OR (agreed_by <> issued_by AND agreed_by <> account_id))",
    "agreed_at": "{time} CONSTRAINT agreed_by_somebody CHECK"
    " ((agreed_by IS NULL) = (agreed_at IS NULL))",
    "agreed_why": "VARCHAR DEFAULT '' NOT NULL",
}
"""Added one by one, and taken away from the last on: the second one's check names the first."""
LATEST = """COALESCE((SELECT p.change FROM power_log p
WHERE p.account_id = {row}.account_id AND p.community_id = {row}.community_id
ORDER BY p.id DESC LIMIT 1), '') <> '{change}'"""
SITE = """COALESCE((SELECT p.change FROM power_log p
WHERE p.account_id = NEW.id AND p.community_id IS NULL
ORDER BY p.id DESC LIMIT 1), '') <> CASE WHEN NEW.is_admin THEN 'gained' ELSE 'lost' END"""


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


def changed(*names: str) -> str:
    """That one of these columns is not what it was; NULL is a value like any other."""
    return " OR ".join(f"COALESCE(NEW.{name} <> OLD.{name}, (NEW.{name} IS NULL) <>"
                       f" (OLD.{name} IS NULL))" for name in names)  # fmt: skip


def guards() -> Iterator[Guard]:
    always = "1 = 1"
    yield Guard("power_log_append_only", "UPDATE", "power_log", always, always)
    yield Guard("power_log_keeps_all", "DELETE", "power_log", always, always)
    yield Guard("office_is_on_record", "INSERT", "memberships", always,
                LATEST.format(row="NEW", change="gained"))  # fmt: skip
    yield Guard("office_ends_on_record", "DELETE", "memberships", always,
                LATEST.format(row="OLD", change="lost"))  # fmt: skip
    yield Guard("office_stays_where_it_is", "UPDATE OF account_id, community_id", "memberships",
                changed("account_id", "community_id"), always)  # fmt: skip
    yield Guard("nobody_is_born_admin", "INSERT", "accounts", "NEW.is_admin", always)
    yield Guard("admin_is_on_record", "UPDATE OF is_admin", "accounts",
                "NEW.is_admin <> OLD.is_admin", SITE)  # fmt: skip
    yield Guard("used_code_stays_as_it_was", "UPDATE", "desk_codes", "OLD.used_at IS NOT NULL",
                changed("account_id", "issued_by", "issued_at", "used_at"))  # fmt: skip
    yield Guard("used_code_stays", "DELETE", "desk_codes", "OLD.used_at IS NOT NULL", always)
    yield Guard("power_code_ends_once", "UPDATE", "power_codes",
                "OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL",
                changed("account_id", "community_id", "issued_by", "issued_at", "used_at",
                        "withdrawn_at"))  # fmt: skip


def install(guard: Guard, dialect: str) -> None:
    before = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
    if dialect == "sqlite":
        op.execute(f"""{before} WHEN {guard.when} BEGIN
        SELECT RAISE(ABORT, '{guard.name}') WHERE {guard.wrong}; END""")
        return
    row = "OLD" if guard.moment == "DELETE" else "NEW"
    op.execute(f"""CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF ({guard.wrong}) THEN RAISE EXCEPTION '{guard.name}'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN {row}; END $$""")
    op.execute(f"{before} FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()")
    if guard.name == "power_log_keeps_all":
        op.execute(f"""CREATE TRIGGER power_log_never_emptied BEFORE TRUNCATE ON power_log
        FOR EACH STATEMENT EXECUTE FUNCTION {guard.name}()""")


def write_what_was() -> None:
    """Who has power today gained it before this was written down."""
    op.execute("""INSERT INTO power_log (account_id, community_id, change, how, done_by, at)
    SELECT account_id, community_id, 'gained', 'before', granted_by, granted_at
    FROM memberships ORDER BY granted_at, account_id, community_id""")
    op.execute("""INSERT INTO power_log (account_id, community_id, change, how, done_by, at)
    SELECT id, NULL, 'gained', 'before', NULL, COALESCE(verified_at, created_at)
    FROM accounts WHERE is_admin ORDER BY id""")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for name, kind in AGREED.items():
        op.execute(f"ALTER TABLE desk_codes ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    op.create_table(
        "power_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("change IN ('gained', 'lost')", name=op.f("power_change_known")),
        sa.CheckConstraint("how IN ('code', 'admin', 'leaving', 'before')", name=op.f("power_how_known")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("power_log_account_id_exists")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("power_log_community_id_exists")),
        sa.ForeignKeyConstraint(["done_by"], ["accounts.id"], name=op.f("power_log_done_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("power_log_key")),
    )  # fmt: skip
    op.create_index("power_log_desk_index", "power_log", ["community_id", "id"])
    op.create_index("power_log_person_index", "power_log", ["account_id", "community_id", "id"])
    op.create_table(
        "power_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempts BETWEEN 0 AND 5", name=op.f("power_code_tries_run_out")),
        sa.CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name=op.f("power_used_or_withdrawn")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("power_codes_account_id_exists")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("power_codes_community_id_exists")),
        sa.ForeignKeyConstraint(["issued_by"], ["accounts.id"], name=op.f("power_codes_issued_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("power_codes_key")),
    )  # fmt: skip
    op.create_index("power_codes_account_index", "power_codes", ["account_id", "id"])
    open_code = "used_at IS NULL AND withdrawn_at IS NULL"
    for name, columns, where in (
        ("one_open_code_for_an_office", ["account_id", "community_id"], open_code),
        ("one_open_code_for_the_site", ["account_id"], f"community_id IS NULL AND {open_code}"),
    ):
        op.create_index(name, "power_codes", columns, unique=True, sqlite_where=sa.text(where),
                        postgresql_where=sa.text(where))  # fmt: skip
    write_what_was()
    for guard in guards():
        install(guard, dialect)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for guard in guards():
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {guard.name}")
        else:
            op.execute(f"DROP FUNCTION {guard.name}() CASCADE")
    op.drop_table("power_codes")
    op.drop_table("power_log")
    for name in reversed(AGREED):
        op.execute(f"ALTER TABLE desk_codes DROP COLUMN {name}")

"""A person's rights: consents, what they can do and whether they are a child, who was deleted;
and rosters between their preview and the yes.

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
WORDS = "VARCHAR DEFAULT '' NOT NULL"
COLUMNS = {
    "accounts": {"last_signed_in_at": "{time}"},
    "volunteers": {
        "skills": WORDS,
        "age_band": "VARCHAR DEFAULT '' NOT NULL CONSTRAINT age_band_known"
        " CHECK (age_band IN ('', 'teen', 'child'))",
    },
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""
GONE = "已注销"
ERASED = "EXISTS (SELECT 1 FROM erasures x WHERE x.volunteer_id = OLD.volunteer_id)"
ASKED = ("id", "community_id", "volunteer_id", "shift_id", "came_at", "left_at", "asked_by",
         "asked_at", "asked_on", "asked_with")  # fmt: skip
ISSUED = ("id", "number", "code", "volunteer_id", "community_id", "first_day", "last_day",
          "minutes", "seal", "ledger_digest", "issued_by", "issued_at")  # fmt: skip
MAKE_UP, PROOF = "make_up_stays_as_asked", "certificate_stays_as_issued"
DECIDED = "OLD.state <> 'waiting' AND NEW.state <> OLD.state"
REVOKED = "OLD.revoked_at IS NOT NULL"


class Guard(NamedTuple):
    """A trigger that refuses a row of which `wrong` is true."""

    name: str
    moment: str
    table: str
    when: str
    wrong: str


def changed(names: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} <> OLD.{name}" for name in names)


def guards() -> Iterator[Guard]:
    """What is frozen may be emptied, and only where an erasure of its person is on record."""
    yield Guard(
        MAKE_UP,
        "UPDATE",
        "make_ups",
        f"{DECIDED} OR {changed((*ASKED, 'reason'))}",
        f"NOT (NEW.reason = '{GONE}' AND {ERASED}) OR {DECIDED} OR {changed(ASKED)}",
    )
    yield Guard(
        PROOF,
        "UPDATE",
        "certificates",
        f"{changed((*ISSUED, 'shows_name', 'facts'))} OR {REVOKED}",
        f"NOT (NEW.facts = '' AND {ERASED}) OR {changed(ISSUED)}",
    )
    yield Guard(
        "erasure_leaves_no_name",
        "INSERT",
        "erasures",
        "1 = 1",
        f"""EXISTS (SELECT 1 FROM volunteers v
                WHERE v.id = NEW.volunteer_id AND v.name <> '{GONE}')""",
    )
    yield Guard("erasure_stays", "UPDATE", "erasures", "1 = 1", "1 = 1")
    yield Guard(
        "who_is_erased_stays_nameless",
        "UPDATE OF name",
        "volunteers",
        f"NEW.name <> '{GONE}'",
        "EXISTS (SELECT 1 FROM erasures x WHERE x.volunteer_id = NEW.id)",
    )


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


def guard_erasures(dialect: str) -> None:
    drop_frozen(dialect)
    for guard in guards():
        install(guard, dialect)
    if dialect == "sqlite":
        op.execute("""CREATE TRIGGER erasure_stays_for_ever BEFORE DELETE ON erasures
        BEGIN SELECT RAISE(ABORT, 'erasure_stays'); END""")
    else:
        op.execute("""CREATE TRIGGER erasure_stays_for_ever BEFORE DELETE ON erasures
        FOR EACH ROW EXECUTE FUNCTION refuse_row_change()""")


def drop_frozen(dialect: str) -> None:
    """Take away the guards of 0009 and 0010 that know of no erasure."""
    if dialect == "sqlite":
        op.execute(f"DROP TRIGGER {MAKE_UP}")
        op.execute(f"DROP TRIGGER {PROOF}")
        return
    op.execute(f"DROP FUNCTION {MAKE_UP}() CASCADE")
    op.execute(f"DROP TRIGGER {PROOF} ON certificates")


def freeze_as_before(dialect: str) -> None:
    for guard in guards():
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {guard.name}")
        else:
            op.execute(f"DROP FUNCTION {guard.name}() CASCADE")
    made_up, proof = list(guards())[:2]
    install(made_up._replace(wrong="1 = 1"), dialect)
    if dialect == "sqlite":
        install(proof._replace(wrong="1 = 1"), dialect)
        return
    op.execute(f"""CREATE TRIGGER {PROOF} BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN ({proof.when}) EXECUTE FUNCTION refuse_row_change()""")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(time=TIME[dialect])}")
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('use', 'public_name', 'hand_over', 'guardian')", name=op.f('consent_kind_known')),
        sa.ForeignKeyConstraint(["given_by"], ["accounts.id"], name=op.f("consents_given_by_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name=op.f("consents_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("consents_key")),
    )  # fmt: skip
    op.create_index("consents_volunteer_id_index", "consents", ["volunteer_id"])
    op.create_index("one_consent_in_force", "consents", ["volunteer_id", "kind"], unique=True,
                    sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"))  # fmt: skip
    op.create_table(
        "erasures",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.CheckConstraint("cause IN ('asked', 'retention')", name=op.f('cause_known')),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name=op.f("erasures_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("volunteer_id", name=op.f("erasures_key")),
    )  # fmt: skip
    op.create_table(
        "roster_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("roster_drafts_community_id_exists")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("roster_drafts_made_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("roster_drafts_key")),
        sa.UniqueConstraint("key", name=op.f("roster_drafts_key_unique")),
    )  # fmt: skip
    op.create_index("roster_drafts_made_by_index", "roster_drafts", ["made_by"])
    op.create_table(
        "roster_listings",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("roster_listings_account_id_exists")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("roster_listings_community_id_exists")),
        sa.PrimaryKeyConstraint("community_id", "account_id", name=op.f("roster_listings_key")),
    )  # fmt: skip
    op.create_index("roster_listings_account_id_index", "roster_listings", ["account_id"])
    op.create_table(
        "roster_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.CheckConstraint("added >= 0 AND known >= 0", name=op.f("import_counts_not_negative")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("roster_imports_community_id_exists")),
        sa.ForeignKeyConstraint(["imported_by"], ["accounts.id"], name=op.f("roster_imports_imported_by_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("roster_imports_key")),
    )  # fmt: skip
    op.create_index("roster_imports_desk_index", "roster_imports", ["community_id", "imported_at"])
    guard_erasures(dialect)


def downgrade() -> None:
    freeze_as_before(op.get_bind().dialect.name)
    op.drop_table("roster_imports")
    op.drop_table("roster_listings")
    op.drop_table("roster_drafts")
    op.drop_table("erasures")
    op.drop_table("consents")
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

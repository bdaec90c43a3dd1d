"""A person's rights: consents, what they can do and whether they are a child, who was deleted;
and rosters between their preview and the yes.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
WORDS = "VARCHAR DEFAULT '' NOT NULL"
COLUMNS = {
    "volunteers": {
        "skills": WORDS,
        "age_band": "VARCHAR DEFAULT '' NOT NULL CONSTRAINT age_band_known"
        " CHECK (age_band IN ('', 'teen', 'child'))",
    },
}
"""Added one by one: copying a table would cost it its triggers on SQLite."""


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


def downgrade() -> None:
    op.drop_table("roster_imports")
    op.drop_table("roster_listings")
    op.drop_table("roster_drafts")
    op.drop_table("erasures")
    op.drop_table("consents")
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

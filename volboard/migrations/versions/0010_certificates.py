"""Numbered proofs of service. What was issued stays as it is; only revoking is written, once.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GUARD = "certificate_stays_as_issued"
FROZEN = ("id", "number", "code", "volunteer_id", "community_id", "first_day", "last_day",
          "minutes", "shows_name", "facts", "seal", "ledger_digest", "issued_by",
          "issued_at")  # fmt: skip
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in FROZEN)
REVOKED = "OLD.revoked_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("ledger_digest", sa.String(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revoke_reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)"
                           " AND (revoked_at IS NULL) = (revoke_reason = '')",
                           name=op.f("revoked_certificate_has_a_reason")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("certificate_days_in_order")),
        sa.CheckConstraint("minutes > 0", name=op.f("certificate_has_minutes")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"],
                                name=op.f("certificates_community_id_exists")),
        sa.ForeignKeyConstraint(["issued_by"], ["accounts.id"],
                                name=op.f("certificates_issued_by_exists")),
        sa.ForeignKeyConstraint(["revoked_by"], ["accounts.id"],
                                name=op.f("certificates_revoked_by_exists")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"],
                                name=op.f("certificates_volunteer_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("certificates_key")),
        sa.UniqueConstraint("code", name=op.f("certificates_code_unique")),
        sa.UniqueConstraint("number", name=op.f("certificates_number_unique")),
    )  # fmt: skip
    op.create_index("certificates_desk_index", "certificates", ["community_id", "issued_at"])
    op.create_index("certificates_person_index", "certificates", ["volunteer_id"])
    op.create_table(
        "certificate_books",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("book_counts_from_one")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"],
                                name=op.f("certificate_books_community_id_exists")),
        sa.PrimaryKeyConstraint("community_id", "year", name=op.f("certificate_books_key")),
    )  # fmt: skip
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"""CREATE TRIGGER {GUARD} BEFORE UPDATE ON certificates
        WHEN {CHANGED} OR ({REVOKED}) BEGIN SELECT RAISE(ABORT, '{GUARD}'); END""")
        return
    op.execute(f"""CREATE TRIGGER {GUARD} BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN ({CHANGED} OR ({REVOKED})) EXECUTE FUNCTION refuse_row_change()""")


def downgrade() -> None:
    op.drop_table("certificate_books")
    op.drop_table("certificates")

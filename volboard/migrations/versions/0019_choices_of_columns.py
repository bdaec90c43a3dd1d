"""Which columns of a roster were chosen is remembered, and a draft can be read again.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM roster_drafts")  # of the last hour, and without what is kept from now
    op.execute("ALTER TABLE roster_drafts ADD COLUMN sheets VARCHAR DEFAULT '' NOT NULL")
    op.create_table(
        "roster_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("heads", sa.String(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("name_column", sa.Integer(), nullable=False),
        sa.Column("phone_column", sa.Integer(), nullable=False),
        sa.Column("team_column", sa.Integer(), nullable=False),
        sa.Column("skills_column", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sheet >= 0", name=op.f("choice_names_a_sheet")),
        sa.CheckConstraint(
            "name_column >= 0 AND phone_column >= 0 AND team_column >= 0 AND skills_column >= 0",
            name=op.f("choice_names_columns"),
        ),
        sa.CheckConstraint("(name_column = 0) = (phone_column = 0)", name=op.f("choice_is_whole")),
        sa.CheckConstraint(
            "name_column = 0 OR name_column <> phone_column", name=op.f("choice_is_of_two_columns")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"],
                                name=op.f("roster_choices_community_id_exists")),
        sa.PrimaryKeyConstraint("id", name=op.f("roster_choices_key")),
        sa.UniqueConstraint("community_id", "heads", name=op.f("one_choice_for_the_same_heads")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("roster_choices")
    op.execute("DELETE FROM roster_drafts")  # they hold an hour at most, and hold more than before
    op.execute("ALTER TABLE roster_drafts DROP COLUMN sheets")

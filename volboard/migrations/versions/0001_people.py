"""Accounts, communities and teams.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("session_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("large_text", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["accounts.id"], name=op.f("accounts_verified_by_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("accounts_key")),
        sa.UniqueConstraint("phone", name=op.f("accounts_phone_unique")),
    )
    op.create_table(
        "volunteers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("is_self", sa.Boolean(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("volunteer_has_a_name")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("volunteers_account_id_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("volunteers_key")),
        sa.UniqueConstraint("code", name=op.f("volunteers_code_unique")),
    )
    op.create_index(
        "one_name_per_household",
        "volunteers",
        ["account_id", "name"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "one_self_per_account",
        "volunteers",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("is_self"),
        postgresql_where=sa.text("is_self"),
    )
    op.create_index(op.f("volunteers_account_id_index"), "volunteers", ["account_id"], unique=False)
    op.create_index("volunteers_initials_index", "volunteers", ["initials"], unique=False)
    op.create_table(
        "desk_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("desk_codes_account_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["accounts.id"], name=op.f("desk_codes_issued_by_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_codes_key")),
    )
    op.create_index(op.f("desk_codes_account_id_index"), "desk_codes", ["account_id"], unique=False)
    op.create_table(
        "phone_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("viewed_by", sa.Integer(), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("phone_views_account_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["viewed_by"], ["accounts.id"], name=op.f("phone_views_viewed_by_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("phone_views_key")),
    )
    op.create_index(
        op.f("phone_views_account_id_index"),
        "phone_views",
        ["account_id"],
        unique=False,
    )
    op.create_table(
        "communities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("communities_key")),
        sa.UniqueConstraint("name", name=op.f("communities_name_unique")),
        sa.UniqueConstraint("slug", name=op.f("communities_slug_unique")),
    )
    op.create_table(
        "memberships",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("memberships_account_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("memberships_community_id_exists"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["accounts.id"], name=op.f("memberships_granted_by_exists")
        ),
        sa.PrimaryKeyConstraint("account_id", "community_id", name=op.f("memberships_key")),
    )
    op.create_table(
        "residencies",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("residencies_account_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("residencies_community_id_exists"),
        ),
        sa.PrimaryKeyConstraint("account_id", "community_id", name=op.f("residencies_key")),
    )
    op.create_index(
        op.f("residencies_community_id_index"),
        "residencies",
        ["community_id"],
        unique=False,
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("teams_community_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["volunteers.id"], name=op.f("teams_leader_id_exists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("teams_key")),
        sa.UniqueConstraint("community_id", "name", name="one_team_name_per_community"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("team_members_team_id_exists")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteers.id"],
            name=op.f("team_members_volunteer_id_exists"),
        ),
        sa.PrimaryKeyConstraint("team_id", "volunteer_id", name=op.f("team_members_key")),
    )
    op.create_index(
        op.f("team_members_volunteer_id_index"),
        "team_members",
        ["volunteer_id"],
        unique=False,
    )
    op.create_table(
        "site_facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("site_facts_key")),
    )


def downgrade() -> None:
    op.drop_table("site_facts")
    op.drop_table("team_members")
    op.drop_table("teams")
    op.drop_table("residencies")
    op.drop_table("memberships")
    op.drop_table("communities")
    op.drop_table("phone_views")
    op.drop_table("desk_codes")
    op.drop_table("volunteers")
    op.drop_table("accounts")

"""A name is stored in one form and compared in another, with all its readings.

Revision ID: 0018
Revises: 0017
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from volboard.accounts.name_forms import canonical
from volboard.accounts.pinyin import as_written
from volboard.core import clock

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ONE = "one_name_per_household"
LIVING = "removed_at IS NULL"
AT_ONCE = 1000
KEEP = sa.text("SELECT id, account_id, name, removed_at FROM volunteers ORDER BY id")
TIDY = sa.text(
    "INSERT INTO name_changes (volunteer_id, old_name, new_name, how, reason, asked_by, at)"
    " VALUES (:id, :old, :name, 'tidied', '', :account_id, :at)"
).bindparams(sa.bindparam("at", type_=sa.DateTime(timezone=True)))
WRITE = sa.text(
    "UPDATE volunteers SET name = :name, folded = :folded, initials = :initials,"
    " readings = :readings WHERE id = :id"
)
GONE = "已注销"


def upgrade() -> None:
    for column in ("folded", "readings"):
        op.add_column(
            "volunteers", sa.Column(column, sa.String(), server_default="", nullable=False)
        )
    op.drop_index(ONE, "volunteers")
    bind = op.get_bind()
    people = tuple(written(bind.execute(KEEP).all()))
    at = clock.now()
    tidied = [one | {"at": at} for one in people if one["name"] != one["old"]]
    for rows, statement in ((tidied, TIDY), (people, WRITE)):
        for start in range(0, len(rows), AT_ONCE):
            bind.execute(statement, list(rows[start : start + AT_ONCE]))
    op.create_index(ONE, "volunteers", ["account_id", "folded"], unique=True,
                    sqlite_where=sa.text(LIVING), postgresql_where=sa.text(LIVING))  # fmt: skip


def written(rows: Any) -> Iterator[dict[str, Any]]:
    """Each row as it is from now on. Who stands twice in a household is no judgement of ours: the
    second keeps the name as it was typed, and a mark behind the folded one."""
    living: set[tuple[int, str]] = set()
    for row in rows:
        columns = dict(
            as_written(row.name if row.name == GONE else canonical(row.name) or row.name)
        )
        key = (row.account_id, columns["folded"])
        if row.removed_at is None and key in living:
            columns |= {"name": row.name, "folded": f"{columns['folded']} {row.id}"}
        elif row.removed_at is None:
            living.add(key)
        if row.name == GONE:
            columns |= {"initials": "", "readings": ""}
        yield columns | {"id": row.id, "account_id": row.account_id, "old": row.name}


def downgrade() -> None:
    """Names stay as they are: which spaces stood in them is in `name_changes`."""
    op.drop_index(ONE, "volunteers")
    op.create_index(ONE, "volunteers", ["account_id", "name"], unique=True,
                    sqlite_where=sa.text(LIVING), postgresql_where=sa.text(LIVING))  # fmt: skip
    for column in ("folded", "readings"):
        op.drop_column("volunteers", column)

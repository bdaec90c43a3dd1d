"""Indexes over some of a table's rows, as several slices declare them.

Which rows these are on PostgreSQL, the migrations alone say: `postgresql_where` would load the
whole PostgreSQL dialect, 2.5 MB, into every worker that uses SQLite.
"""

from sqlalchemy import Index, text


def unique_where(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows for which `where` holds."""
    return Index(name, *columns, unique=True, sqlite_where=text(where))


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index over the rows for which `where` holds."""
    return Index(name, *columns, sqlite_where=text(where))

"""Indexes that several slices declare in the same way."""

from sqlalchemy import Index, text


def unique_where(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows for which `where` holds.

    Which rows these are on PostgreSQL, the migrations alone say: `postgresql_where` would
    load the whole PostgreSQL dialect, 2.5 MB, into every worker that uses SQLite.
    """
    return Index(name, *columns, unique=True, sqlite_where=text(where))

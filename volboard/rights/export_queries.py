"""Everything that is kept about a household, row by row (PIPL art. 45)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select

from volboard.accounts.models import Volunteer
from volboard.accounts.rules import NOTICE_VERSION
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import Base, db
from volboard.core.formats import masked_name
from volboard.events.models import Event, Shift
from volboard.rights.owned import OWN_ACCOUNT, OWN_PEOPLE, OWNED, Rows
from volboard.teams.models import Team

Cells = Mapping[str, object]
SELF = "本人"


@dataclass(frozen=True)
class Sheet:
    """One kind of rows: its name in the database, in words, and what is in them."""

    table: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Copy:
    """A copy of everything, and of when."""

    made_at: str
    notice: str
    sheets: tuple[Sheet, ...]


def copy_of(account_id: int) -> Copy:
    """Everything about the account and its household; a fixed number of statements.

    Numbers of other people become their masked names; what would let somebody act as the
    person (hashes of secrets) is left out.
    """
    people = set(db.session.scalars(select(Volunteer.id).where(Volunteer.account_id == account_id)))
    found: dict[str, list[dict[str, Any]]] = {}
    for name, rows in OWNED.items():
        table = Base.metadata.tables[name]
        query = select(table).where(_theirs(table, rows, account_id, people))
        found[name] = [dict(row) for row in db.session.execute(_ordered(query, table)).mappings()]
    words = _words(account_id, found)
    sheets = tuple(_sheet(name, rows, found[name], words) for name, rows in OWNED.items())
    return Copy(clock.local(clock.now()).isoformat(timespec="seconds"), NOTICE_VERSION, sheets)


def _theirs(table: Table, rows: Rows, account_id: int, people: set[int]) -> ColumnElement[bool]:
    fits: list[ColumnElement[bool]] = [false()]
    for column, through in rows.by.items():
        if through == OWN_ACCOUNT:
            fits.append(table.c[column] == account_id)
        elif through == OWN_PEOPLE:
            fits.append(table.c[column].in_(people))
        else:
            fits.append(_through(table.c[column], through, account_id, people))
    return or_(*fits)


def _through(
    column: ColumnElement[Any], name: str, account_id: int, people: set[int]
) -> ColumnElement[bool]:
    """That the row belongs to one of theirs in another table."""
    other = Base.metadata.tables[name]
    key = other.c.shift_id if column.key == "shift_id" else other.c.id
    theirs = select(key).where(other.c.volunteer_id.in_(people))
    if "account_id" in other.c:
        return column.in_(theirs) | column.in_(select(key).where(other.c.account_id == account_id))
    return column.in_(theirs)


def _ordered(query: Select[Any], table: Table) -> Select[Any]:
    return query.order_by(*table.primary_key.columns)


def _sheet(
    name: str, rows: Rows, found: Sequence[dict[str, Any]], words: Mapping[str, Mapping[int, str]]
) -> Sheet:
    table = Base.metadata.tables[name]
    shown = [column for column in table.columns if column.name not in rows.secret]
    names = tuple(column.name for column in shown)
    refers = {column.name: _target(column) for column in shown}
    cells = tuple(
        {key: _cell(row[key], words.get(refers[key] or "")) for key in names} for row in found
    )
    return Sheet(name, rows.title, names, cells)


def _target(column: Any) -> str | None:
    """Which table's row a column names, where words stand for it."""
    return next((key.column.table.name for key in column.foreign_keys), None)


def _cell(value: object, words: Mapping[int, str] | None) -> object:
    if isinstance(value, datetime):
        return clock.local(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if words is not None and isinstance(value, int):
        return words.get(value, value)
    return value


def _words(
    account_id: int, found: Mapping[str, Sequence[dict[str, Any]]]
) -> Mapping[str, Mapping[int, str]]:
    """What stands for a number: masked for everybody else, in full for the household."""
    own = {row["id"]: row["name"] for row in found["volunteers"]}
    accounts = _named(found, "accounts")
    seen = select(Volunteer.account_id, Volunteer.name).where(
        and_(Volunteer.is_self, Volunteer.account_id.in_(accounts))
    )
    makers = {number: masked_name(name) for number, name in db.session.execute(seen)}
    shifts = (
        select(Shift.id, Event.title, Shift.title, Shift.starts_at)
        .join(Event, Event.id == Shift.event_id)
        .where(Shift.id.in_(_named(found, "shifts")))
    )
    return {
        "accounts": makers | {account_id: SELF},
        "volunteers": own,
        "communities": _names(Community.id, Community.name),
        "teams": _names(Team.id, Team.name),
        "shifts": {
            number: f"{event} · {post} · {clock.local(at):%Y-%m-%d %H:%M}"
            for number, event, post, at in db.session.execute(shifts)
        },
    }  # fmt: skip


def _names(number: Any, name: Any) -> Mapping[int, str]:
    return {row[0]: row[1] for row in db.session.execute(select(number, name))}


def _named(found: Mapping[str, Sequence[dict[str, Any]]], target: str) -> set[int]:
    """All numbers of rows of one table that stand in what was found."""
    numbers = set()
    for name, rows in found.items():
        for column in Base.metadata.tables[name].columns:
            if _target(column) == target:
                numbers |= {row[column.name] for row in rows if row[column.name] is not None}
    return numbers

"""Names that wait for a second person, and those that changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.orm import aliased

from volboard.accounts.identity_models import NameChange, NameRequest
from volboard.accounts.models import Volunteer
from volboard.accounts.name_rules import How, RequestState
from volboard.communities.models import Residency
from volboard.core.access import Viewer
from volboard.core.db import db

MOST = 50


@dataclass(frozen=True)
class Wish:
    """Somebody's wish for another name, as the organizers see it; names are not masked."""

    id: int
    volunteer_id: int
    account_id: int
    name: str
    new_name: str
    reason: str
    asked_by: int
    asker: str
    asked_at: datetime


@dataclass(frozen=True)
class Change:
    """A name that changed, and by whom."""

    old_name: str
    new_name: str
    how: How
    reason: str
    asker: str
    agreer: str | None
    at: datetime
    is_own_ask: bool
    """Whether the household asked itself."""


@dataclass(frozen=True)
class NameDesk:
    """The organizers' page: what this person may decide, what others must, and what was."""

    to_decide: tuple[Wish, ...]
    for_others: tuple[Wish, ...]
    changes: tuple[Change, ...]


def name_desk(by: Viewer) -> NameDesk:
    """All that wait, and the latest changes, in two statements."""
    rows = db.session.execute(_wishes().where(within_power(by)).limit(MOST))
    wishes = tuple(Wish(**row._mapping) for row in rows)
    free = tuple(one for one in wishes if by.id not in (one.asked_by, one.account_id))
    return NameDesk(free, tuple(one for one in wishes if one not in free), changes(by))


def wish(request_id: int, by: Viewer) -> Wish | None:
    """One that waits, within this person's power."""
    query = _wishes().where(NameRequest.id == request_id, within_power(by))
    row = db.session.execute(query).one_or_none()
    return Wish(**row._mapping) if row else None


def own_wish(volunteer_id: int) -> Wish | None:
    """What waits for this volunteer, whoever asked."""
    row = db.session.execute(_wishes().where(Volunteer.id == volunteer_id)).one_or_none()
    return Wish(**row._mapping) if row else None


def own_changes(volunteer_id: int) -> tuple[Change, ...]:
    """How this volunteer was called before, the latest first."""
    return _changes(NameChange.volunteer_id == volunteer_id)


def changes(by: Viewer) -> tuple[Change, ...]:
    """The latest changes within this person's power."""
    return _changes(within_power(by))


def within_power(by: Viewer) -> ColumnElement[bool]:
    """That the volunteer of a query lives where this person organizes."""
    if by.is_admin:
        return true()
    r = Residency
    return exists().where(
        r.account_id == Volunteer.account_id, r.community_id.in_(sorted(by.communities))
    )


def waiting_names(by: Viewer) -> Select[Any]:
    """The wishes that this person may decide: of others, for other households."""
    return (
        select(NameRequest.id)
        .join(Volunteer, Volunteer.id == NameRequest.volunteer_id)
        .where(NameRequest.state == RequestState.WAITING, NameRequest.asked_by != by.id,
               Volunteer.account_id != by.id, within_power(by))
    )  # fmt: skip


def _wishes() -> Select[Any]:
    r, asker = NameRequest, aliased(Volunteer)
    columns: list[Any] = [
        r.id, r.volunteer_id, Volunteer.account_id, Volunteer.name, r.new_name, r.reason,
        r.asked_by, asker.name.label("asker"), r.asked_at,
    ]  # fmt: skip
    return (
        select(*columns)
        .join(Volunteer, Volunteer.id == r.volunteer_id)
        .join(asker, (asker.account_id == r.asked_by) & asker.is_self)
        .where(r.state == RequestState.WAITING)
        .order_by(r.asked_at, r.id)
    )  # fmt: skip


def _changes(condition: ColumnElement[bool]) -> tuple[Change, ...]:
    c, asker, agreer = NameChange, aliased(Volunteer), aliased(Volunteer)
    rows = db.session.execute(
        select(c.old_name, c.new_name, c.how, c.reason, asker.name.label("asker"),
               agreer.name.label("agreer"), c.at,
               (c.asked_by == Volunteer.account_id).label("is_own_ask"))
        .join(Volunteer, Volunteer.id == c.volunteer_id)
        .join(asker, (asker.account_id == c.asked_by) & asker.is_self)
        .outerjoin(agreer, (agreer.account_id == c.agreed_by) & agreer.is_self)
        .where(condition, c.how != How.TIDIED, c.new_name != "")
        .order_by(c.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return tuple(Change(**row._mapping) for row in rows)

"""Under which names somebody was known, and whether an organizer has seen them."""

from collections.abc import Mapping

from sqlalchemy import exists, select

from volboard.accounts.identity_models import NameChange, NameRequest
from volboard.accounts.models import Sighting
from volboard.accounts.name_rules import How, Renamed, RequestState
from volboard.core.db import db


def is_seen(volunteer_id: int) -> bool:
    """Whether an organizer has checked in this one person."""
    return bool(db.session.scalar(select(exists().where(Sighting.volunteer_id == volunteer_id))))


def names_of(volunteer_id: int) -> tuple[Renamed, ...]:
    """All changes of the name in their order, those that only tidied it left out."""
    c = NameChange
    rows = db.session.execute(
        select(c.old_name, c.new_name, c.at, c.how)
        .where(c.volunteer_id == volunteer_id, c.how != How.TIDIED)
        .order_by(c.id)
    )
    return tuple(Renamed(old, new, at, How(how)) for old, new, at, how in rows)


def names_waiting(account_id: int) -> Mapping[int, str]:
    """The names for which the household asked and waits, by volunteer."""
    r = NameRequest
    rows = db.session.execute(
        select(r.volunteer_id, r.new_name).where(
            r.asked_by == account_id, r.state == RequestState.WAITING
        )
    )
    return {volunteer: new for volunteer, new in rows}

"""What an account gave away to others ends with its old password (docs/adr/0043)."""

from sqlalchemy import delete, select, update

from volboard.accounts.giving_away import Ended
from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.db import db
from volboard.events.shift_commands import lock_shift
from volboard.signups.models import CalendarFeed, HandOver, Signup


def end_given_away(account_id: int) -> Ended:
    """End the calendar's address and every open hand-over of the household; answers how many.

    Inside the caller's transaction, which holds the household. The shifts are locked by their
    ids, as whoever takes a seat does, so that a seat is either taken or its address is withdrawn.
    """
    for shift_id in _shifts_with_offers(account_id):
        lock_shift(shift_id)
    h, f = HandOver, CalendarFeed
    theirs = select(Signup.id).join(Volunteer).where(Volunteer.account_id == account_id)
    withdrawn = db.session.execute(
        update(h)
        .where(h.signup_id.in_(theirs), h.taken_at.is_(None), h.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .returning(h.id)
        .execution_options(synchronize_session=False)
    ).all()
    feeds = db.session.execute(
        delete(f).where(f.account_id == account_id).returning(f.account_id)
    ).all()
    return Ended(feeds=len(feeds), hand_overs=len(withdrawn))


def _shifts_with_offers(account_id: int) -> list[int]:
    h, s = HandOver, Signup
    query = (
        select(s.shift_id)
        .distinct()
        .join(h, h.signup_id == s.id)
        .join(Volunteer, Volunteer.id == s.volunteer_id)
        .where(Volunteer.account_id == account_id)
        .where(h.taken_at.is_(None), h.withdrawn_at.is_(None))
        .order_by(s.shift_id)
    )
    return list(db.session.scalars(query))

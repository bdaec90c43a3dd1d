"""Letting go of the places of somebody who is deleted."""

from sqlalchemy import delete, select, update

from volboard.accounts.leaving import Leaving
from volboard.core import clock
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.events.shift_commands import lock_shift
from volboard.signups import places
from volboard.signups.models import CalendarFeed, CoverAsk, HandOver, Signup


def forget(leaving: Leaving) -> None:
    """End what lies ahead, seat the next in line, and take away every word and key.

    Inside the caller's transaction, which holds the volunteers. Raises IsHere for somebody whom
    the gate has let in.
    """
    s = Signup
    ahead = db.session.execute(
        select(s.id, s.shift_id)
        .join(Shift, Shift.id == s.shift_id)
        .where(s.volunteer_id.in_(leaving.volunteer_ids), places.LIVE)
        .where(Shift.ends_at > clock.now(), Shift.closed_at.is_(None))
        .order_by(s.shift_id, s.id)
    ).all()
    shifts = sorted({row.shift_id for row in ahead})
    for shift_id in shifts:
        lock_shift(shift_id)
    for row in ahead:
        places.end(row.id, leaving.account_id)
    for shift_id in shifts:
        places.promote(shift_id, leaving.account_id)
    _forget_words(leaving)


def _forget_words(leaving: Leaving) -> None:
    """Also what organizers wrote about them: a reason may hold a name."""
    s = Signup
    theirs = s.volunteer_id.in_(leaving.volunteer_ids)
    places_of = select(s.id).where(theirs)
    for statement in (
        update(s).where(theirs).values(request_key=None, end_reason=""),
        update(s).where(theirs, s.jump_reason.is_not(None)).values(jump_reason=""),
        delete(HandOver).where(HandOver.signup_id.in_(places_of)),
        delete(CoverAsk).where(CoverAsk.volunteer_id.in_(leaving.volunteer_ids)),
        delete(CalendarFeed).where(CalendarFeed.account_id.in_(leaving.accounts)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))

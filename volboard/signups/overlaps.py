"""That nobody has two places at the same time; the caller holds the locks."""

from flask_babel import gettext as _
from sqlalchemy import select

from volboard.core import formats
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.shift_commands import ShiftRow
from volboard.signups.errors import Overlaps
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

LIVE = Signup.state != SignupState.CANCELLED


def refuse_overlap(volunteer_id: int, shift: ShiftRow) -> None:
    """Raise Overlaps, naming the other shift, if the person has a place at the same time."""
    s = Shift
    other = db.session.execute(
        select(Event.title, s.title, s.starts_at, s.ends_at)
        .select_from(Signup)
        .join(s, s.id == Signup.shift_id)
        .join(Event, Event.id == s.event_id)
        .where(Signup.volunteer_id == volunteer_id, LIVE, s.id != shift.id)
        .where(s.starts_at < shift.ends_at, s.ends_at > shift.starts_at)
        .order_by(s.starts_at)
        .limit(1)
    ).one_or_none()
    if other is not None:
        what = f"{other[0]}·{other[1]}"
        when = f"{formats.short_day(other[2])} {formats.span(other[2], other[3])}"
        raise Overlaps(
            _(
                "同一时间已经报了“%(what)s”（%(when)s）。要换的话，请先取消那一个。",
                what=what,
                when=when,
            )
        )

"""Reminding people a day and two hours before their shift begins."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, exists, literal, select

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import UTCDateTime, db, transaction
from volboard.events.models import Event, Shift
from volboard.events.rules import EventState, gathering
from volboard.messages.commands import tell
from volboard.messages.models import Message
from volboard.messages.rules import Quiet
from volboard.signups.models import Signup
from volboard.signups.readers import Reader, notice_of_place, readers_query
from volboard.signups.reminder_rules import AHEAD, PLANS, Plan, is_ripe
from volboard.signups.rules import SignupState

BATCH = 500


def sweep() -> int:
    """Write every reminder that is due now; answers how many. Asked again it writes none.

    Two statements where there is nothing to do. Batches of 500, each its own transaction of a
    fixed number of statements, so that nobody who signs up waits for it.
    """
    return sum(_remind(plan, starts) for plan in PLANS if (starts := _ripe(plan)))


def _ripe(plan: Plan) -> Mapping[int, datetime]:
    """The shifts of which people should be reminded now, with their starts."""
    s, e, c, now = Shift, Event, Community, clock.now()
    rows = db.session.execute(
        select(s.id, s.starts_at, s.call_minutes, c.quiet_from, c.quiet_to)
        .join(e, e.id == s.event_id)
        .join(c, c.id == e.community_id)
        .where(s.starts_at > now, s.starts_at <= now + AHEAD)
        .where(s.called_off_at.is_(None), s.seated > 0, e.state == EventState.PUBLISHED)
    )
    return {
        row.id: row.starts_at
        for row in rows
        if is_ripe(plan, gathering(row.starts_at, row.call_minutes),
                   Quiet(row.quiet_from, row.quiet_to), now)
    }  # fmt: skip


def _remind(plan: Plan, starts: Mapping[int, datetime]) -> int:
    told, found = 0, BATCH
    while found == BATCH:
        with transaction():
            people = _not_reminded(plan, starts)
            told += tell(notice_of_place(plan.kind, one, f":{one.epoch}") for one in people)
        found = len(people)
    return told


def _not_reminded(plan: Plan, starts: Mapping[int, datetime]) -> tuple[Reader, ...]:
    """Who has a seat and was not told yet. A seat that is given back this moment waits, or is
    left to the next sweep; of a shift that moved meanwhile nobody is reminded."""
    early = _of_shift({shift_id: at - plan.seated for shift_id, at in starts.items()})
    query = (
        readers_query()
        .where(Signup.shift_id.in_(starts), Signup.state == SignupState.SEATED)
        .where(Signup.seated_at <= early, Shift.starts_at == _of_shift(starts))
        .where(~exists().where(Message.key == _key(plan, starts)))
        .limit(BATCH)
        .with_for_update(of=Signup, read=True, skip_locked=True)
    )
    return tuple(Reader(*list(row)) for row in db.session.execute(query))


def _of_shift(moments: Mapping[int, datetime]) -> ColumnElement[datetime]:
    """The moment of a row's shift."""
    known = {shift_id: literal(at, UTCDateTime) for shift_id, at in moments.items()}
    return case(known, value=Signup.shift_id)


def _key(plan: Plan, starts: Mapping[int, datetime]) -> ColumnElement[str]:
    """The key of a row's reminder, as `notice_of_place` writes it."""
    stamps = {shift_id: f":{int(at.timestamp())}" for shift_id, at in starts.items()}
    return (
        literal(f"{plan.kind}:signup:")
        + cast(Signup.id, String)
        + case(stamps, value=Signup.shift_id)
    )

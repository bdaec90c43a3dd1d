"""What a message about somebody's place says, and where it leads; the outbox makes the words."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.events.rules import gathering
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind
from volboard.messages.wording import when


def tell_people(
    kind: Kind, shift_id: int, volunteer_ids: Collection[int], path_of: Callable[[int], str]
) -> int:
    """Tell each of these people one thing about the shift; answers how many were told anew.

    The same thing about the same hour is told once; a shift that moved is told of again.
    `path_of` answers where a volunteer's message leads. Five statements, however many people.
    """
    facts, community_id, starts_at, gathers_at = _facts(shift_id)
    v = Volunteer
    rows = db.session.execute(
        select(v.id, v.account_id, v.name, v.is_self).where(v.id.in_(volunteer_ids)).order_by(v.id)
    )
    return tell(
        Notice(
            key=f"{kind}:shift:{shift_id}:{row.id}:{int(starts_at.timestamp())}",
            kind=kind,
            subject=f"shift:{shift_id}",
            account_id=row.account_id,
            community_id=community_id,
            facts=facts if row.is_self else {**facts, "姓名": row.name},
            path=path_of(row.id),
            volunteer_id=row.id,
            expires_at=starts_at,
            gathers_at=gathers_at,
        )
        for row in rows
    )


def _facts(shift_id: int) -> tuple[Mapping[str, str], int, datetime, datetime]:
    s, e = Shift, Event
    row = db.session.execute(
        select(e.title, s.title, s.starts_at, s.ends_at, e.place, e.community_id, s.call_minutes)
        .join(e, e.id == s.event_id)
        .where(s.id == shift_id)
    ).one()
    event, post, starts_at, ends_at, place, community_id, call_minutes = row
    facts = {"活动": event, "岗位": post, "时间": when(starts_at, ends_at), "地点": place}
    return facts, community_id, starts_at, gathering(starts_at, call_minutes)

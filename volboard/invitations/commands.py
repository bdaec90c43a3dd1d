"""Asking those who came last time."""

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import transaction
from volboard.events.facts import EventFact
from volboard.events.inviting import Ways
from volboard.events.locks import lock
from volboard.events.queries import get_managed_event
from volboard.events.rules import EventState
from volboard.invitations.errors import NothingToAskTo
from volboard.invitations.queries import Guest, guests, ways_of
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind
from volboard.messages.wording import when


def invite(event_id: int, by: Viewer) -> Ways:
    """Tell those who came last time that there is this event; answers how many hear it how.

    Nobody is asked twice, and nobody who has a place in it already. Raises NotFound, and
    NothingToAskTo for a draft, a cancelled event and one that is over.
    """
    with transaction():
        lock(event_id)
        event = get_managed_event(event_id, by)
        if event.state != EventState.PUBLISHED or event.ends_at <= clock.now():
            raise NothingToAskTo
        asked = guests(event)
        if not tell(_notice(event, guest) for guest in asked):
            return Ways()
        return ways_of(event_id, [guest.volunteer_id for guest in asked])


def _notice(event: EventFact, guest: Guest) -> Notice:
    facts = {
        "活动": event.title, "时间": when(event.starts_at, event.ends_at), "地点": event.place,
        "电话": event.contact_phone,
    }  # fmt: skip
    return Notice(
        key=f"{Kind.INVITED}:event:{event.id}:{guest.volunteer_id}",
        kind=Kind.INVITED,
        subject=f"event:{event.id}",
        account_id=guest.account_id,
        community_id=event.community_id,
        facts=facts if guest.is_self else facts | {"姓名": guest.name},
        path=f"/events/{event.id}",
        volunteer_id=guest.volunteer_id,
        expires_at=event.ends_at,
    )

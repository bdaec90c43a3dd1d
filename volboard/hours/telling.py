"""Telling organizers what waits for them, and people what became of it; who acts is not told."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community, Membership
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.models import MakeUp
from volboard.messages.commands import Notice, drop, tell
from volboard.messages.rules import Kind
from volboard.messages.wording import when


@dataclass(frozen=True)
class Matter:
    """What waits for somebody: a dispute or a make-up of one volunteer and shift."""

    subject: str
    """As `dispute:3`."""
    community_id: int
    volunteer_id: int
    shift_id: int

    @classmethod
    def of(cls, request: MakeUp) -> "Matter":
        """The matter of a make-up."""
        return cls(f"make_up:{request.id}", request.community_id, request.volunteer_id,
                   request.shift_id)  # fmt: skip


def tell_organizers(kind: Kind, matter: Matter, path: str, besides: Collection[int]) -> None:
    """Tell the community's organizers that something waits; `besides` are accounts left out."""
    m = Membership
    waiting = select(m.account_id).where(
        m.community_id == matter.community_id, m.account_id.not_in(besides)
    )
    facts = _facts(matter.shift_id)
    tell(
        Notice(f"{kind}:{matter.subject}:{account_id}", kind, matter.subject, account_id,
               matter.community_id, facts, path)
        for account_id in db.session.scalars(waiting.order_by(m.account_id))
    )  # fmt: skip


def tell_decided(
    kind: Kind, matter: Matter, by: int, answer: str = "", asker: tuple[int, str] | None = None
) -> None:
    """Tell the volunteer's household, and who had asked, what was decided; nobody has to look
    at it any more. `asker`: the account, and where it goes from there."""
    drop(matter.subject, {Kind.DISPUTE_WAITS, Kind.APPROVAL_WAITS})
    v = Volunteer
    owner = db.session.execute(
        select(v.account_id, v.name, v.is_self).where(v.id == matter.volunteer_id)
    ).one()
    facts = _facts(matter.shift_id) | ({"内容": answer} if answer else {})
    who = {} if owner.is_self else {"姓名": owner.name}
    own = own_hours(matter.volunteer_id, owner.is_self)
    readers = {asker[0]: (facts, asker[1], None)} if asker else {}
    readers |= {owner.account_id: (facts | who, own, matter.volunteer_id)}
    tell(
        Notice(f"{kind}:{matter.subject}:{account_id}", kind, matter.subject, account_id,
               matter.community_id, said, path, volunteer_id)
        for account_id, (said, path, volunteer_id) in readers.items() if account_id != by
    )  # fmt: skip


def tell_it_waits(shift_id: int, people: Collection[int], by: int) -> None:
    """Tell who came that their minutes wait, and the other organizers, once a shift."""
    if not people:
        return
    community_id, facts = _community_of(shift_id), _facts(shift_id)
    subject = f"unconfirmed:{shift_id}"
    tell(_to_households(Kind.UNCONFIRMED, subject, community_id, people, facts))
    matter = Matter(subject, community_id, 0, shift_id)
    tell_organizers(Kind.CONFIRM_WAITS, matter, f"/organize/unconfirmed#shift-{shift_id}", [by])


def tell_refused(
    row_id: int, community_id: int, volunteer_id: int, shift_id: int, words: str, by: int
) -> None:  # fmt: skip
    """Tell the household that an organizer says it was not so, and why."""
    untell(shift_id, volunteer_id)
    facts, subject = _facts(shift_id) | {"原因": words}, f"unconfirmed:{shift_id}"
    kind = Kind.UNCONFIRMED_REFUSED
    notices = _to_households(kind, subject, community_id, [volunteer_id], facts, row_id)
    tell(one for one in notices if one.account_id != by)


def tell_asked_again(
    row_id: int, community_id: int, volunteer_id: int, shift_id: int, by: int
) -> None:  # fmt: skip
    """Tell the organizers that somebody asks to look again."""
    matter = Matter(f"unconfirmed:{row_id}:again", community_id, volunteer_id, shift_id)
    tell_organizers(Kind.CONFIRM_WAITS, matter, f"/organize/unconfirmed#shift-{shift_id}", [by])


def untell(shift_id: int, volunteer_id: int) -> None:
    """It waits no more: who was not told yet is not told."""
    drop(f"unconfirmed:{shift_id}", {Kind.UNCONFIRMED}, [volunteer_id])


def _to_households(
    kind: Kind, subject: str, community_id: int, people: Collection[int],
    facts: dict[str, str], turn: int = 0,
) -> list[Notice]:  # fmt: skip
    v = Volunteer
    rows = db.session.execute(
        select(v.id, v.account_id, v.name, v.is_self).where(v.id.in_(people)).order_by(v.id)
    )
    return [
        Notice(f"{kind}:{subject}:{row.id}:{turn}", kind, subject, row.account_id, community_id,
               facts if row.is_self else facts | {"姓名": row.name}, own_hours(row.id, row.is_self),
               row.id)
        for row in rows
    ]  # fmt: skip


def own_hours(volunteer_id: int, is_self: bool) -> str:
    """Where somebody of the household reads these hours."""
    return "/me/hours" if is_self else f"/me/hours?person={volunteer_id}"


def _community_of(shift_id: int) -> int:
    asked = select(Event.community_id).join(Shift, Shift.event_id == Event.id)
    return db.session.scalars(asked.where(Shift.id == shift_id)).one()


def _facts(shift_id: int) -> dict[str, str]:
    s, e, c = Shift, Event, Community
    row = db.session.execute(
        select(e.title, s.title, e.place, s.starts_at, s.ends_at, c.phone)
        .join(e, e.id == s.event_id)
        .join(c, c.id == e.community_id)
        .where(s.id == shift_id)
    ).one()
    event, post, place, starts_at, ends_at, phone = row
    return {"活动": event, "岗位": post, "地点": place, "时间": when(starts_at, ends_at),
            "电话": phone}  # fmt: skip

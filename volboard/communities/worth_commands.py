"""What minutes are worth: proposed by one organizer, agreed by another, from the next day on."""

from dataclasses import asdict, dataclass

from flask import current_app
from sqlalchemy import select

from volboard.communities.errors import (
    AlreadyDecided,
    AlreadyProposed,
    NightTooLong,
    OwnProposal,
    SamePhone,
    SameRules,
)
from volboard.communities.models import WorthRule
from volboard.communities.rule_commands import hold
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import (
    FOUNDING,
    LONGEST_NIGHT,
    Worth,
    WorthState,
    first_day,
    lowers,
    night_length,
)
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.devices import Phone
from volboard.core.errors import NotFound
from volboard.core.logs import log

TELL_OF_WORTH = "who is told of a change of what minutes are worth"
"""Where the app keeps it (`app.extensions`): messages stand above this floor (docs/adr/0027)."""


@dataclass(frozen=True)
class Proposed:
    """A change as it was written: whether it waits or holds from the next day."""

    id: int
    state: WorthState


def propose(community_id: int, worth: Worth, by: Viewer, phone: Phone) -> Proposed:
    """Propose what minutes are to be worth; nothing of what holds today changes.

    What makes nothing worth more needs nobody else (`rules.lowers`); all else waits for another
    organizer. Raises NotFound to strangers, NightTooLong, SameRules, AlreadyProposed.
    """
    if night_length(worth.night_from, worth.night_to) > LONGEST_NIGHT:
        raise NightTooLong
    with transaction():
        hold(community_id, by)
        last = community_rules(community_id).last
        before = last.worth if last else FOUNDING
        if worth == before:
            raise SameRules
        if _waits(community_id):
            raise AlreadyProposed
        state = WorthState.LOWERED if lowers(before, worth) else WorthState.WAITING
        row = WorthRule(
            community_id=community_id, replaces=last.id if last else None, state=state,
            proposed_by=by.id, proposed_at=clock.now(), proposed_on=phone.id, **asdict(worth),
        )  # fmt: skip
        if state == WorthState.LOWERED:
            row.holds_from = first_day(clock.today(), last.holds_from if last else None)
        db.session.add(row)
        db.session.flush()
        current_app.extensions[TELL_OF_WORTH](row)
    log.info("worth proposed", community=community_id, by=by.id, rule=row.id, state=state)
    return Proposed(row.id, state)


def agree(rule_id: int, by: Viewer, phone: Phone) -> int:
    """Let what another organizer proposed hold from the next Beijing day on; the community's id.

    Raises NotFound to strangers, AlreadyDecided, OwnProposal, SamePhone.
    """
    with transaction():
        row = _proposed(rule_id, by)
        if row.proposed_by == by.id:
            raise OwnProposal
        if row.proposed_on == phone.id:
            raise SamePhone
        last = community_rules(row.community_id).last
        row.holds_from = first_day(clock.today(), last.holds_from if last else None)
        return _decide(row, WorthState.AGREED, by, phone)


def refuse(rule_id: int, by: Viewer, phone: Phone) -> int:
    """Refuse what another proposed; the community's id.

    Raises NotFound, AlreadyDecided, OwnProposal.
    """
    with transaction():
        row = _proposed(rule_id, by)
        if row.proposed_by == by.id:
            raise OwnProposal
        return _decide(row, WorthState.REFUSED, by, phone)


def withdraw(rule_id: int, by: Viewer, phone: Phone) -> int:
    """Take back one's own proposal; the community's id. Raises NotFound for anybody else's,
    AlreadyDecided."""
    with transaction():
        row = _proposed(rule_id, by)
        if row.proposed_by != by.id:
            raise NotFound
        return _decide(row, WorthState.WITHDRAWN, by, phone)


def _waits(community_id: int) -> bool:
    w = WorthRule
    query = select(w.id).where(w.community_id == community_id, w.state == WorthState.WAITING)
    return db.session.scalar(query) is not None


def _proposed(rule_id: int, by: Viewer) -> WorthRule:
    """The proposal that waits, held after its community, as everywhere."""
    found = select(WorthRule).where(WorthRule.id == rule_id)
    row = db.session.scalars(found).one_or_none()
    if row is None:
        raise NotFound
    hold(row.community_id, by)
    row = db.session.scalars(locked(found, of=WorthRule)).one()
    if row.state != WorthState.WAITING:
        raise AlreadyDecided
    return row


def _decide(row: WorthRule, state: WorthState, by: Viewer, phone: Phone) -> int:
    row.state, row.decided_by = state, by.id
    row.decided_at, row.decided_on = clock.now(), phone.id
    db.session.flush()
    current_app.extensions[TELL_OF_WORTH](row)
    log.info("worth decided", community=row.community_id, by=by.id, rule=row.id, state=state)
    return row.community_id

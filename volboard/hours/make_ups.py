"""Hours entered afterwards: one organizer asks, another one approves on another phone."""

from datetime import datetime

from sqlalchemy import select

from volboard.accounts.household_queries import is_own
from volboard.accounts.models import Volunteer
from volboard.communities.rule_queries import community_rules
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.devices import Phone
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.hours import stars
from volboard.hours.chain import append
from volboard.hours.commands import measured
from volboard.hours.make_up_errors import (
    AlreadyAsked,
    AlreadyDecided,
    OwnFamily,
    OwnRequest,
    SamePhone,
)
from volboard.hours.make_up_grounds import refuse_groundless
from volboard.hours.models import HourEntry, MakeUp
from volboard.hours.rules import EntryKind, MakeUpState, Presence
from volboard.hours.telling import Matter, tell_decided, tell_organizers
from volboard.messages.commands import drop
from volboard.messages.rules import Kind

HOW = "make_up"


def ask(
    shift_id: int, volunteer_id: int, came: datetime, left: datetime, reason: str, by: Viewer,
    phone: Phone,
) -> int:  # fmt: skip
    """Ask for hours that the gate did not see; answers the request's id. Nothing is credited.

    Raises NotFound to strangers, NotOver, EarnsNothing, OutsideTimes, HasLine, ServedElsewhere,
    AlreadyAsked.
    """
    with transaction():
        _hold(volunteer_id)
        shift = _managed(shift_id, by)
        refuse_groundless(shift, volunteer_id, (came, left))
        waiting = select(MakeUp.id).where(
            MakeUp.shift_id == shift_id, MakeUp.volunteer_id == volunteer_id,
            MakeUp.state == MakeUpState.WAITING,
        )  # fmt: skip
        if db.session.scalar(waiting) is not None:
            raise AlreadyAsked
        request = MakeUp(
            community_id=shift.community_id, volunteer_id=volunteer_id, shift_id=shift_id,
            came_at=came, left_at=left, reason=reason, asked_by=by.id, asked_at=clock.now(),
            asked_on=phone.id, asked_with=phone.name,
        )  # fmt: skip
        db.session.add(request)
        db.session.flush()
        path = f"/organize/make-ups/{request.id}"
        tell_organizers(Kind.APPROVAL_WAITS, Matter.of(request), path, [by.id])
        return request.id


def approve(make_up_id: int, by: Viewer, phone: Phone) -> int:
    """Write the hours that somebody else asked for; answers the line's id.

    Raises NotFound to strangers, AlreadyDecided, OwnRequest, OwnFamily, SamePhone, and what
    `ask` raises where the ground has gone since.
    """
    with transaction():
        request = _waiting(make_up_id, by)
        refuse_hand_in_hand(request, by, phone)
        shift = _managed(request.shift_id, by)
        times = (request.came_at, request.left_at)
        refuse_groundless(shift, request.volunteer_id, times)
        _decide(request, MakeUpState.APPROVED, by, phone)
        rules = community_rules(request.community_id)
        entry = append(HourEntry(
            kind=EntryKind.MAKE_UP, make_up_id=request.id, how=HOW,
            volunteer_id=request.volunteer_id, community_id=request.community_id,
            shift_id=request.shift_id, seen_by=request.asked_by, seen_at=request.asked_at,
            device=request.asked_with, recorded_by=by.id,
            planned_minutes=int((shift.ends_at - shift.starts_at).total_seconds()) // 60,
            **measured(Presence(*times, ""), rules),
        ), request.reason)  # fmt: skip
        stars.review(request.volunteer_id, rules)
        return entry.id


def refuse(make_up_id: int, answer: str, by: Viewer, phone: Phone) -> None:
    """Refuse a request, with a word why. Raises NotFound, AlreadyDecided, OwnRequest."""
    with transaction():
        request = _waiting(make_up_id, by)
        if request.asked_by == by.id:
            raise OwnRequest
        _decide(request, MakeUpState.REFUSED, by, phone, answer)


def withdraw(make_up_id: int, by: Viewer, phone: Phone) -> None:
    """Take back one's own request. Raises NotFound for anybody else's, AlreadyDecided."""
    with transaction():
        request = _waiting(make_up_id, by)
        if request.asked_by != by.id:
            raise NotFound
        _decide(request, MakeUpState.WITHDRAWN, by, phone)


def refuse_hand_in_hand(request: MakeUp, by: Viewer, phone: Phone) -> None:
    """Raise where the one who asked would approve, or the household, or the same phone."""
    if request.asked_by == by.id:
        raise OwnRequest
    if is_own(request.volunteer_id, by.id):
        raise OwnFamily
    if request.asked_on == phone.id:
        raise SamePhone


def _hold(volunteer_id: int) -> None:
    v = Volunteer
    found = select(v.id).where(v.id == volunteer_id, v.removed_at.is_(None))
    if db.session.scalar(locked(found, of=v)) is None:
        raise NotFound


def _managed(shift_id: int, by: Viewer) -> ShiftRow:
    shift = lock_shift(shift_id)
    if not by.manages(shift.community_id):
        raise NotFound
    return shift


def _waiting(make_up_id: int, by: Viewer) -> MakeUp:
    """The request, held after its volunteer and its shift, as everywhere."""
    found = select(MakeUp).where(MakeUp.id == make_up_id)
    request = db.session.scalars(found).one_or_none()
    if request is None or not by.manages(request.community_id):
        raise NotFound
    _hold(request.volunteer_id)
    lock_shift(request.shift_id)
    request = db.session.scalars(locked(found, of=MakeUp)).one()
    if request.state != MakeUpState.WAITING:
        raise AlreadyDecided
    return request


def _decide(
    request: MakeUp, state: MakeUpState, by: Viewer, phone: Phone, answer: str = ""
) -> None:  # fmt: skip
    request.state, request.answer = state, answer
    request.decided_by, request.decided_at = by.id, clock.now()
    request.decided_on, request.decided_with = phone.id, phone.name
    db.session.flush()
    if state == MakeUpState.WITHDRAWN:
        drop(Matter.of(request).subject, {Kind.APPROVAL_WAITS})
        return
    asker = (request.asked_by, f"/organize/make-ups/{request.id}")
    tell_decided(Kind.APPROVAL_DECIDED, Matter.of(request), by.id, state, asker)

"""Changing and calling off what people have signed up for: it frees and fills seats."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock, formats
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events import wording
from volboard.events.commands import ShiftDraft, refresh_span, tell_of_change
from volboard.events.drafts import checked
from volboard.events.errors import AlreadyOver
from volboard.events.models import Shift
from volboard.events.queries import get_managed_event, get_managed_shift
from volboard.events.rules import EventState, gathering, lies_back
from volboard.events.shift_commands import ShiftRow, lock_shift, mark_cancelled, set_shift
from volboard.messages.commands import drop
from volboard.messages.rules import Kind
from volboard.signups import coming, places, telling
from volboard.signups.errors import (
    BelowSeated,
    CalledOff,
    HasBegun,
    NeedsReason,
    NotOpen,
    Overlaps,
    SomebodyCame,
)
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState


def change_shift(shift_id: int, draft: ShiftDraft, by: Viewer) -> None:
    """Change a shift; more seats go to the queue in turn, and people are told what changed.

    Raises NotFound, HasBegun (times and kind stand once it has begun), BelowSeated, Overlaps
    (with the masked names of the people whom the new time would put in two places), CalledOff,
    NotOpen (the gate is closed), BadShift, AlreadyOver (moved into the past), SomebodyCame
    (moved away from whom the gate has let in).
    """
    with transaction():
        _one_mover_at_a_time()
        shift = _managed(shift_id, by)
        refuse_finished(shift)
        checked(draft)
        moved = (draft.starts_at, draft.ends_at) != (shift.starts_at, shift.ends_at)
        if (moved or draft.kind != shift.kind) and clock.now() >= shift.starts_at:
            raise HasBegun
        if draft.capacity < shift.seated:
            raise BelowSeated(_("已经有 %(num)s 人报上名，名额不能比这少。", num=shift.seated))
        if moved:
            _refuse_bad_move(shift, draft)
        before = get_managed_shift(shift_id, by).shift
        _write(shift_id, draft)
        if moved:
            _announce(shift, by)
            coming.forget_answers(shift_id)
            drop(f"shift:{shift_id}", telling.REMINDERS)
        refresh_span(shift.event_id)
        sentences = wording.of_shift(before, draft)
        for sentence in sentences:
            tell_of_change(shift.event_id, sentence, by)
        gathered_at = gathering(before.starts_at, before.call_minutes)
        telling.tell_changed(shift_id, shift.event_id, sentences, by, gathered_at)
        places.promote(shift_id, by.id)


def call_off_shift(shift_id: int, reason: str, by: Viewer) -> None:
    """Call one shift off before it begins: everybody's place ends with the reason, and they
    are told. Done twice it changes nothing. Raises NotFound, NeedsReason, HasBegun, NotOpen."""
    with transaction():
        shift = _managed(shift_id, by)
        if shift.called_off_at is not None:
            return
        given, people = _given(reason), telling.people_of([shift_id])
        _call_off(shift, given, by)
        refresh_span(shift.event_id)
        tell_of_change(shift.event_id, f"“{shift.title}”取消：{given}", by)
        telling.tell_called_off(shift.event_id, people, given, by, shift)


def cancel_event(event_id: int, reason: str, by: Viewer) -> None:
    """Call the whole event off before it begins; its page stays, with the reason.

    Done twice it changes nothing. Raises NotFound (for a draft too: nobody has heard of it),
    NeedsReason, HasBegun once any of its shifts has begun.
    """
    with transaction():
        event = get_managed_event(event_id, by)
        if event.state == EventState.DRAFT:
            raise NotFound
        given = _given(reason)
        ids = sorted(shift.id for shift in event.shifts if shift.called_off_at is None)
        shifts = [lock_shift(shift_id) for shift_id in ids]
        people = telling.people_of(ids)
        for shift in shifts:
            _call_off(shift, given, by)
        if get_managed_event(event_id, by).state == EventState.CANCELLED:
            return
        mark_cancelled(event_id, given)
        drop(f"event:{event_id}", {Kind.CHANGED, Kind.INVITED})
        tell_of_change(event_id, f"活动取消：{given}", by)
        telling.tell_called_off(event_id, people, given, by)


def refuse_finished(shift: ShiftRow) -> None:
    """Raise where nothing of the shift can change any more."""
    if shift.called_off_at is not None or shift.event_state == "cancelled":
        raise CalledOff
    if shift.closed_at is not None:
        raise NotOpen


def _managed(shift_id: int, by: Viewer) -> ShiftRow:
    shift = lock_shift(shift_id)
    if not by.manages(shift.community_id):
        raise NotFound
    return shift


def _given(reason: str) -> str:
    if not reason.strip():
        raise NeedsReason
    return reason.strip()


def _call_off(shift: ShiftRow, reason: str, by: Viewer) -> None:
    if shift.called_off_at is not None:
        return
    refuse_finished(shift)
    if clock.now() >= shift.starts_at:
        raise HasBegun(_("已经开始了，不能取消。请到门口关门，来的人照样记时长。"))
    set_shift(shift.id, called_off_at=clock.now())
    places.end_all(shift.id, by.id, reason)
    drop(f"shift:{shift.id}", telling.OF_A_SHIFT)


def _write(shift_id: int, draft: ShiftDraft) -> None:
    """The database knows who came: the gate stands above this floor."""
    try:
        set_shift(shift_id, **vars(draft))
    except IntegrityError as refused:
        if "nobody_came_before_the_gate_opens" in str(refused.orig):
            raise SomebodyCame from None
        raise


def _announce(shift: ShiftRow, by: Viewer) -> None:
    """New times are public from now on, and rest on whoever set them."""
    if shift.event_state == EventState.PUBLISHED:
        set_shift(shift.id, announced_at=clock.now(), announced_by=by.id)


def _one_mover_at_a_time() -> None:
    """On PostgreSQL, let nobody else move a shift until we are done.

    Two shifts of the same person, moved onto each other at once, would not see each other.
    """
    rows = select(Community.id).order_by(Community.id)
    db.session.execute(rows.with_for_update(key_share=True))


def _refuse_bad_move(shift: ShiftRow, draft: ShiftDraft) -> None:
    is_public = shift.event_state == EventState.PUBLISHED
    if is_public and lies_back(draft.starts_at, draft.ends_at, clock.now()):
        raise AlreadyOver
    _refuse_collisions(shift, draft)


def _refuse_collisions(shift: ShiftRow, draft: ShiftDraft) -> None:
    mine, other, s = aliased(Signup), aliased(Signup), Shift
    names = db.session.scalars(
        select(Volunteer.name)
        .join(mine, mine.volunteer_id == Volunteer.id)
        .join(other, other.volunteer_id == mine.volunteer_id)
        .join(s, s.id == other.shift_id)
        .where(mine.shift_id == shift.id, mine.state != SignupState.CANCELLED)
        .where(other.shift_id != shift.id, other.state != SignupState.CANCELLED)
        .where(s.starts_at < draft.ends_at, s.ends_at > draft.starts_at)
        .distinct()
        .limit(5)
    ).all()
    if names:
        raise Overlaps(
            ngettext(
                "改到这个时间，%(names)s 会同时有两个班次。请先请他取消一个。",
                "改到这个时间，%(names)s 会同时有两个班次。请先请他们取消一个。",
                len(names),
                names="、".join(formats.masked_name(name) for name in names),
            )
        )

"""Who may press what, and when: each function raises why not."""

from flask_babel import gettext as _
from sqlalchemy import select

from volboard.accounts.commands import verify
from volboard.accounts.models import Account
from volboard.attendance.errors import (
    GateClosed,
    GateOver,
    OwnAttendance,
    ShiftCalledOff,
    TooEarly,
)
from volboard.attendance.rules import Gate, gate_state
from volboard.communities.models import Membership
from volboard.core import clock, formats
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.shift_commands import ShiftRow, lock_shift
from volboard.signups.places import Owner

SHUT = {
    Gate.EARLY: TooEarly,
    Gate.OVER: GateOver,
    Gate.CLOSED: GateClosed,
    Gate.CALLED_OFF: ShiftCalledOff,
}


def managed_shift(shift_id: int, by: Viewer) -> ShiftRow:
    """Lock a shift of a community that this person organizes; raises NotFound."""
    shift = lock_shift(shift_id)
    if not by.manages(shift.community_id) or shift.event_state == "draft":
        raise NotFound
    return shift


def shift_seen_by(shift_id: int, account_id: int) -> ShiftRow:
    """Lock a shift for which this account can stand, as its organizer; raises NotFound."""
    shift, a, m = lock_shift(shift_id), Account, Membership
    member = select(m.account_id).where(m.community_id == shift.community_id)
    organizes = select(a.id).where(a.id == account_id, a.is_admin | a.id.in_(member))
    if shift.event_state == "draft" or db.session.scalar(organizes) is None:
        raise NotFound
    return shift


def is_called_off(shift: ShiftRow) -> bool:
    """Whether the shift, or its whole event, will not happen."""
    return shift.called_off_at is not None or shift.event_state == "cancelled"


def refuse_shut(shift: ShiftRow, but: Gate | None = None) -> None:
    """Raise why the gate is shut, unless it is open or in the state `but`."""
    closed, now = shift.closed_at is not None, clock.now()
    state = gate_state(shift.starts_at, shift.ends_at, closed, is_called_off(shift), now)
    if state in (Gate.OPEN, but):
        return
    if state is Gate.EARLY and clock.local(shift.starts_at).date() != clock.today():
        raise TooEarly(_("这个时段在%(day)s，不是今天。", day=formats.day(shift.starts_at)))
    if state is Gate.OVER and clock.local(shift.ends_at).date() != clock.today():
        raise GateOver(_("这个时段是%(day)s的，已经结束了。", day=formats.day(shift.ends_at)))
    raise SHUT[state]


def refuse_own(owner: Owner, account_id: int) -> None:
    """Raise OwnAttendance for one's own household: nobody makes hours for themself.

    Whoever may yet turn out to be of it is taken for one of it.
    """
    if account_id in (owner.account_id, owner.proposed_to):
        raise OwnAttendance


def verify_seen(owner: Owner, by: int) -> None:
    """The account is real: an organizer has seen the person (its own, not only the family)."""
    if owner.is_self:
        verify(owner.account_id, by)

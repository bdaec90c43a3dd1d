"""Asking a household about those who gave its number (docs/adr/0034)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from volboard.accounts.household_queries import person_by_number
from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Volunteer
from volboard.accounts.queries import account_by_phone
from volboard.core.db import db
from volboard.core.formats import masked_name
from volboard.events.models import Event, Shift
from volboard.messages.commands import Notice, tell
from volboard.messages.rules import Kind
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

ANSWER = "/me/household"


@dataclass(frozen=True)
class Expected:
    """One of a household who has a place in a shift; pages mask the name."""

    volunteer_id: int
    name: str
    is_seated: bool


def expected_instead(shift_id: int, name: str, phone: str, by: int) -> tuple[Expected, ...]:
    """Those of the household with this number who have a place in the shift; two statements.

    Nobody where the number is new or that of `by`, or the name is known with it: then it is
    clear who is meant.
    """
    known = account_by_phone(phone)
    if known is None or known.id == by or person_by_number(phone, name):
        return ()
    s, v = Signup, Volunteer
    rows = db.session.execute(
        select(v.id, v.name, s.state)
        .join(s, s.volunteer_id == v.id)
        .where(s.shift_id == shift_id, s.state != SignupState.CANCELLED)
        .where(v.account_id == known.id, v.removed_at.is_(None))
        .order_by(v.is_self.desc(), v.id)
    )
    return tuple(Expected(id, who, state == SignupState.SEATED) for id, who, state in rows)


def ask_household(volunteer_id: int, shift_id: int) -> None:
    """Tell the household whose number this volunteer gave at the shift, if any, and once."""
    open_still = exists().where(*_asked([volunteer_id]))
    place = (
        select(Event.community_id)
        .join(Shift, Shift.event_id == Event.id)
        .where(Shift.id == shift_id, open_still)
    )
    if community_id := db.session.scalar(place):
        ask_households([volunteer_id], community_id)


def ask_households(volunteer_ids: Collection[int], community_id: int) -> None:
    """Tell each household once of those who gave its number; inside the caller's transaction.

    Names are masked: they may be strangers'. What was told before stays as it is.
    """
    p, v = HouseholdProposal, Volunteer
    rows = db.session.execute(
        select(p.id, p.account_id, p.volunteer_id, v.name)
        .join(v, v.id == p.volunteer_id)
        .where(*_asked(volunteer_ids))
        .order_by(p.id.desc())
    )
    first = {row.account_id: row for row in rows}
    tell(
        Notice(f"{Kind.HOUSEHOLD}:{row.id}", Kind.HOUSEHOLD, subject(row.id), row.account_id,
               community_id, {"内容": masked_name(row.name)}, ANSWER, row.volunteer_id)
        for row in first.values()
    )  # fmt: skip


def subject(proposal_id: int) -> str:
    """What the message about a proposal is about."""
    return f"household:{proposal_id}"


def _asked(volunteer_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    p = HouseholdProposal
    return p.volunteer_id.in_(volunteer_ids), p.answer == ""

"""Who has not come for years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from volboard.accounts.models import Account, Consent, Volunteer
from volboard.accounts.phones import APART
from volboard.communities.models import Community, Membership, Residency
from volboard.core.db import UTCDateTime, db
from volboard.events.models import Shift
from volboard.messages.models import Message
from volboard.messages.rules import Kind
from volboard.signups.models import Signup

AT_ONCE = 200
"""More of them wait for the next day: each deletion is a transaction of its own."""


@dataclass(frozen=True)
class Away:
    """An account that nobody has used for long, and the community that tells it so."""

    account_id: int
    community_id: int
    seen_at: datetime

    @property
    def key(self) -> str:
        """What makes telling them of this absence the same message."""
        return f"{Kind.LEAVING}:account:{self.account_id}:{self.seen_at:%Y%m%d}"


def away_since(before: datetime) -> tuple[Away, ...]:
    """Accounts without any sign of life since then; organizers and admins are never among them.

    A sign of life: signing in, a place in a shift for any of the household, a consent, a message
    that was read.
    """
    a = Account
    seen = func.coalesce(a.last_signed_in_at, a.created_at, type_=UTCDateTime())
    home = select(func.min(Residency.community_id)).where(Residency.account_id == a.id)
    place = func.coalesce(
        home.scalar_subquery(), select(func.min(Community.id)).scalar_subquery()
    )  # fmt: skip
    rows = db.session.execute(
        select(a.id, place, seen)
        .where(
            a.phone.startswith("+") | a.phone.startswith(APART),
            a.is_admin.is_(False),
            seen < before,
        )
        .where(~_power(), ~_place_after(before), ~_consent_after(before), ~_read_after(before))
        .where(place.is_not(None))
        .order_by(seen, a.id)
        .limit(AT_ONCE)
    )
    return tuple(Away(*row) for row in rows)


def told_before(away: Sequence[Away], before: datetime) -> tuple[Away, ...]:
    """Those of them who were told of this absence before then."""
    keys = [one.key for one in away]
    told = set(db.session.scalars(
        select(Message.key).where(Message.key.in_(keys), Message.created_at <= before)
    ))  # fmt: skip
    return tuple(one for one in away if one.key in told)


def _power() -> ColumnElement[bool]:
    return exists().where(Membership.account_id == Account.id)


def _place_after(before: datetime) -> ColumnElement[bool]:
    s, v = Signup, Volunteer
    return exists().where(
        v.account_id == Account.id, s.volunteer_id == v.id, Shift.id == s.shift_id,
        or_(s.created_at >= before, Shift.ends_at >= before),
    )  # fmt: skip


def _consent_after(before: datetime) -> ColumnElement[bool]:
    c = Consent
    late = or_(c.given_at >= before, c.withdrawn_at >= before)
    return exists().where(c.given_by == Account.id, late)


def _read_after(before: datetime) -> ColumnElement[bool]:
    return exists().where(Message.account_id == Account.id, Message.read_at >= before)

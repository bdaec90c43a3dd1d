"""What somebody agreed to, who looked at their number, and who let somebody in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Consent, DeskCode, PhoneView, Volunteer
from volboard.accounts.queries import Person, household
from volboard.accounts.rules import HELD_FOR, NOTICE_VERSION, ConsentKind
from volboard.core import clock
from volboard.core.db import db

MOST_SHOWN = 100


@dataclass(frozen=True)
class Given:
    """A consent in force."""

    kind: ConsentKind
    version: str
    given_at: datetime
    given_by: str
    """The name of who pressed; pages mask an organizer's."""
    by_household: bool


@dataclass(frozen=True)
class Looked:
    """That somebody looked at the full number; pages mask the name."""

    name: str
    viewed_at: datetime
    place: str
    is_own: bool


@dataclass(frozen=True)
class Opened:
    """That somebody came into the account by a code of the desk; pages mask the names."""

    issuer: str
    at: datetime
    second: str
    """The other organizer who says that it was the right person; empty as long as nobody does."""

    @property
    def held_until(self) -> datetime | None:
        """Until when the account does nothing that lasts; none where that is over."""
        until = self.at + HELD_FOR
        return None if self.second or until <= clock.now() else until


@dataclass(frozen=True)
class OwnConsents:
    """One of the household, and what was agreed to about them."""

    person: Person
    given: dict[ConsentKind, Given]

    @property
    def is_of_today(self) -> bool:
        """Whether the notice they agreed to is the one that stands."""
        use = self.given.get(ConsentKind.USE)
        return use is not None and use.version == NOTICE_VERSION


def own_consents(account_id: int) -> tuple[OwnConsents, ...]:
    """The household with the consents in force; two statements."""
    people = household(account_id)
    c, v = Consent, Volunteer
    rows = db.session.execute(
        select(c.volunteer_id, c.kind, c.version, c.given_at, v.name, c.given_by)
        .outerjoin(v, and_(v.account_id == c.given_by, v.is_self))
        .where(c.volunteer_id.in_([one.volunteer_id for one in people]), c.withdrawn_at.is_(None))
    )
    given: dict[int, dict[ConsentKind, Given]] = {one.volunteer_id: {} for one in people}
    for volunteer, kind, version, at, name, by in rows:
        one = Given(ConsentKind(kind), version, at, name or "", by == account_id)
        given[volunteer][one.kind] = one
    return tuple(OwnConsents(one, given[one.volunteer_id]) for one in people)


def looks_at(account_id: int) -> tuple[Looked, ...]:
    """Who looked at the full number of the account, the newest first; one statement."""
    p, v = PhoneView, Volunteer
    rows = db.session.execute(
        select(v.name, p.viewed_at, p.place, p.viewed_by == account_id)
        .join(v, and_(v.account_id == p.viewed_by, v.is_self))
        .where(p.account_id == account_id)
        .order_by(p.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(Looked(*row) for row in rows)


def doors_of(account_id: int) -> tuple[Opened, ...]:
    """The codes of the desk by which somebody came in, the newest first; one statement."""
    d, v, second = DeskCode, Volunteer, aliased(Volunteer)
    rows = db.session.execute(
        select(v.name.label("issuer"), d.used_at.label("at"),
               func.coalesce(second.name, "").label("second"))
        .join(v, and_(v.account_id == d.issued_by, v.is_self))
        .outerjoin(second, and_(second.account_id == d.agreed_by, second.is_self))
        .where(d.account_id == account_id, d.used_at.is_not(None))
        .order_by(d.id.desc())
        .limit(MOST_SHOWN)
    )  # fmt: skip
    return tuple(Opened(**row._mapping) for row in rows)

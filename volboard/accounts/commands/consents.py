"""Agreeing to something about one's data, and taking it back as easily (PIPL art. 14, 15)."""

from sqlalchemy import select, update

from volboard.accounts.models import Consent, Volunteer
from volboard.accounts.queries import person
from volboard.accounts.rules import NOTICE_VERSION, ConsentKind
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound

FREE = (ConsentKind.PUBLIC_NAME, ConsentKind.HAND_OVER)
"""What may be given and taken back while everything else stays as it is."""


def give_consent(volunteer_id: int, kind: ConsentKind, by: int) -> None:
    """Agree for somebody of one's household; given twice it stays the first one.

    Raises NotFound for strangers, and for what is not agreed to by a button of its own.
    """
    with transaction():
        _hold_own(volunteer_id, kind, by)
        agree(volunteer_id, kind, by)


def withdraw_consent(volunteer_id: int, kind: ConsentKind, by: int) -> None:
    """Take a consent back from now on; twice changes nothing. Raises as `give_consent` does."""
    with transaction():
        _hold_own(volunteer_id, kind, by)
        _end(volunteer_id, kind)


def agree_anew(account_id: int) -> None:
    """Agree to the notice as it reads today, for everybody of the household."""
    with transaction():
        own = select(Volunteer.id).where(
            Volunteer.account_id == account_id, Volunteer.removed_at.is_(None)
        )
        for volunteer_id in db.session.scalars(locked(own.order_by(Volunteer.id), of=Volunteer)):
            _end(volunteer_id, ConsentKind.USE)
            agree(volunteer_id, ConsentKind.USE, account_id)


def agree(volunteer_id: int, kind: ConsentKind, by: int) -> None:
    """Write that `by` agreed to today's wording, unless a consent is in force.

    Inside the caller's transaction, which holds the household.
    """
    if not agreed(volunteer_id, kind):
        db.session.add(
            Consent(volunteer_id=volunteer_id, kind=kind, version=NOTICE_VERSION, given_by=by,
                    given_at=clock.now())
        )  # fmt: skip
        db.session.flush()


def agreed(volunteer_id: int, kind: ConsentKind) -> bool:
    """Whether such a consent is in force."""
    query = select(Consent.id).where(
        Consent.volunteer_id == volunteer_id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(query) is not None


def _end(volunteer_id: int, kind: ConsentKind) -> None:
    db.session.execute(
        update(Consent)
        .where(Consent.volunteer_id == volunteer_id, Consent.kind == kind)
        .where(Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )


def _hold_own(volunteer_id: int, kind: ConsentKind, by: int) -> None:
    own = select(Volunteer.id).where(Volunteer.id == volunteer_id, Volunteer.account_id == by)
    db.session.execute(locked(own, of=Volunteer))
    found = person(volunteer_id)
    if found is None or found.account_id != by or kind not in FREE:
        raise NotFound

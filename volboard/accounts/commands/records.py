"""What is kept about an account: who saw the person, who looked at the number, how they read."""

from datetime import timedelta

from sqlalchemy import func, select, update

from volboard.accounts.errors import NoNumber
from volboard.accounts.models import Account, PhoneView
from volboard.accounts.phones import is_number
from volboard.core import clock
from volboard.core.db import UTCDateTime, db, transaction
from volboard.core.errors import NotFound


def verify(account_id: int, by: int) -> None:
    """Record that `by` saw this person; the first one who saw them stays on record."""
    with transaction():
        db.session.execute(
            update(Account)
            .where(Account.id == account_id, Account.verified_at.is_(None))
            .values(verified_at=clock.now(), verified_by=by)
        )


def record_phone_view(account_id: int, by: int, place: str) -> str:
    """The full number, as people dial it, after writing down who looked and on which page.

    Raises NotFound, NoNumber for somebody who has none.
    """
    with transaction():
        phone = db.session.scalar(select(Account.phone).where(Account.id == account_id))
        if phone is None:
            raise NotFound
        if not is_number(phone):
            raise NoNumber
        db.session.add(
            PhoneView(account_id=account_id, viewed_by=by, viewed_at=clock.now(), place=place[:200])
        )
        return phone.removeprefix("+86")


def remember_sign_in(account_id: int) -> None:
    """Keep that the person was here today; whoever just joined is known to have been."""
    a, day_ago = Account, clock.now() - timedelta(days=1)
    last = func.coalesce(a.last_signed_in_at, a.created_at, type_=UTCDateTime())
    known = db.session.scalar(select(last).where(a.id == account_id))
    if known is not None and known < day_ago:
        with transaction():
            db.session.execute(
                update(a).where(a.id == account_id).values(last_signed_in_at=clock.now())
            )


def set_email(account_id: int, email: str | None) -> None:
    """Keep where messages may go; nothing goes there before it is confirmed."""
    with transaction():
        db.session.execute(
            update(Account)
            .where(Account.id == account_id)
            .values(email=email, email_confirmed_at=None)
        )


def confirm_email(account_id: int, email: str) -> bool:
    """Let messages go to the address, if it is still the one; twice changes nothing."""
    with transaction():
        confirmed = db.session.execute(
            update(Account)
            .where(Account.id == account_id, Account.email == email)
            .values(email_confirmed_at=func.coalesce(Account.email_confirmed_at, clock.now()))
            .returning(Account.id)
        )
        return confirmed.first() is not None


def remember_display(account_id: int, language: str | None, large_text: bool | None) -> None:
    """Keep what the person chose; None leaves a choice as it was."""
    chosen = {"language": language, "large_text": large_text}
    values = {name: value for name, value in chosen.items() if value is not None}
    if values:
        with transaction():
            db.session.execute(update(Account).where(Account.id == account_id).values(**values))

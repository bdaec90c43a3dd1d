"""A visitor's form that arrives a second time."""

from sqlalchemy import select

from volboard.accounts.queries import account_by_phone
from volboard.core.db import db
from volboard.signups.models import Signup
from volboard.signups.places import Place, live_place


def sent_before(phone: str, shift_id: int, request_key: str) -> tuple[int, Place] | None:
    """The account and the place that this same form made; none if it is another form."""
    known = account_by_phone(phone)
    if known is None:
        return None
    sent = select(Signup.id).where(
        Signup.volunteer_id == known.volunteer_id,
        Signup.shift_id == shift_id,
        Signup.request_key == request_key,
    )
    if db.session.scalar(sent.limit(1)) is None:
        return None
    place = live_place(shift_id, known.volunteer_id)
    return (known.id, place) if place else None

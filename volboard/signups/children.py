"""Posts that take nobody under an age, or a child only beside an adult of the household."""

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from volboard.accounts.models import Volunteer
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.events.rules import Ages
from volboard.events.shift_commands import ShiftRow
from volboard.signups.errors import AdultsOnly, NeedsAdult
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState, is_old_enough

ADULT, CHILD = "", "child"
ADULT_GONE = "家里大人的名额取消了，孩子要有大人一起。"


def refuse_age(age_band: str, account_id: int, shift: ShiftRow) -> None:
    """Raise AdultsOnly, or NeedsAdult where no adult of the household has a place there."""
    if not is_old_enough(shift.ages, age_band):
        raise AdultsOnly
    if shift.ages != Ages.WITH_ADULT or age_band != CHILD:
        return
    if not db.session.scalar(select(_has_adult(account_id, shift.id))):
        raise NeedsAdult


def left_alone(ended_id: int) -> tuple[int, ...]:
    """The places of children who would stay in a post that wants an adult beside them, now that
    this place of their household has ended."""
    gone, adult = aliased(Signup), aliased(Volunteer)
    found = db.session.scalars(
        select(Signup.id)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .join(Shift, and_(Shift.id == Signup.shift_id, Shift.ages == Ages.WITH_ADULT))
        .join(gone, gone.shift_id == Signup.shift_id)
        .join(adult, and_(adult.id == gone.volunteer_id, adult.account_id == Volunteer.account_id))
        .where(gone.id == ended_id, adult.age_band == ADULT, Signup.state != SignupState.CANCELLED)
        .where(Volunteer.age_band == CHILD, ~_has_adult(Volunteer.account_id, Signup.shift_id))
        .order_by(Signup.id)
    )
    return tuple(found)


def _has_adult(account_id: object, shift_id: object) -> ColumnElement[bool]:
    place, person = aliased(Signup), aliased(Volunteer)
    return exists().where(
        place.shift_id == shift_id, place.state != SignupState.CANCELLED,
        person.id == place.volunteer_id, person.account_id == account_id,
        person.age_band == ADULT,
    )  # fmt: skip

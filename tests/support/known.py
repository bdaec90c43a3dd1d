"""People whom an organizer has seen."""

from datetime import timedelta

from sqlalchemy import text

from tests.support.cast import OLGA, Person
from tests.support.town import NOON, a_shift, viewer_of
from volboard.accounts.models import Sighting, Volunteer
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.signups.commands import sign_up

LONG_BEFORE = NOON - timedelta(days=40)


def see(volunteer_id: int, by: Person = OLGA) -> None:
    """Let an organizer check in this one person, long before everything else."""
    account = db.session.get_one(Volunteer, volunteer_id).account_id
    with clock.standing_at(LONG_BEFORE - timedelta(days=1)):
        shift = a_shift(starts_at=LONG_BEFORE)
        sign_up(volunteer_id, shift, account)
    with clock.standing_at(LONG_BEFORE):
        check_in(shift, volunteer_id, viewer_of(by), "gate", "test")
    known = text("SELECT id FROM sightings WHERE volunteer_id = :id AND organizer_id = :by")
    with transaction():
        if not db.session.execute(known, {"id": volunteer_id, "by": by.id}).all():
            db.session.add(Sighting(volunteer_id=volunteer_id, organizer_id=by.id,
                                    first_at=LONG_BEFORE, last_at=LONG_BEFORE))  # fmt: skip

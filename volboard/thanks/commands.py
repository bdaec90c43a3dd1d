"""A word of thanks to everybody who came to a shift."""

from sqlalchemy import delete, select

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log
from volboard.events.models import Event, Shift
from volboard.events.shift_commands import lock_shift
from volboard.thanks.errors import NotDoneYet, ThanksAreOld
from volboard.thanks.models import Thanks
from volboard.thanks.queries import may_thank
from volboard.thanks.rules import can_change


def thank(shift_id: int, words: str, by: Viewer) -> None:
    """Thank all who came, once an account and shift; for a day the words can be changed.

    For organizers of the community, and for who came to any shift of the same event; raises
    NotFound to everybody else, NotDoneYet before the gate is closed, ThanksAreOld.
    """
    with transaction():
        shift = lock_shift(shift_id)
        if not may_thank(shift.event_id, shift.community_id, by):
            raise NotFound
        if shift.closed_at is None:
            raise NotDoneYet
        said = _said(shift_id, by.id)
        if said is None:
            said = Thanks(shift_id=shift_id, thanked_by=by.id, thanked_at=clock.now(), words=words)
            db.session.add(said)
        elif said.words != words:
            if not can_change(said.thanked_at, clock.now()):
                raise ThanksAreOld
            said.words = words
        db.session.flush()


def remove(thanks_id: int, by: Viewer) -> int:
    """Take away words that hurt; answers the shift. Raises NotFound outside one's communities."""
    with transaction():
        row = db.session.execute(
            select(Thanks.shift_id, Thanks.thanked_by, Event.community_id)
            .join(Shift, Shift.id == Thanks.shift_id)
            .join(Event, Event.id == Shift.event_id)
            .where(Thanks.id == thanks_id)
        ).one_or_none()
        if row is None or not by.manages(row.community_id):
            raise NotFound
        db.session.execute(delete(Thanks).where(Thanks.id == thanks_id))
    log.info("thanks removed", shift=row.shift_id, thanked_by=row.thanked_by, by=by.id)
    return int(row.shift_id)


def _said(shift_id: int, account_id: int) -> Thanks | None:
    query = select(Thanks).where(Thanks.shift_id == shift_id, Thanks.thanked_by == account_id)
    return db.session.scalars(query).one_or_none()

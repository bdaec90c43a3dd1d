"""Asking people to help out in a shift, and what they answer."""

from collections.abc import Collection

from sqlalchemy import insert, select, update

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.queries import ManagedShift, get_managed_shift
from volboard.events.shift_commands import lock_shift
from volboard.messages.commands import drop
from volboard.messages.rules import Kind
from volboard.signups import places
from volboard.signups.commands import refuse_closed, sign_up
from volboard.signups.cover_queries import candidates
from volboard.signups.cover_rules import FIRST_FEW
from volboard.signups.errors import AtTheGate, NobodyChosen, NobodyLeft
from volboard.signups.models import CoverAsk
from volboard.signups.notices import tell_people


def ask_these(shift_id: int, volunteer_ids: Collection[int], by: Viewer) -> int:
    """Ask these people to help out; answers how many were asked.

    Who cannot come any more, or was asked meanwhile, is passed over. Raises NotFound,
    NobodyChosen, AtTheGate once it has begun, and what `refuse_closed` does.
    """
    with transaction():
        managed = _open_shift(shift_id, by)
        chosen = candidates(managed, only=volunteer_ids).people
        if not chosen:
            raise NobodyChosen
        return _ask(shift_id, [one.volunteer_id for one in chosen], by)


def ask_first_few(shift_id: int, by: Viewer) -> int:
    """Ask the first of the list; raises as `ask_these`, and NobodyLeft."""
    with transaction():
        first = candidates(_open_shift(shift_id, by)).people[:FIRST_FEW]
        if not first:
            raise NobodyLeft
        return _ask(shift_id, [one.volunteer_id for one in first], by)


def accept(ask_id: int, by: Viewer) -> str:
    """Take the place that one was asked for: a seat, or the end of the queue.

    Answers what was said first: a second tap changes nothing. Raises NotFound for a stranger's,
    and all that `sign_up` does; then nothing is answered.
    """
    with transaction():
        ask = _held(ask_id, by)
        if not ask.answer:
            sign_up(ask.volunteer_id, ask.shift_id, by.id)
            _answer(ask, "yes")
        return ask.answer or "yes"


def decline(ask_id: int, by: Viewer) -> str:
    """Say that one cannot come; answers what was said first. Raises NotFound for a stranger's."""
    with transaction():
        ask = _held(ask_id, by)
        if not ask.answer:
            _answer(ask, "no")
        return ask.answer or "no"


def _open_shift(shift_id: int, by: Viewer) -> ManagedShift:
    shift = lock_shift(shift_id)
    managed = get_managed_shift(shift_id, by)
    refuse_closed(shift)
    if clock.now() >= shift.starts_at:
        raise AtTheGate
    return managed


def _ask(shift_id: int, volunteer_ids: Collection[int], by: Viewer) -> int:
    rows = [
        {"shift_id": shift_id, "volunteer_id": volunteer, "asked_by": by.id,
         "asked_at": clock.now()}
        for volunteer in volunteer_ids
    ]  # fmt: skip
    asks = {
        row.volunteer_id: row.id
        for row in db.session.execute(
            insert(CoverAsk).returning(CoverAsk.id, CoverAsk.volunteer_id), rows
        )
    }
    tell_people(Kind.COVER, shift_id, volunteer_ids, lambda who: f"/asks/{asks[who]}")
    return len(asks)


def _held(ask_id: int, by: Viewer) -> CoverAsk:
    """The question to one of this household, as it stands under the locks of its answer."""
    own = (
        select(CoverAsk)
        .join(Volunteer, Volunteer.id == CoverAsk.volunteer_id)
        .where(CoverAsk.id == ask_id, Volunteer.account_id == by.id)
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(own)
    if found is None:
        raise NotFound
    places.lock_pair(found.volunteer_id, found.shift_id)
    return db.session.scalars(own).one()


def _answer(ask: CoverAsk, answer: str) -> None:
    db.session.execute(
        update(CoverAsk)
        .where(CoverAsk.id == ask.id)
        .values(answer=answer, answered_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    drop(f"shift:{ask.shift_id}", {Kind.COVER}, {ask.volunteer_id})

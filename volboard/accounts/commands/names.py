"""A name changes with its history, and once somebody was seen only by two (docs/adr/0033)."""

from sqlalchemy import select, update

from volboard.accounts.commands.desk_codes import refuse_held
from volboard.accounts.errors import NameNeedsTwo, NameTaken, NothingToRename, SecondPersonNeeded
from volboard.accounts.identity_models import NameChange, NameRequest
from volboard.accounts.models import Volunteer
from volboard.accounts.name_forms import folded
from volboard.accounts.name_queries import is_seen
from volboard.accounts.name_rules import How, RequestState
from volboard.accounts.pinyin import as_written
from volboard.accounts.queries import Person, person, person_named
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound


def change_name(volunteer_id: int, name: str, by: int) -> None:
    """Let the household call somebody otherwise at once; inside the caller's transaction.

    The same name changes nothing. Raises NameNeedsTwo once an organizer has seen the person,
    unless it is only written otherwise; NameTaken, NotFound.
    """
    found = _held(volunteer_id)
    if found.name == name:
        return
    _refuse_taken(found, name)
    tidied = folded(found.name) == folded(name)
    if not tidied and is_seen(volunteer_id):
        raise NameNeedsTwo
    write_name(found, name, How.TIDIED if tidied else How.UNSEEN, asked_by=by)


def ask_for_name(volunteer_id: int, name: str, reason: str, by: int) -> int:
    """Let another name wait for a second person; answers the request's id.

    What was asked before and still waits is withdrawn. The caller has decided that `by` may ask.
    Raises NothingToRename for the name as it is, NameTaken, NotFound.
    """
    with transaction():
        found = _held(volunteer_id)
        if found.name == name:
            raise NothingToRename
        _refuse_taken(found, name)
        _settle_open(volunteer_id, by)
        request = NameRequest(volunteer_id=volunteer_id, new_name=name, reason=reason, asked_by=by,
                              asked_at=clock.now())  # fmt: skip
        db.session.add(request)
        db.session.flush()
        return request.id


def decide_name(request_id: int, agreed: bool, by: int) -> Person:
    """Agree to a name that waits, or refuse it; answers whose it is.

    The caller has decided that `by` organizes where the person lives. Raises NotFound for what
    does not wait, SecondPersonNeeded for who asked and for the household itself, NameTaken,
    HelpedLately for whoever opened the account by a desk's code a moment ago.
    """
    with transaction():
        request = _waiting(request_id)
        found = _held(request.volunteer_id)
        if by in (request.asked_by, found.account_id):
            raise SecondPersonNeeded
        if agreed:
            refuse_held(found.account_id, by)
        _close(request, RequestState.AGREED if agreed else RequestState.REFUSED, by)
        if agreed:
            _refuse_taken(found, request.new_name)
            write_name(found, request.new_name, How.AGREED, request.asked_by, by, request.reason)
        return found


def withdraw_name(request_id: int, by: int) -> None:
    """Take back what one asked for, or what was asked for one's household; raises NotFound."""
    with transaction():
        request = _waiting(request_id)
        if by not in (request.asked_by, _held(request.volunteer_id).account_id):
            raise NotFound
        _close(request, RequestState.WITHDRAWN, by)


def write_name(
    found: Person, name: str, how: How, asked_by: int, agreed_by: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """Write the history first, then the name: a trigger wants it so.

    Inside the caller's transaction, which has seen that the household has nobody of that name.
    """
    db.session.add(
        NameChange(volunteer_id=found.volunteer_id, old_name=found.name, new_name=name, how=how,
                   reason=reason, asked_by=asked_by, agreed_by=agreed_by, at=clock.now())
    )  # fmt: skip
    db.session.flush()
    db.session.execute(
        update(Volunteer).where(Volunteer.id == found.volunteer_id).values(**as_written(name))
    )


def _held(volunteer_id: int) -> Person:
    db.session.execute(locked(select(Volunteer.id).where(Volunteer.id == volunteer_id),
                              of=Volunteer))  # fmt: skip
    found = person(volunteer_id)
    if found is None:
        raise NotFound
    return found


def _refuse_taken(found: Person, name: str) -> None:
    other = person_named(found.account_id, name)
    if other and other.volunteer_id != found.volunteer_id:
        raise NameTaken


def _waiting(request_id: int) -> NameRequest:
    query = select(NameRequest).where(
        NameRequest.id == request_id, NameRequest.state == RequestState.WAITING
    )
    request = db.session.scalars(locked(query, of=NameRequest)).one_or_none()
    if request is None:
        raise NotFound
    return request


def _settle_open(volunteer_id: int, by: int) -> None:
    query = select(NameRequest).where(
        NameRequest.volunteer_id == volunteer_id, NameRequest.state == RequestState.WAITING
    )
    for request in db.session.scalars(locked(query, of=NameRequest)):
        _close(request, RequestState.WITHDRAWN, by)


def _close(request: NameRequest, state: RequestState, by: int) -> None:
    request.state, request.decided_by, request.decided_at = state, by, clock.now()
    db.session.flush()

"""Disputing a line of one's own ledger, and answering that."""

from datetime import time

from sqlalchemy import func, select

from volboard.accounts.models import Volunteer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.hours.commands import correct
from volboard.hours.dispute_errors import (
    AlreadyAnswered,
    AlreadyDisputed,
    OwnDispute,
    TooManyDisputes,
)
from volboard.hours.dispute_queries import disputable
from volboard.hours.models import Dispute, HourEntry
from volboard.hours.telling import Matter, tell_decided, tell_organizers
from volboard.messages.rules import Kind

MOST_A_DAY = 10


def open_dispute(entry_id: int, claim: str, words: str, by: Viewer) -> int:
    """Say that a line in the name of one's household is wrong; answers the dispute's id.

    The same words sent twice are one dispute. Raises NotFound to everybody else, LineReplaced
    where another line holds instead, AlreadyDisputed, TooManyDisputes (ten a Beijing day).
    """
    with transaction():
        _hold_household(by.id)
        line = disputable(entry_id, by)
        waiting = _waiting(entry_id)
        if waiting is not None:
            if (waiting.claim, waiting.words) == (claim, words):
                return waiting.id
            raise AlreadyDisputed
        _refuse_too_many(by.id)
        dispute = Dispute(community_id=line.community_id, entry_id=entry_id, claim=claim,
                          words=words, opened_by=by.id, opened_at=clock.now())  # fmt: skip
        db.session.add(dispute)
        db.session.flush()
        path, besides = f"/organize/disputes/{dispute.id}", [by.id, _owner_of(entry_id)]
        tell_organizers(Kind.DISPUTE_WAITS, _matter(dispute), path, besides)
        return dispute.id


def answer_dispute(dispute_id: int, words: str, by: Viewer) -> None:
    """Answer in words; the same words sent twice change nothing.

    Raises NotFound outside this person's communities, OwnDispute, AlreadyAnswered.
    """
    with transaction():
        dispute = _held(dispute_id, by)
        if dispute.answered_at is not None:
            if (dispute.answer, dispute.answered_by) == (words, by.id):
                return
            raise AlreadyAnswered
        dispute.answer, dispute.answered_by = words, by.id
        dispute.answered_at = clock.now()
        db.session.flush()
        tell_decided(Kind.DISPUTE_ANSWERED, _matter(dispute), by.id)


def take_back(dispute_id: int, words: str, by: Viewer) -> None:
    """Reverse the disputed line wholly and answer with the reason, both or neither.

    Raises as `answer_dispute` does, and AlreadyReversed, NotFound for a reversal.
    """
    with transaction():
        dispute = _held(dispute_id, by)
        if dispute.answered_at is not None:
            raise AlreadyAnswered
        line = db.session.get_one(HourEntry, dispute.entry_id)
        correct(line.id, line.served_from, line.served_from, words, by)
        answer_dispute(dispute_id, words, by)


def _hold_household(account_id: int) -> None:
    """One dispute of a household at a time, so that ten a day are ten."""
    people = select(Volunteer).where(Volunteer.account_id == account_id).order_by(Volunteer.id)
    db.session.execute(locked(people, of=Volunteer))


def _waiting(entry_id: int) -> Dispute | None:
    query = select(Dispute).where(Dispute.entry_id == entry_id, Dispute.answered_at.is_(None))
    return db.session.scalars(query).one_or_none()


def _refuse_too_many(account_id: int) -> None:
    midnight = clock.instant(clock.today(), time())
    opened = select(func.count()).where(
        Dispute.opened_by == account_id, Dispute.opened_at >= midnight
    )
    if (db.session.scalar(opened) or 0) >= MOST_A_DAY:
        raise TooManyDisputes


def _held(dispute_id: int, by: Viewer) -> Dispute:
    """The dispute, held until the transaction ends, for somebody who may answer it."""
    dispute = db.session.scalars(
        locked(select(Dispute).where(Dispute.id == dispute_id), of=Dispute)
    ).one_or_none()
    if dispute is None or not by.manages(dispute.community_id):
        raise NotFound
    if by.id in (dispute.opened_by, _owner_of(dispute.entry_id)):
        raise OwnDispute
    return dispute


def _owner_of(entry_id: int) -> int:
    """The account of the volunteer in whose name the line is."""
    return db.session.scalars(
        select(Volunteer.account_id)
        .join(HourEntry, HourEntry.volunteer_id == Volunteer.id)
        .where(HourEntry.id == entry_id)
    ).one()


def _matter(dispute: Dispute) -> Matter:
    line = db.session.get_one(HourEntry, dispute.entry_id)
    return Matter(f"dispute:{dispute.id}", dispute.community_id, line.volunteer_id, line.shift_id)

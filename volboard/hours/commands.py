"""Appending to the ledger. Nothing here changes a line: triggers forbid it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from volboard.accounts.household_queries import is_own
from volboard.communities.rule_queries import CommunityRules, community_rules
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.hours import stars
from volboard.hours.chain import append
from volboard.hours.correction_queries import had_a_hand
from volboard.hours.errors import (
    AlreadyReversed,
    NeedsAnother,
    NothingChanged,
    OutsideMakeUp,
    OutsideShift,
    OwnHours,
)
from volboard.hours.models import HourEntry, MakeUp
from volboard.hours.rules import (
    EntryKind,
    Night,
    Presence,
    Stay,
    cut_to,
    extra_minutes,
    needs_second_person,
    read,
    written,
)
from volboard.hours.witness_rules import Witness


@dataclass(frozen=True)
class Evidence:
    """What a credit rests on: which attendance, who saw it, when, how, on which device."""

    volunteer_id: int
    community_id: int
    shift_id: int
    attendance_id: int
    presence: Presence
    planned_minutes: int
    how: str
    seen_by: int
    seen_at: datetime
    device: str
    witnesses: tuple[Witness, ...] = field(default=())
    """Who stands for it, and by what."""


def credit(
    evidence: Evidence, by: int, rules: CommunityRules, witness_digest: str
) -> int | None:  # fmt: skip
    """Append the minutes of one attendance; answers the entry's id.

    None where there is not one whole minute to credit. Raises OwnHours where `by` is the
    volunteer's own account. `witness_digest`: what `witnesses.digests` says of the presence. The
    same attendance is credited once (`one_credit_per_attendance`), and only where those who
    stand for it are kept and are two (`minutes_rest_on_two_witnesses`): `presenting` sees to it.
    """
    if evidence.presence.minutes < 1:
        return None
    with transaction():
        refuse_own(evidence.volunteer_id, by)
        entry = append(HourEntry(
            kind=EntryKind.CREDIT,
            volunteer_id=evidence.volunteer_id,
            community_id=evidence.community_id,
            shift_id=evidence.shift_id,
            attendance_id=evidence.attendance_id,
            planned_minutes=evidence.planned_minutes,
            how=evidence.how,
            seen_by=evidence.seen_by,
            seen_at=evidence.seen_at,
            device=evidence.device,
            recorded_by=by,
            witness_digest=witness_digest,
            **measured(evidence.presence, rules),
        ))  # fmt: skip
        stars.review(evidence.volunteer_id, rules)
        return entry.id


def correct(entry_id: int, came: datetime, left: datetime, reason: str, by: Viewer) -> int:
    """Reverse a line and, unless nothing is left, append the right one; answers the last id.

    Raises NotFound to strangers, OwnHours, NeedsAnother (more minutes need somebody who had no
    hand in the line), AlreadyReversed, NothingChanged, OutsideShift, OutsideMakeUp.
    """
    with transaction():
        old = _entry(entry_id, by)
        refuse_own(old.volunteer_id, by.id)
        presence = _within_window(old, came, left)
        if presence.minutes == old.minutes and presence.start == old.served_from:
            raise NothingChanged
        rules = community_rules(old.community_id)
        new = HourEntry(kind=EntryKind.CORRECTION, replaces=old.id, recorded_by=by.id,
                        **measured(presence, rules), **_same_evidence(old))  # fmt: skip
        more = needs_second_person(old.minutes, new.minutes, old.extra_minutes, new.extra_minutes)
        if more and had_a_hand(old, by.id):
            raise NeedsAnother
        last = append(_reversal(old, by.id), reason)
        if new.minutes:
            last = append(new, reason)
        stars.review(old.volunteer_id, rules)
        return last.id


def refuse_own(volunteer_id: int, by: int) -> None:
    """Raise OwnHours where the account would credit itself or its family."""
    if is_own(volunteer_id, by):
        raise OwnHours


def measured(presence: Presence, rules: CommunityRules) -> dict[str, Any]:
    """The columns of a line that its presence decides, the community's night among them: the
    night that held on the Beijing day of the service, whenever the line is written."""
    worth = rules.worth_on(clock.local(presence.start).date())
    night = Night(worth.night_percent, worth.night_from, worth.night_to)
    dark = presence.night_minutes(night)
    return {"minutes": presence.minutes, "night_minutes": dark,
            "extra_minutes": extra_minutes(dark, night), "served_from": presence.start,
            "served_to": presence.end, "away_seconds": presence.away_seconds,
            "breaks": written(presence.breaks), "rule": presence.rule}  # fmt: skip


def _entry(entry_id: int, by: Viewer) -> HourEntry:
    entry = db.session.scalars(
        locked(select(HourEntry).where(HourEntry.id == entry_id), of=HourEntry)
    ).one_or_none()
    if entry is None or not by.manages(entry.community_id) or entry.kind == EntryKind.REVERSAL:
        raise NotFound
    if db.session.scalar(select(HourEntry.id).where(HourEntry.reverses == entry_id)):
        raise AlreadyReversed
    return entry


def _within_window(old: HourEntry, came: datetime, left: datetime) -> Presence:
    """The new times, with those breaks that the gate saw in them.

    A line of the gate may fill its shift; one that was made up stays within what two people
    agreed on.
    """
    window = select(Shift.starts_at, Shift.ends_at).where(Shift.id == old.shift_id)
    if old.make_up_id is not None:
        window = select(MakeUp.came_at, MakeUp.left_at).where(MakeUp.id == old.make_up_id)
    first, last = db.session.execute(window).one()
    if not first <= came <= left <= last:
        raise OutsideShift if old.make_up_id is None else OutsideMakeUp
    return Presence(came, left, "", cut_to(_breaks(old), came, left))


def _breaks(old: HourEntry) -> tuple[Stay, ...]:
    """All breaks of the presence: a correction in between may have kept fewer."""
    first = select(HourEntry.breaks).where(
        HourEntry.attendance_id == old.attendance_id, HourEntry.kind == EntryKind.CREDIT
    )
    return read(db.session.scalar(first) or "")


def _reversal(old: HourEntry, by: int) -> HourEntry:
    return HourEntry(kind=EntryKind.REVERSAL, minutes=-old.minutes, reverses=old.id,
                     night_minutes=-old.night_minutes, extra_minutes=-old.extra_minutes,
                     served_from=old.served_from, served_to=old.served_to, rule=old.rule,
                     away_seconds=old.away_seconds, breaks=old.breaks, recorded_by=by,
                     **_same_evidence(old))  # fmt: skip


def _same_evidence(old: HourEntry) -> dict[str, Any]:
    names = ("volunteer_id", "community_id", "shift_id", "attendance_id", "make_up_id",
             "planned_minutes", "how", "seen_by", "seen_at", "device")  # fmt: skip
    return {name: getattr(old, name) for name in names}

"""The rows of one book, read once, and folded once more without the product's help."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from tests.drills.crooked_facts import Hand, Line, Press, Visit
from tests.drills.crooked_town import Town, minutes
from volboard.accounts.models import DeskCode, Volunteer
from volboard.attendance.models import Arrival, Attendance, AttendanceLog
from volboard.core.db import db
from volboard.events.models import Event, Shift
from volboard.hours.models import HourEntry, MakeUp, PresenceWitness
from volboard.signups.models import Signup

FOLLOWS = {("", "in"), ("in", "out"), ("back", "out"), ("out", "back")}


class Rows:
    """Everything of one community."""

    def __init__(self, town: Town) -> None:
        db.session.rollback()
        self.presses = self._presses(town)
        entries = self._all(select(HourEntry).where(HourEntry.community_id == town.community)
                            .order_by(HourEntry.id))  # fmt: skip
        self.entries = {one.id: one for one in entries}
        self.lines = [self._line(one) for one in entries]
        self.every = [self._visit(*row) for row in db.session.execute(
            select(Attendance, Volunteer.account_id, Shift)
            .join(Volunteer, Volunteer.id == Attendance.volunteer_id)
            .join(Shift, Shift.id == Attendance.shift_id)
            .join(Event, Event.id == Shift.event_id)
            .where(Event.community_id == town.community)
            .execution_options(populate_existing=True))]  # fmt: skip
        self.credits = {one.attendance: one for one in self.every}
        self.kept = defaultdict[int, set[int]](set)
        for one in self._all(select(PresenceWitness)
                             .where(PresenceWitness.attendance_id.in_(self.credits))):  # fmt: skip
            self.kept[one.attendance_id].add(one.account_id)
        people = {one.id for one in (*town.phones, town.rui)}
        codes = select(DeskCode).where(DeskCode.account_id.in_(people))
        self.codes = [one for one in self._all(codes) if one.used_at]

    def story(self, attendance: int, until: datetime) -> list[Press]:
        """The presses that count, of those that had arrived by then."""
        live: list[Press] = []
        here = [one for one in self.presses[attendance] if one.arrived <= until]
        for one in sorted(here, key=lambda press: press.order):
            kind = one.action.removeprefix("undo_")
            if kind == one.action:
                live.append(one)
                continue
            near = [old for old in live if old.action == kind and one.at - old.at <= minutes(10)]
            own = [old for old in near if one.offline and old.phone == one.phone]
            counted = [old for old in near if old in _counted(live)]
            for gone in (own or counted)[-1:]:
                live.remove(gone)
        return _counted(live)

    def times(self, attendance: int, until: datetime) -> list[tuple[str, datetime]]:
        """What a closing then could show."""
        return [(one.action, one.at) for one in self.story(attendance, until)]

    def signs(self, one: Visit) -> Iterator[datetime]:
        """When the household's own account took the place, said yes, or stood before the sheet."""
        places = select(Signup).where(Signup.shift_id == one.shift, Signup.state != "cancelled",
                                      Signup.volunteer_id == one.volunteer)  # fmt: skip
        for place in self._all(places):
            if place.made_by == one.account:
                yield place.created_at
            if place.coming_said_at:
                yield place.coming_said_at
        scans = select(Arrival).where(Arrival.shift_id == one.shift, Arrival.state == "confirmed",
                                      Arrival.volunteer_id == one.volunteer)  # fmt: skip
        yield from (scan.arrived_at for scan in self._all(scans) if scan.claimed_by == one.account)

    def by_a_desk_code(self, account: int, at: datetime, until: datetime) -> bool:
        """Whether a desk's code had opened the account, and only its giver knows who used it."""
        household = [one for one in self.every if one.account == account]
        return any(
            code.used_at <= at and not any(
                press.action == "in" and press.by not in {code.issued_by, account}
                and code.used_at < press.at and press.arrived <= until
                for one in household for press in self.presses[one.attendance])
            for code in self.codes if code.account_id == account)  # fmt: skip

    def visits(self, volunteer: int) -> list[Visit]:
        return [one for one in self.every if one.volunteer == volunteer]

    def corrections(self, line: Line) -> Iterator[Line]:
        """The corrections that led to a line, itself among them."""
        found = self.entries[line.id]
        while found.replaces:
            yield self._line(found)
            found = self.entries[found.replaces]

    def hands(self, line: Line, town: Town) -> set[int]:
        """Everybody who had a hand in the line that this one replaces."""
        entry = self.entries[line.id]
        shift = db.session.get_one(Shift, entry.shift_id)
        earlier = {one.recorded_by for one in self.entries.values()
                   if one.id < line.id and one.shift_id == entry.shift_id
                   and one.volunteer_id == line.volunteer and one.kind != "reversal"}  # fmt: skip
        pressed = {one.by for one in self.presses[line.attendance]}
        said = {one.account for one in town.said if one.attendance == line.attendance}
        asked = {hand.account for hand in line.request or ()}
        return earlier | pressed | said | {shift.closed_by or 0} | {one or 0 for one in asked}

    def _line(self, entry: HourEntry) -> Line:
        old, request = self.entries.get(entry.replaces or 0), None
        if entry.make_up_id:
            made = db.session.get_one(MakeUp, entry.make_up_id)
            request = (Hand(made.asked_by, made.asked_on), Hand(made.decided_by, made.decided_on))
        return Line(
            entry.id, entry.kind, entry.volunteer_id, entry.attendance_id or 0, entry.recorded_by,
            entry.minutes, entry.extra_minutes, entry.served_from,
            old.minutes if old else 10**6,
            any(one.reverses == entry.id for one in self.entries.values()), request,
        )  # fmt: skip

    def _visit(self, row: Attendance, account: int, shift: Shift) -> Visit:
        became = [one.recorded_at for one in self.entries.values()
                  if one.attendance_id == row.id and one.kind == "credit"]  # fmt: skip
        return Visit(row.id, row.volunteer_id, account, row.shift_id, shift.starts_at,
                     shift.ends_at, min(became, default=shift.starts_at))  # fmt: skip

    def _presses(self, town: Town) -> dict[int, list[Press]]:
        found = defaultdict[int, list[Press]](list)
        for row in self._all(
            select(AttendanceLog).join(Attendance, Attendance.id == AttendanceLog.attendance_id)
            .join(Shift, Shift.id == Attendance.shift_id).join(Event, Event.id == Shift.event_id)
            .where(Event.community_id == town.community, AttendanceLog.action != "absent")
        ):  # fmt: skip
            meant = row.said_at - minutes(row.clock_skew / 60) if row.said_at else row.at
            order = (row.at, meant, row.nonce or "", row.id)
            phone = (row.by, row.device)
            found[row.attendance_id].append(
                Press(row.action, row.at, row.received_at or row.at, row.by, row.how, order, phone,
                      bool(row.nonce))
            )  # fmt: skip
        return found

    @staticmethod
    def _all(asked: Select[Any]) -> list[Any]:
        return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def _counted(live: list[Press]) -> list[Press]:
    found: list[Press] = []
    for one in live:
        if (found[-1].action if found else "", one.action) in FOLLOWS:
            found.append(one)
    return found

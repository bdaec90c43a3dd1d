"""The people of a shift as the gate knows them: the query behind every row that it shows."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from volboard.accounts.models import Account, Volunteer
from volboard.attendance.absences import times_missed
from volboard.attendance.models import Attendance, AttendanceBreak
from volboard.attendance.rules import AttendanceState
from volboard.attendance.searching import Search
from volboard.signups.models import Signup
from volboard.signups.rules import SignupState

LAST_DIGITS = 4
NOT_COME = or_(Attendance.id.is_(None), Attendance.state == AttendanceState.UNDONE)
"""Of who has a seat, beside their attendance if there is one: they were not checked in, or only by
mistake."""


def meant(search: Search) -> ColumnElement[bool]:
    """Whether these digits, this name or its pinyin may mean the person of a row."""
    numbers = [Account.phone.like(f"%{search.digits}{'_' * rest}")
               for rest in _still_to_type(search.digits)]  # fmt: skip
    return and_(or_(*numbers) if search.digits else true(),
                or_(*_named(search)) if search.words else true())  # fmt: skip


def closeness(search: Search) -> ColumnElement[int]:
    """Smallest for the name itself, then for what begins so, then for what has it in it; largest
    for one that only sounds alike."""
    v, words = Volunteer, search.words
    begins = v.initials.startswith(words, autoescape=True)
    return case((v.folded == words, 0), (begins, 1), (v.folded.contains(words, autoescape=True), 2),
                else_=3)  # fmt: skip


def _named(search: Search) -> Iterator[ColumnElement[bool]]:
    yield Volunteer.folded.contains(search.words, autoescape=True)
    if search.is_latin:
        yield Volunteer.readings.contains(f" {search.words}")
    for sound in search.sounds:
        yield Volunteer.readings.contains(f" {sound} ")


def _still_to_type(digits: str) -> range:
    """How many digits may follow: somebody is typing the last four, from the first of them on."""
    return range(max(0, LAST_DIGITS - len(digits)) + 1)


def back_at() -> ScalarSelect[Any]:
    """When the person of an attendance last came back."""
    b = AttendanceBreak
    back = select(func.max(b.back_at)).where(b.attendance_id == Attendance.id)
    return back.correlate(Attendance).scalar_subquery()


@cache
def people() -> Select[*tuple[Any, ...]]:
    """Everybody with a live place in the shift, or an attendance, with what is known of them.

    Put together once, for it is asked at every press; needs the parameters `shift_id` and
    `since`, from when on absences count.
    """
    shift_id = bindparam("shift_id", type_=Integer)
    v, a = Volunteer, Attendance
    seen, let_out = aliased(Volunteer), aliased(Volunteer)
    is_live = and_(Signup.shift_id == shift_id, Signup.state != SignupState.CANCELLED)
    known = (
        select(Signup.volunteer_id)
        .where(is_live)
        .union(select(a.volunteer_id).where(a.shift_id == shift_id))
    )
    return (
        select(v.id, Account.id, v.name, Account.phone, Signup.state, Signup.jump_reason, a.state,
               a.checked_in_at, seen.name, a.checked_out_at, let_out.name, back_at(),
               times_missed(shift_id))
        .select_from(v)
        .join(Account, Account.id == v.account_id)
        .outerjoin(Signup, and_(Signup.volunteer_id == v.id, is_live))
        .outerjoin(a, and_(a.volunteer_id == v.id, a.shift_id == shift_id))
        .outerjoin(seen, and_(seen.account_id == a.checked_in_by, seen.is_self))
        .outerjoin(let_out, and_(let_out.account_id == a.checked_out_by, let_out.is_self))
        .where(v.id.in_(known))
    )  # fmt: skip

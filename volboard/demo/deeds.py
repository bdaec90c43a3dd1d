"""What happens after the gate in the demonstration: thanks, an excuse, a make-up that waits and
one that two people carried, a question to a line, a proof."""

from datetime import timedelta

from sqlalchemy import Row, select

from volboard.accounts.commands import issue_desk_code, use_desk_code
from volboard.accounts.models import Account, Volunteer
from volboard.attendance.models import Attendance
from volboard.attendance.rules import AttendanceState
from volboard.certificates.commands import issue
from volboard.communities.models import Residency
from volboard.communities.rule_commands import RulesDraft, change_rules
from volboard.communities.rules import Worth
from volboard.communities.worth_commands import agree, propose
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.devices import Phone
from volboard.demo.people import PASSWORD
from volboard.events.models import Event, Shift
from volboard.hours import make_ups
from volboard.hours.dispute_commands import open_dispute
from volboard.hours.models import HourEntry
from volboard.hours.rules import EntryKind
from volboard.thanks.commands import thank

HALL, OFFICE = (
    Phone("demo-hall", "微信 Android · 5e1f0a"),
    Phone("demo-office", "Edge Windows · 71c2d8"),
)
RULES = RulesDraft(in_charge="", absence_rule="note", absence_limit=3, pause_days=30,
                   quiet_from=21 * 60, quiet_to=8 * 60)  # fmt: skip
"""A count for organizers of who did not come."""
WORTH = Worth(star_ladder="10,30,60,100,200")
"""A ladder that a year of festivals can climb."""
THANKS = (
    "手都冻红了，院里却亮堂堂的。谢谢大家！",
    "老人们念叨了一晚上，说孩子们真好。",
    "锅碗都洗好归位了，辛苦各位。",
)
MAKE_UP_REASON = "那天门口没网，人一直在，李秀兰和两位邻居都在场"
WAITING_REASON = "提前去库房搬桌子，没有经过门口"
DECIDED_AFTER = {1: timedelta(hours=6), 2: timedelta(seconds=80)}
QUESTION = "我那天是八点五十就到了，比记的早。"


def decide(community_id: int, staff: tuple[Viewer, ...]) -> None:
    """Let the community set its rules, on the first day."""
    rules = RulesDraft(**{**RULES.__dict__, "in_charge": staff[0].name})
    change_rules(community_id, rules, staff[0])
    if len(staff) > 1:
        agree(propose(community_id, WORTH, staff[0], HALL).id, staff[1], OFFICE)


def leave_traces(community_id: int, staff: tuple[Viewer, ...], resident: Viewer) -> None:
    """Let the last weeks leave what people leave behind."""
    for words, shift in zip(THANKS, _last_shifts(community_id), strict=False):
        with clock.standing_at(shift.ends_at + timedelta(hours=2)):
            thank(shift.id, words, staff[0])
    _make_up(community_id, staff)
    _doubt_and_prove(community_id, resident)
    _help_at_the_desk(community_id, staff[1])


def _last_shifts(community_id: int) -> list[Row[int, object]]:
    rows = db.session.execute(
        select(Shift.id, Shift.ends_at)
        .join(Event, Event.id == Shift.event_id)
        .where(Event.community_id == community_id, Shift.closed_at.is_not(None))
        .order_by(Shift.starts_at.desc())
    )
    return list(rows)


def _make_up(community_id: int, staff: tuple[Viewer, ...]) -> None:
    """Three people who were marked absent had been there: one waits, one is settled, and one was
    settled so fast that it is shown as odd.
    """
    missing = db.session.execute(
        select(Attendance.volunteer_id, Shift.id, Shift.starts_at, Shift.ends_at)
        .join(Shift, Shift.id == Attendance.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(Volunteer, Volunteer.id == Attendance.volunteer_id)
        .where(Event.community_id == community_id, Shift.kind == "service")
        .where(Attendance.state == AttendanceState.ABSENT, Shift.closed_at.is_not(None))
        .where(Volunteer.account_id.not_in([person.id for person in staff]))
        .order_by(Shift.starts_at.desc())
        .limit(3)
    ).all()
    for number, (volunteer_id, shift_id, starts_at, ends_at) in enumerate(missing):
        reason = MAKE_UP_REASON if number else WAITING_REASON
        with clock.standing_at(ends_at + timedelta(hours=20)):
            asked = make_ups.ask(shift_id, volunteer_id, starts_at, ends_at, reason, staff[0], HALL)
        if number:
            with clock.standing_at(ends_at + timedelta(hours=20) + DECIDED_AFTER[number]):
                make_ups.approve(asked, staff[1], OFFICE)


def _doubt_and_prove(community_id: int, resident: Viewer) -> None:
    """The resident asks about the newest line, and has a proof of all the others."""
    line = db.session.execute(
        select(HourEntry.id, HourEntry.volunteer_id, HourEntry.recorded_at)
        .where(HourEntry.volunteer_id == resident.volunteer_id, HourEntry.kind == EntryKind.CREDIT)
        .order_by(HourEntry.served_from.desc())
        .limit(1)
    ).first()
    if line is None:
        return
    with clock.standing_at(min(line.recorded_at + timedelta(days=2), clock.now())):
        open_dispute(line.id, "wrong_time", QUESTION, resident)
    today = clock.today()
    issue(line.volunteer_id, community_id, today - timedelta(days=364), today, True, resident)


def _help_at_the_desk(community_id: int, by: Viewer) -> None:
    """Yesterday somebody who had no password got in by a code, and a second organizer is waited
    for."""
    account_id, phone = db.session.execute(
        select(Account.id, Account.phone)
        .join(Residency, Residency.account_id == Account.id)
        .where(Residency.community_id == community_id, Account.password_hash.is_(None))
        .order_by(Account.id.desc())
        .limit(1)
    ).one()
    with clock.standing_at(clock.now() - timedelta(days=1)):
        use_desk_code(phone, issue_desk_code(account_id, by.id), PASSWORD)

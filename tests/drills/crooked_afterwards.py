"""What comes after: lists, offline presses, closings, confirmations, corrections, make-ups; and
the honest evenings in between."""

from random import Random

from sqlalchemy import select

from tests.drills.crooked_town import Said, Town, a_number, minutes
from tests.support.town import a_shift, an_event
from volboard.attendance import commands
from volboard.attendance.closing import close_shift
from volboard.attendance.paper import PaperLine, take_paper
from volboard.attendance.scans import Scan, take_scan
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.devices import Phone
from volboard.events.models import Shift
from volboard.hours import commands as hours
from volboard.hours import confirming, dispute_commands, make_ups
from volboard.hours.models import Dispute, HourEntry, MakeUp, Unconfirmed
from volboard.signups.commands import sign_up

ACTIONS = ("in", "in", "out", "back", "undo_in", "undo_out")
PHONES = Phone("a" * 32, ""), Phone("b" * 32, "")


def send_offline(town: Town, rng: Random) -> None:
    """Presses of a phone that says when it was, and how wrong its clock is."""
    shift = _a_shift(town, rng)
    at = rng.choice((shift.starts_at, shift.ends_at, clock.now())) + minutes(rng.randint(-90, 90))
    scan = Scan(f"nonce-{a_number()}", rng.choice(ACTIONS), rng.choice(town.people), "", "",
                at, rng.choice((0, 0, 3000, -3000)), "gate")  # fmt: skip
    take_scan(shift.id, scan, town.olga, "她的手机")


def send_stranger(town: Town, rng: Random) -> None:
    shift, number = _a_shift(town, rng), a_number()
    scan = Scan(f"nonce-{number}", "walk_in", None, f"贾{number}", number, shift.starts_at, 0,
                "walk_in")  # fmt: skip
    volunteer = take_scan(shift.id, scan, town.olga, "").volunteer_id
    if volunteer is not None:
        town.people.append(volunteer)
        town.invented.add(volunteer)


def type_a_list(town: Town, rng: Random) -> None:
    shift = _a_shift(town, rng)
    left = shift.ends_at if rng.random() < 0.7 else None
    came = shift.starts_at + minutes(rng.choice((0, 20)))
    take_paper(shift.id, (PaperLine(rng.choice(town.people), came, left),), town.olga)


def late_check_out(town: Town, rng: Random) -> None:
    commands.check_out(_a_shift(town, rng).id, rng.choice(town.people), town.olga)


def close(town: Town, rng: Random) -> None:
    by = town.olga if rng.random() < 0.8 else town.otto
    _close(town, rng.choice((town.shifts[-1], _a_shift(town, rng).id)), by)


def close_last(town: Town, rng: Random) -> None:
    _close(town, town.shifts[-1], town.olga)


def confirm(town: Town, rng: Random) -> None:
    found = _waiting(town, rng)
    if found:
        confirming.confirm(found.id, town.olga)
        _note(town, [found], town.olga)


def confirm_all(town: Town, rng: Random) -> None:
    found = _waiting(town, rng)
    if found:
        rows = [one for one in _all_waiting(town) if one.shift_id == found.shift_id]
        confirming.confirm_all(found.shift_id, [one.id for one in rows], town.olga)
        _note(town, rows, town.olga)


def confirm_own(town: Town, rng: Random) -> None:
    found, phone = _waiting(town, rng), rng.choice(town.phones)
    if found:
        confirming.confirm_own(found.id, phone)
        _note(town, [found], phone)


def otto_confirms(town: Town, rng: Random) -> None:
    """Only whom he saw: Bao, now and then."""
    mine = [one for one in _all_waiting(town) if one.volunteer_id == town.bao.volunteer_id]
    if mine:
        confirming.confirm(mine[-1].id, town.otto)
        _note(town, [mine[-1]], town.otto)


def otto_refuses(town: Town, rng: Random) -> None:
    found = _waiting(town, rng)
    if found:
        confirming.refuse(found.id, "没有看见", town.otto)


def ask_again(town: Town, rng: Random) -> None:
    ours = select(Unconfirmed).where(Unconfirmed.community_id == town.community)
    rows = list(db.session.scalars(ours))
    if rows:
        confirming.ask_again(rng.choice(rows).id, "来过的", rng.choice(town.phones))


def correct(town: Town, rng: Random) -> None:
    found = _a_line(town, rng)
    if found:
        shift = db.session.get_one(Shift, found.shift_id)
        came = shift.starts_at + minutes(rng.choice((0, 5, 30)))
        left = rng.choice((found.served_to, shift.ends_at, found.served_to - minutes(20)))
        hours.correct(found.id, came, left, "看错了", rng.choice((town.olga, town.olga, town.otto)))


def ask_for_more(town: Town, rng: Random) -> None:
    shift = _a_shift(town, rng)
    make_ups.ask(shift.id, rng.choice(town.people), shift.starts_at, shift.ends_at, "没带手机",
                 town.olga, rng.choice(PHONES))  # fmt: skip


def approve(town: Town, rng: Random) -> None:
    """She approves what she asked for, with either phone; Otto only what he knows to be so."""
    asked = list(db.session.scalars(
        select(MakeUp).where(MakeUp.community_id == town.community, MakeUp.state == "waiting")
    ))  # fmt: skip
    if not asked:
        return
    one = rng.choice(asked)
    knows = one.volunteer_id == town.bao.volunteer_id and rng.random() < 0.3
    act = rng.choice((make_ups.approve, make_ups.approve, make_ups.withdraw))
    act(one.id, town.otto if knows else rng.choice(town.phones[:2]), rng.choice(PHONES))


def dispute(town: Town, rng: Random) -> None:
    found = _a_line(town, rng)
    if found:
        dispute_commands.open_dispute(found.id, "wrong_time", "少了", rng.choice(town.phones))


def take_back(town: Town, rng: Random) -> None:
    ours = select(Dispute.id).where(Dispute.community_id == town.community)
    found = list(db.session.scalars(ours))
    if found:
        dispute_commands.take_back(rng.choice(found), "没有来", town.olga)


def honest_evening(town: Town, rng: Random) -> None:
    """Otto's own shift tomorrow: some of those who exist sign up, and he lets them in."""
    starts = clock.now() + minutes(24 * 60)
    people = [one for one in (town.bao, town.rui, town.olga) if rng.random() < 0.8]
    event = an_event(town.community, starts_at=starts, ends_at=starts + minutes(60))
    shift = a_shift(event, 9, starts, 60)
    for one in people:
        sign_up(one.volunteer_id, shift, one.id)
    with clock.standing_at(starts):
        for one in people:
            commands.check_in(shift, one.volunteer_id, town.otto, "gate", "")
    with clock.standing_at(starts + minutes(60)):
        _close(town, shift, town.otto)
    town.now = starts + minutes(60)


def _close(town: Town, shift: int, by: Viewer) -> None:
    close_shift(shift, by)
    town.closings[shift].append(clock.now())


def _note(town: Town, rows: list[Unconfirmed], by: Viewer) -> None:
    town.said += [Said(one.attendance_id, by.id, clock.now()) for one in rows]


def _a_shift(town: Town, rng: Random) -> Shift:
    shift = rng.choice(town.shifts[-2:])
    return db.session.get_one(Shift, shift, populate_existing=True)


def _all_waiting(town: Town) -> list[Unconfirmed]:
    u = Unconfirmed
    rows = select(u).where(u.community_id == town.community, u.state == "waiting").order_by(u.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _waiting(town: Town, rng: Random) -> Unconfirmed | None:
    return rng.choice(_all_waiting(town) or [None])


def _a_line(town: Town, rng: Random) -> HourEntry | None:
    lines = select(HourEntry).where(HourEntry.community_id == town.community)
    return rng.choice(list(db.session.scalars(lines.order_by(HourEntry.id))) or [None])

"""Making shifts, filling them and standing at their gate: what an organizer with several phones
can press from the day before until the end."""

from dataclasses import replace
from random import Random

from sqlalchemy import select

from tests.drills.crooked_town import Town, minutes
from volboard.accounts.models import Volunteer
from volboard.attendance import arrival_commands, commands
from volboard.attendance.models import Arrival
from volboard.core import clock
from volboard.core.db import db
from volboard.events import commands as events
from volboard.events.drafts import EventDraft, ShiftDraft
from volboard.events.models import Shift
from volboard.signups import coming
from volboard.signups.changes import change_shift
from volboard.signups.commands import cancel, sign_up, sign_up_by_organizer
from volboard.signups.models import Signup
from volboard.venue import commands as venue
from volboard.venue.tokens import Ticket

AHEAD = (-14, -5, 30, 90, 24 * 60)
"""How many minutes before its start a shift is thought of."""
LENGTHS = (60, 120, 240, 360, 720, 960)


def make_shift(town: Town, rng: Random) -> None:
    """A shift of her own, made beforehand or on the spot; at times of an event that is public."""
    ahead, length, capacity = rng.choice(AHEAD), rng.choice(LENGTHS), rng.choice((1, 3, 9))
    announce(town, ahead, length, capacity, is_public=rng.random() < 0.2)


def announce(
    town: Town, ahead: int, length: int, capacity: int = 9, is_public: bool = False
) -> None:  # fmt: skip
    """A shift that begins `ahead` minutes from now and is `length` minutes long."""
    now = clock.now()
    starts = now + minutes(ahead)
    draft = ShiftDraft("岗", "service", starts, starts + minutes(length), capacity,
                       cancel_notice=0)  # fmt: skip
    event = events.create_event(
        EventDraft(town.community, f"活动{len(town.shifts)}", "广场", clock.local(starts).date()),
        town.olga,
    )
    if is_public:
        first = replace(draft, starts_at=now + minutes(60), ends_at=now + minutes(70))
        town.public[events.add_shift(event, first, town.olga)] = now, town.olga.id
        events.publish(event, town.olga)
    shift = events.add_shift(event, draft, town.olga)
    if not is_public:
        events.publish(event, town.olga)
    town.shifts.append(shift)
    town.public[shift] = now, town.olga.id


def move_shift(town: Town, rng: Random) -> None:
    row = db.session.get_one(Shift, town.shifts[-1], populate_existing=True)
    earlier, longer = minutes(rng.choice((0, 30, 90))), minutes(rng.choice((0, 60, 300)))
    draft = ShiftDraft(row.title, row.kind, row.starts_at - earlier, row.ends_at + longer, 9,
                       cancel_notice=0)  # fmt: skip
    change_shift(row.id, draft, town.olga)
    if earlier or longer:
        town.public[row.id] = clock.now(), town.olga.id


def sign_up_own(town: Town, rng: Random) -> None:
    phone = rng.choice((town.bao, rng.choice(town.phones)))
    sign_up(_one_of(phone.id, rng), town.shifts[-1], phone.id)


def sign_up_for(town: Town, rng: Random) -> None:
    sign_up_by_organizer(rng.choice(town.people), town.shifts[-1], town.olga)


def answer_coming(town: Town, rng: Random) -> None:
    if rng.random() < 0.5:
        coming.ask_who_comes(town.shifts[-1], town.olga)
    for signup in _places(town):
        for phone in town.phones:
            if _owner(signup.volunteer_id) == phone.id:
                coming.say_coming(signup.id, phone)


def give_back(town: Town, rng: Random) -> None:
    places = _places(town)
    if places:
        cancel(rng.choice(places).id, rng.choice((*town.phones, town.olga)), "换人")


def check_in(town: Town, rng: Random) -> None:
    """By its page, by a card's code, or by the code on a phone in her hand."""
    person = rng.choice((town.bao.volunteer_id, rng.choice(town.people)))
    is_mine = _owner(person) in {phone.id for phone in town.phones}
    how = rng.choice(("gate", "code", "code_shown")) if is_mine else "gate"
    commands.check_in(town.shifts[-1], person, town.olga, how, "她的手机")


def check_out(town: Town, rng: Random) -> None:
    commands.check_out(town.shifts[-1], rng.choice(town.people), town.olga)


def come_back(town: Town, rng: Random) -> None:
    commands.come_back(town.shifts[-1], rng.choice(town.people), town.olga)


def undo(town: Town, rng: Random) -> None:
    commands.undo(town.shifts[-1], rng.choice(town.people), town.olga, "她的手机")


def seat(town: Town, rng: Random) -> None:
    commands.seat_waiting(town.shifts[-1], rng.choice(town.people), "人手不够", town.olga, "")


def scan_the_screen(town: Town, rng: Random) -> None:
    """Her second phone stands before the code that she opened."""
    phone, shift = rng.choice(town.phones), town.shifts[-1]
    act = rng.choice((venue.check_in, venue.check_in, venue.check_out, venue.come_back))
    act(Ticket(shift, town.olga.id, phone.id, "mark"), (_one_of(phone.id, rng),), phone, "")


def scan_the_sheet(town: Town, rng: Random) -> None:
    phone, shift = rng.choice(town.phones), town.shifts[-1]
    venue.ask_to_confirm(shift, (_one_of(phone.id, rng),), phone, "")


def confirm_arrivals(town: Town, rng: Random) -> None:
    waiting = select(Arrival.id).where(Arrival.shift_id == town.shifts[-1])
    arrival_commands.confirm_all(town.shifts[-1], tuple(db.session.scalars(waiting)), town.olga)


def otto_is_there_too(town: Town, rng: Random) -> None:
    """Bao really came, and the honest organizer sees it."""
    shift, bao = town.shifts[-1], town.bao.volunteer_id
    if rng.random() < 0.7:
        commands.check_in(shift, bao, town.otto, "gate", "")
    else:
        commands.check_out(shift, bao, town.otto)


def _one_of(account: int, rng: Random) -> int:
    household = select(Volunteer.id).where(Volunteer.account_id == account).order_by(Volunteer.id)
    return rng.choice(list(db.session.scalars(household)))


def _owner(volunteer: int) -> int:
    return db.session.scalars(select(Volunteer.account_id).where(Volunteer.id == volunteer)).one()


def _places(town: Town) -> list[Signup]:
    live = select(Signup).where(Signup.shift_id == town.shifts[-1], Signup.state == "seated")
    return list(db.session.scalars(live.execution_options(populate_existing=True)))

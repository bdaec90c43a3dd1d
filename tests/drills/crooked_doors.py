"""Other doors to a place: a seat handed over, a question for help, a list of people."""

from random import Random

from sqlalchemy import select

from tests.drills.crooked_town import Town, a_number
from volboard.accounts.models import Account, Volunteer
from volboard.core.db import db
from volboard.rosters import commands as rosters
from volboard.signups import cover, hand_overs
from volboard.signups.models import CoverAsk, Signup


def hand_over(town: Town, rng: Random) -> None:
    """A seat of one of her phones passes to another of them, or to somebody invented."""
    seats = (
        select(Signup.id, Volunteer.account_id)
        .join(Volunteer, Volunteer.id == Signup.volunteer_id)
        .where(Signup.shift_id == town.shifts[-1], Signup.state == "seated",
               Volunteer.account_id.in_([one.id for one in town.phones]))
        .order_by(Signup.id)
    )  # fmt: skip
    seat, account = rng.choice([tuple(row) for row in db.session.execute(seats)] or [(0, 0)])
    if not seat:
        return
    giver = next(one for one in town.phones if one.id == account)
    secret, taker = hand_overs.offer(seat, giver), rng.choice(town.phones)
    hand_overs.take_over(secret, taker.volunteer_id, taker.id)


def ask_for_help(town: Town, rng: Random) -> None:
    """She asks whoever is free, and answers on the phones that she holds."""
    shift = town.shifts[-1]
    cover.ask_these(shift, town.people, town.olga)
    asks = (
        select(CoverAsk.id, Volunteer.account_id)
        .join(Volunteer, Volunteer.id == CoverAsk.volunteer_id)
        .where(CoverAsk.shift_id == shift)
        .order_by(CoverAsk.id)
    )
    for ask, account in db.session.execute(asks).all():
        for phone in town.phones:
            if phone.id == account:
                cover.accept(ask, phone)


def take_in_a_list(town: Town, rng: Random) -> None:
    """A list of people of whom one is invented, and one has a number that is known already."""
    stranger, known = a_number(), rng.choice((town.bao, town.rui)).id
    number = db.session.scalars(select(Account.phone).where(Account.id == known)).one()
    lines = f"姓名,手机号\n贾{stranger},{stranger}\n亲{stranger},{number.removeprefix('+86')}"
    rosters.take_in(rosters.keep_draft(lines.encode(), "名单.csv", town.community, town.olga),
                    town.olga)  # fmt: skip
    for name in (f"贾{stranger}", f"亲{stranger}"):
        for person in db.session.scalars(select(Volunteer.id).where(Volunteer.name == name)):
            town.people.append(person)
            town.invented.add(person)

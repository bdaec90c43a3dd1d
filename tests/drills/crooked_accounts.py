"""Accounts that she makes, opens or renames: invented neighbours, relatives, and a desk's code."""

from random import Random

from sqlalchemy import select

from tests.drills.crooked_town import Town, a_number, viewer_with
from volboard.accounts.commands import (
    add_family,
    change_own_name,
    issue_desk_code,
    use_desk_code,
)
from volboard.accounts.models import Account, Volunteer
from volboard.attendance import commands
from volboard.core.db import db
from volboard.signups.commands import quick_sign_up


def quick(town: Town, rng: Random) -> None:
    """An invented neighbour signs up on a phone that she holds."""
    account, _place = quick_sign_up("甄有", a_number(), town.shifts[-1], f"key-{a_number()}")
    _note_invented(town, account)
    town.phones.append(viewer_with(account, town.people[-1]))


def desk_code(town: Town, rng: Random) -> None:
    """She hands herself the key to somebody's account."""
    taken = rng.choice((town.rui, town.rui, town.bao))
    number = _number_of(taken.id)
    use_desk_code(number, issue_desk_code(taken.id, town.olga.id), "a-new-password-9")
    if taken not in town.phones:
        town.phones.append(taken)


def more_family(town: Town, rng: Random) -> None:
    phone = rng.choice(town.phones)
    member = add_family(phone.id, f"亲戚{a_number()}", "表亲")
    town.people.append(member)
    town.invented.add(member)


def rename(town: Town, rng: Random) -> None:
    change_own_name(rng.choice(town.phones).id, f"改名{a_number()}")


def walk_in(town: Town, rng: Random) -> None:
    """Somebody invented, or a new name in the household of a number that is known."""
    number = a_number()
    if rng.random() < 0.3:
        number = _number_of(rng.choice((town.bao, town.rui)).id)
    came = commands.walk_in(town.shifts[-1], f"贾{a_number()}", number, "有空位", town.olga, "")
    town.people.append(came.volunteer_id)
    town.invented.add(came.volunteer_id)


def _note_invented(town: Town, account: int) -> None:
    volunteer = db.session.scalars(select(Volunteer.id).where(Volunteer.account_id == account))
    town.people.append(volunteer.one())
    town.invented.add(town.people[-1])


def _number_of(account: int) -> str:
    return db.session.scalars(select(Account.phone).where(Account.id == account)).one()

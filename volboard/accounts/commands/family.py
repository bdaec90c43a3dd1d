"""Households: who is added, who goes by another name, who leaves."""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select, update

from volboard.accounts.commands.consents import agree, agreed
from volboard.accounts.commands.desk_codes import refuse_held
from volboard.accounts.commands.names import change_name
from volboard.accounts.errors import FamilyFull, GuardianNeeded, NameTaken, NotAName
from volboard.accounts.models import Volunteer
from volboard.accounts.name_forms import canonical, folded
from volboard.accounts.queries import Person, person, person_named
from volboard.accounts.rules import FAMILY_SIZE, GONE, NAME_LENGTH, AgeBand, ConsentKind
from volboard.core import clock
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.text import is_plain, tidy


@dataclass(frozen=True)
class About:
    """What is known of somebody besides the name."""

    age: AgeBand = AgeBand.ADULT
    skills: str = ""
    by_guardian: bool = False
    """Whether whoever fills this in agrees as the guardian of a child."""


def add_family(account_id: int, name: str, relation: str, about: About | None = None) -> int:
    """Add somebody to one's own household; answers the volunteer's id.

    Somebody who was removed comes back with their history. Raises NameTaken, FamilyFull,
    NotAName, GuardianNeeded.
    """
    name = proper_name(name)
    with transaction():
        hold_household(account_id)
        if person_named(account_id, name):
            raise NameTaken
        refuse_full(account_id)
        member = (
            _bring_back(account_id, name, relation)
            or new_volunteer(account_id, name, relation, is_self=False).volunteer_id
        )
        _tell_about(member, about, account_id)
        return member


def change_family(
    account_id: int, volunteer_id: int, name: str, relation: str, about: About | None = None
) -> None:
    """Write anew what is known of a member of the family.

    Raises NotFound, NameTaken, NameNeedsTwo, GuardianNeeded, HelpedLately.
    """
    name = proper_name(name)
    with transaction():
        hold_household(account_id)
        _check_member(account_id, volunteer_id)
        _rename(volunteer_id, account_id, name, relation)
        _tell_about(volunteer_id, about, account_id)


def remove_family(account_id: int, volunteer_id: int) -> None:
    """Take a member out of the household; what they did stays. Raises NotFound."""
    with transaction():
        hold_household(account_id)
        _check_member(account_id, volunteer_id)
        db.session.execute(
            update(Volunteer).where(Volunteer.id == volunteer_id).values(removed_at=clock.now())
        )


def change_own_name(account_id: int, name: str, about: About | None = None) -> None:
    """Write anew what is known of the account's own person.

    Raises NameTaken where a family member has the name, NameNeedsTwo, GuardianNeeded for a
    child, who cannot agree alone, HelpedLately where a desk's code opened the account a moment
    ago.
    """
    name = proper_name(name)
    with transaction():
        hold_household(account_id)
        own = db.session.scalar(
            select(Volunteer.id).where(Volunteer.account_id == account_id, Volunteer.is_self)
        )
        if own is None:
            raise NotFound
        _rename(own, account_id, name, "")
        if about and about.age is AgeBand.CHILD:
            raise GuardianNeeded
        _tell_about(own, about, account_id)


def proper_name(typed: str) -> str:
    """The name as it is stored; raises NotAName."""
    name = canonical(typed)
    if not 0 < len(name) <= NAME_LENGTH or not is_plain(name) or name == GONE:
        raise NotAName
    return name


def new_volunteer(
    account_id: int, name: str, relation: str, is_self: bool, agreed_by: int | None = None
) -> Person:
    """Write a volunteer with a code of their own, and that the notice was agreed to.

    Inside the caller's transaction. `agreed_by`: the account, unless somebody else asked them.
    """
    volunteer = Volunteer(
        account_id=account_id, name=name, is_self=is_self,
        relation=tidy(relation), code=secrets.token_hex(16), created_at=clock.now(),
    )  # fmt: skip
    db.session.add(volunteer)
    db.session.flush()
    agree(volunteer.id, ConsentKind.USE, agreed_by or account_id)
    return Person(account_id, volunteer.id, name, volunteer.relation, is_self, volunteer.code)


def _tell_about(volunteer_id: int, about: About | None, account_id: int) -> None:
    """Write age and skills; a child's only with the consent of its guardian (PIPL art. 31)."""
    if about is None:
        return
    if about.age is AgeBand.CHILD and not agreed(volunteer_id, ConsentKind.GUARDIAN):
        if not about.by_guardian:
            raise GuardianNeeded
        agree(volunteer_id, ConsentKind.GUARDIAN, account_id)
    db.session.execute(
        update(Volunteer)
        .where(Volunteer.id == volunteer_id)
        .values(age_band=about.age, skills=tidy(about.skills))
    )


def hold_household(account_id: int) -> None:
    """Let nobody else change this household until we are done; raises NotFound."""
    v = Volunteer
    everybody = select(v.id).where(v.account_id == account_id).order_by(v.id)
    if not db.session.execute(locked(everybody, of=v)).all():
        raise NotFound


def refuse_full(account_id: int) -> None:
    """Raise FamilyFull where the account looks after as many as it may."""
    v = Volunteer
    size = db.session.scalar(
        select(func.count())
        .select_from(v)
        .where(v.account_id == account_id, v.is_self.is_(False), v.removed_at.is_(None))
    )
    if (size or 0) >= FAMILY_SIZE:
        raise FamilyFull


def _bring_back(account_id: int, name: str, relation: str) -> int | None:
    v = Volunteer
    removed = db.session.scalar(
        select(v.id)
        .where(v.account_id == account_id, v.folded == folded(name), v.removed_at.is_not(None))
        .order_by(v.id.desc())
    )
    if removed is not None:
        db.session.execute(
            update(v).where(v.id == removed).values(removed_at=None, relation=tidy(relation))
        )
    return removed


def _check_member(account_id: int, volunteer_id: int) -> None:
    found = person(volunteer_id)
    if found is None or found.account_id != account_id or found.is_self:
        raise NotFound


def _rename(volunteer_id: int, account_id: int, name: str, relation: str) -> None:
    if person_named(account_id, name) is None:
        refuse_held(account_id, account_id)
    change_name(volunteer_id, name, account_id)
    db.session.execute(
        update(Volunteer).where(Volunteer.id == volunteer_id).values(relation=tidy(relation))
    )

"""What becomes of the rows of a roster now: who the community has already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import exists, or_, select

from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.name_forms import folded
from volboard.accounts.phones import is_number
from volboard.communities.models import Residency
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.formats import last_digits
from volboard.events.models import Event, Shift
from volboard.rosters.judging import NO_NUMBER, Line, alike, partly
from volboard.rosters.models import RosterListing
from volboard.rosters.rules import WANTED, Verdict
from volboard.signups.models import Signup

MAY_BE_KNOWN = WANTED | {
    Verdict.ALIKE,
    Verdict.BAD_NAME,
    Verdict.NO_TEAM,
    Verdict.TOO_LONG,
    Verdict.TOO_MANY,
}
"""What is wrong with these rows matters only where they add somebody."""
Named = set[tuple[str, str]]
"""A number as it stands in a file, and a folded name."""


@dataclass(frozen=True)
class Standing:
    """What a community has to do with a number's account."""

    account_id: int
    is_here: bool
    """At home in this community, or named by a roster of it before."""
    is_elsewhere: bool
    """At home in another community."""
    lives_here: bool
    """At home in this community."""


def settled(
    lines: Iterable[Line], here: Mapping[str, Standing], community_id: int, by: Viewer
) -> tuple[Line, ...]:
    """The rows with what becomes of them now; three statements.

    Names are compared with those of people at home here, or with a place here: no roster finds
    out by which name somebody goes elsewhere.
    """
    lines = tuple(lines)
    near = [phone for phone, one in here.items() if one.lives_here]
    names = _names_with(near) | _names_with_a_place(here, community_id)
    names |= _names_partly({folded(line.name) for line in lines if _is_partly(line)}, community_id)
    homes: dict[str, list[str]] = {}
    for phone, name in sorted(names):
        homes.setdefault(phone, []).append(name)
    return tuple(_settled(line, here, homes, by) for line in lines)


def apart(lines: Iterable[Line], numbers: Collection[int]) -> tuple[Line, ...]:
    """The rows, of which those with these numbers are a second person for all that they sound."""
    return tuple(
        replace(line, verdict=Verdict.OTHER_NAME if line.above else Verdict.OTHER_KNOWN)
        if line.verdict is Verdict.ALIKE and line.number in numbers
        else line
        for line in lines
    )


def numbers_of(lines: Iterable[Line]) -> list[str]:
    """The numbers of rows that may add somebody, or may be known."""
    return [one.phone for one in lines if one.verdict in MAY_BE_KNOWN and is_number(one.phone)]


def _is_partly(line: Line) -> bool:
    return line.verdict in (Verdict.PART_PHONE, Verdict.BAD_NAME) and bool(partly(line.phone))


def _settled(
    line: Line, here: Mapping[str, Standing], homes: Mapping[str, list[str]], by: Viewer
) -> Line:
    if line.verdict not in MAY_BE_KNOWN and not _is_partly(line):
        return line
    names = homes.get(partly(line.phone) or line.phone, [])
    if folded(line.name) in names:
        return replace(line, verdict=Verdict.KNOWN)
    one = here.get(line.phone)
    if one is None or line.verdict not in WANTED:
        return line
    return _beside_household(line, one, names, by)


def _beside_household(line: Line, one: Standing, names: list[str], by: Viewer) -> Line:
    """A row whose number has an account, and whose name is nobody's of whom is told here."""
    if one.account_id == by.id:
        return replace(line, verdict=Verdict.KNOWN)
    if same := alike(line, names):
        return replace(line, verdict=Verdict.ALIKE, above=0, alike=same)
    if line.verdict is Verdict.OTHER_NAME or not one.is_here:
        return line
    return replace(line, verdict=Verdict.OTHER_KNOWN if one.lives_here else Verdict.KNOWN)


def _names_with(phones: Collection[str]) -> Named:
    """Number and name of each of these households, and of those who gave its number."""
    a, v, p = Account, Volunteer, HouseholdProposal
    living = (
        select(a.phone, v.folded).select_from(a).where(v.removed_at.is_(None), a.phone.in_(phones))
    )
    own = living.join(v, v.account_id == a.id)
    apart = living.join(p, p.account_id == a.id).join(v, v.id == p.volunteer_id)
    return {(phone, name) for phone, name in db.session.execute(own.union(apart))}


def _names_with_a_place(phones: Collection[str], community_id: int) -> Named:
    """Number and name of those who signed up here: their organizers have them on a list."""
    a, v, s = Account, Volunteer, Signup
    rows = db.session.execute(
        select(a.phone, v.folded)
        .select_from(s)
        .join(Shift, Shift.id == s.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .join(v, v.id == s.volunteer_id)
        .join(a, a.id == v.account_id)
        .where(Event.community_id == community_id, a.phone.in_(phones))
        .distinct()
    )
    return {(phone, name) for phone, name in rows}


def _names_partly(names: Collection[str], community_id: int) -> Named:
    """Who of these names is at home here or signed up here, with what a list shows of a number."""
    a, v = Account, Volunteer
    home = exists().where(Residency.account_id == a.id, Residency.community_id == community_id)
    place = (
        select(Signup.id)
        .join(Shift, Shift.id == Signup.shift_id)
        .join(Event, Event.id == Shift.event_id)
        .where(Signup.volunteer_id == v.id, Event.community_id == community_id)
        .exists()
    )
    rows = db.session.execute(
        select(a.phone, v.folded)
        .join(v, v.account_id == a.id)
        .where(v.folded.in_(names), or_(home, place))
    )
    return {(partial, name) for phone, name in rows for partial in _partials(phone)}


def _partials(phone: str) -> tuple[str, ...]:
    """What a list may show of a number."""
    if not is_number(phone):
        return (NO_NUMBER,)
    tail = last_digits(phone)
    return (tail, f"{phone.removeprefix('+86')[:3]}****{tail}")


def standings(phones: Collection[str], community_id: int) -> dict[str, Standing]:
    """Those of the numbers that have an account; one statement."""
    a, r, named = Account, Residency, RosterListing
    home = exists().where(r.account_id == a.id, r.community_id == community_id)
    listed = exists().where(named.account_id == a.id, named.community_id == community_id)
    elsewhere = exists().where(r.account_id == a.id, r.community_id != community_id)
    rows = db.session.execute(
        select(a.phone, a.id, home | listed, elsewhere, home).where(a.phone.in_(phones))
    )
    return {phone: Standing(id, *map(bool, stands)) for phone, id, *stands in rows}

"""One's own page: what is next, and the family."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from volboard.accounts.door import lacks_key
from volboard.accounts.queries import Person, household
from volboard.attendance.absences import StayedAway, stayed_away
from volboard.attendance.queries import marks
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.web import page
from volboard.home.blueprint import bp
from volboard.hours import star_wording
from volboard.hours.star_facts import Award, Shelf
from volboard.hours.star_queries import shelves
from volboard.messages.own_queries import Unread, unread
from volboard.signups.queries import ComingPlace, coming
from volboard.thanks.queries import ToThank, to_thank


@dataclass(frozen=True)
class NextPlace:
    """A place that somebody of the household has, and what the gate knows of it."""

    fact: ComingPlace
    attended: str
    """present, left or credited; empty before."""

    @property
    def can_pass_on(self) -> bool:
        """Whether it is a seat that can be handed to somebody else."""
        is_ahead = clock.now() < self.fact.starts_at
        return self.fact.place.state == "seated" and is_ahead and not self.attended

    @property
    def who(self) -> str:
        """What the account calls this member of the family; empty for itself."""
        return "" if self.fact.is_self else self.fact.relation or self.fact.volunteer_name


@dataclass(frozen=True)
class FamilyRow:
    """One of the household: how much lies ahead and how much is done."""

    person: Person
    places: int
    minutes: int


@dataclass(frozen=True)
class MyPage:
    """What `/me` shows."""

    name: str
    unread: Unread
    minutes: int
    places: tuple[NextPlace, ...]
    family: tuple[FamilyRow, ...]
    stars: tuple[Award, ...]
    away: StayedAway
    to_thank: tuple[ToThank, ...]


@bp.get("/me", access=Access.SIGNED_IN)
def show_me() -> ResponseReturnValue:
    """What is next for the household, its hours, and the way to its codes."""
    people = household(viewer().id)
    places = coming(viewer().id)
    ids = tuple(person.volunteer_id for person in people)
    seen = marks(ids, tuple({place.place.event_id for place in places}))
    me = _my_page(people, places, seen, shelves(ids))
    return page("home/me.html", me=me, stars=star_wording, lacks_key=lacks_key())


def _my_page(
    people: tuple[Person, ...],
    places: tuple[ComingPlace, ...],
    seen: Mapping[tuple[int, int], str],
    shelves: Mapping[int, tuple[Shelf, ...]],
) -> MyPage:
    totals = {who: sum(shelf.minutes for shelf in its) for who, its in shelves.items()}
    live = [place.place.volunteer_id for place in places if place.place.state != "cancelled"]
    return MyPage(
        name=viewer().name,
        unread=unread(viewer().id),
        minutes=totals.get(viewer().volunteer_id, 0),
        places=tuple(
            NextPlace(fact, seen.get((fact.place.shift_id, fact.place.volunteer_id), ""))
            for fact in places
        ),
        family=tuple(
            FamilyRow(person, live.count(person.volunteer_id), totals.get(person.volunteer_id, 0))
            for person in people
            if not person.is_self
        ),
        stars=tuple(
            shelf.shown[-1] for shelf in shelves.get(viewer().volunteer_id, ()) if shelf.shown
        ),
        away=stayed_away(viewer().id),
        to_thank=to_thank(viewer().id),
    )

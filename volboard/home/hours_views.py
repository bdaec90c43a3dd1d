"""One's own hours: the ledger with its evidence, stars, disputes, and the thanks received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from volboard.accounts.queries import Person, household
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import page
from volboard.home.blueprint import bp
from volboard.home.rules import LAST_ID, LAST_YEAR, number_from
from volboard.hours import dispute_wording, star_wording, unconfirmed_wording, wording
from volboard.hours.dispute_queries import Said, disputes_of
from volboard.hours.queries import Ledger, ledger
from volboard.hours.rules import Stay
from volboard.hours.unconfirmed_queries import Waiting, own_unconfirmed
from volboard.hours.witness_queries import Stands
from volboard.thanks.queries import Received, received

FIRST_YEAR = 2020
DECEMBER = 12
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Period:
    """A year, or a month of it, that somebody asks for; zeros for all."""

    year: int = 0
    month: int = 0

    @property
    def active(self) -> int:
        """How many conditions are in force."""
        return bool(self.year) + bool(self.month)

    @property
    def within(self) -> Stay | None:
        """From the first midnight to the one after the end, in Beijing."""
        if not self.year:
            return None
        first = date(self.year, self.month or 1, 1)
        year, month = divmod(self.year * 12 + (self.month or DECEMBER), 12)
        return _midnight(first), _midnight(date(year, month + 1, 1))


@dataclass(frozen=True)
class MyHours:
    """What `/me/hours` shows."""

    person: Person
    family: tuple[Person, ...]
    ledger: Ledger
    period: Period
    disputes: Mapping[int, tuple[Said, ...]]
    thanks: tuple[Received, ...]
    unconfirmed: tuple[Waiting, ...]
    """What came and is no line yet."""
    stands: Mapping[int, tuple[Stands, ...]]
    """Who stands for each presence."""

    @property
    def years(self) -> range:
        """The years to choose from, this one first."""
        return range(clock.today().year, FIRST_YEAR - 1, -1)

    def url(self, page: int = 1, all_time: bool = False) -> str:
        """This ledger's address at a page."""
        asked = {
            "person": "" if self.person.is_self else self.person.volunteer_id,
            "year": "" if all_time else self.period.year,
            "month": "" if all_time else self.period.month,
            "page": page if page > 1 else "",
        }
        given = {name: value for name, value in asked.items() if value}
        return "/me/hours" + ("?" + urlencode(given) if given else "")


@bp.get("/me/hours", access=Access.SIGNED_IN)
def my_hours() -> ResponseReturnValue:
    """Everything recorded in one's name, or of one of the family with `person`."""
    family = household(viewer().id)
    person = _chosen(family, request.args.get("person"))
    period = _period(request.args.get("year", ""), request.args.get("month", ""))
    number = number_from(request.args.get("page", ""), LAST_PAGE) or 1
    found = ledger(person.volunteer_id, number, period.within)
    presences = {line.attendance_id for line in found.lines if line.attendance_id}
    unconfirmed, stands = own_unconfirmed(person.volunteer_id, presences)
    mine = MyHours(
        person, family, found, period,
        disputes=disputes_of(tuple(line.id for line in found.lines)),
        thanks=received(person.volunteer_id, person.account_id),
        unconfirmed=unconfirmed, stands=stands,
    )  # fmt: skip
    return page("home/hours.html", mine=mine, words=wording, stars=star_wording,
                claims=dispute_wording, waits=unconfirmed_wording)  # fmt: skip


def _chosen(family: tuple[Person, ...], asked: str | None) -> Person:
    """The one of the household who was asked for, itself by default; raises NotFound."""
    if asked is None:
        return family[0]
    number = number_from(asked, LAST_ID)
    for person in family:
        if person.volunteer_id == number:
            return person
    raise NotFound


def _period(year: str, month: str) -> Period:
    """What makes no sense is read as not asked."""
    asked = number_from(year, LAST_YEAR)
    if asked < FIRST_YEAR:
        return Period()
    return Period(asked, number_from(month, DECEMBER))


def _midnight(day: date) -> datetime:
    return clock.instant(day, time())

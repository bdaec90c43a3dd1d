"""The organizer's desk: what to do today."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from volboard.communities.queries import CommunityFact, communities
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.web import page
from volboard.events.queries import DeskPage, managed_events
from volboard.home.blueprint import bp
from volboard.home.desk_counts import Waits, waits
from volboard.home.desk_queries import DeskShifts, Draft, desk_shifts, drafts
from volboard.home.rules import LAST_PAGE, number_from


@dataclass(frozen=True)
class Desk:
    """What `/organize` shows."""

    waits: Waits
    shifts: DeskShifts
    drafts: tuple[Draft, ...]
    events: DeskPage
    places: tuple[CommunityFact, ...]
    """The communities within this person's power."""

    @property
    def newer(self) -> str:
        return f"/organize?page={self.events.page - 1}" if self.events.page > 1 else ""

    @property
    def older(self) -> str:
        return f"/organize?page={self.events.page + 1}" if self.events.more else ""


@bp.get("/organize", access=Access.ORGANIZER)
def show_desk() -> ResponseReturnValue:
    """What waits, today's gates, what is short of people or not closed, and all that is coming."""
    by = viewer()
    number = number_from(request.args.get("page", ""), LAST_PAGE) or 1
    events = managed_events(by, clock.now(), number)
    places = tuple(place for place in communities() if by.manages(place.id))
    waiting = waits(by, tuple(place.id for place in places))
    desk = Desk(waiting, desk_shifts(by), drafts(by), events, places)
    return page("home/desk.html", desk=desk)

"""Of which events lists are offered: those on now, the next, those just over; then the rest."""

from dataclasses import dataclass
from datetime import datetime

from volboard.core.access import Viewer
from volboard.events.facts import DeskEvent, DeskPage
from volboard.events.queries import begun_events, events_to_begin

NEXT_ONES, JUST_OVER = 2, 6
OVER, COMING = "over", "coming"


@dataclass(frozen=True)
class RosterChoice:
    """The events of one look; `which` is over, coming, or empty for those around now."""

    which: str
    on: tuple[DeskEvent, ...]
    coming: tuple[DeskEvent, ...]
    over: tuple[DeskEvent, ...]
    page: int = 1
    more: bool = False

    @property
    def has_any(self) -> bool:
        return bool(self.on or self.coming or self.over)


def choice(by: Viewer, community_id: int, which: str, page: int, now: datetime) -> RosterChoice:
    """What stands on the page of lists; two statements at most."""
    if which == COMING:
        found = events_to_begin(by, community_id, now, page)
        return RosterChoice(which, (), found.events, (), page, found.more)
    begun = begun_events(by, community_id, now, page if which == OVER else 1)
    if which == OVER:
        return RosterChoice(which, *_parted(begun, now), page, begun.more)
    on, coming, over = _parted(begun, now)
    coming = events_to_begin(by, community_id, now).events[:NEXT_ONES]
    return RosterChoice("", on, coming, over[:JUST_OVER])


def _parted(
    begun: DeskPage, now: datetime
) -> tuple[tuple[DeskEvent, ...], tuple[DeskEvent, ...], tuple[DeskEvent, ...]]:
    on = tuple(event for event in begun.events if event.ends_at > now)
    return on, (), tuple(event for event in begun.events if event.ends_at <= now)

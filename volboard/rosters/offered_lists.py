"""Of which events lists are offered: those on now, the next, those just over; then the rest."""

from dataclasses import dataclass
from datetime import datetime

from volboard.core.access import Viewer
from volboard.events.facts import DeskEvent, DeskPage
from volboard.events.queries import begun_events, events_to_begin

NEXT_ONES, JUST_OVER = 2, 6
OVER, COMING = "over", "coming"


@dataclass(frozen=True)
class OfferedLists:
    """The events of one look; `which` is over, coming, or empty for those around now."""

    which: str
    on: tuple[DeskEvent, ...] = ()
    coming: tuple[DeskEvent, ...] = ()
    over: tuple[DeskEvent, ...] = ()
    page: int = 1
    more: bool = False

    @property
    def has_any(self) -> bool:
        return bool(self.on or self.coming or self.over)


def offered_lists(
    by: Viewer, community_id: int, which: str, page: int, now: datetime
) -> OfferedLists:
    """What stands on the page of lists; two statements at most."""
    if which == COMING:
        found = events_to_begin(by, community_id, now, page)
        return OfferedLists(which, coming=found.events, page=page, more=found.more)
    begun = begun_events(by, community_id, now, page if which == OVER else 1)
    on, over = _on(begun, now), _over(begun, now)
    if which == OVER:
        return OfferedLists(which, on, over=over, page=page, more=begun.more)
    coming = events_to_begin(by, community_id, now).events[:NEXT_ONES]
    return OfferedLists("", on, coming, over[:JUST_OVER])


def _on(begun: DeskPage, now: datetime) -> tuple[DeskEvent, ...]:
    return tuple(event for event in begun.events if event.ends_at > now)


def _over(begun: DeskPage, now: datetime) -> tuple[DeskEvent, ...]:
    return tuple(event for event in begun.events if event.ends_at <= now)

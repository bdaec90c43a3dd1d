"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.home import (
    board_views,
    calendar_views,
    code_views,
    desk_views,
    event_views,
    feed_views,
    festival_views,
    hours_views,
    person_views,
    share_views,
)
from volboard.home.blueprint import bp

ROUTES = (
    board_views,
    calendar_views,
    code_views,
    desk_views,
    event_views,
    feed_views,
    festival_views,
    hours_views,
    person_views,
    share_views,
)

__all__ = ["ROUTES", "bp"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.signups import (
    coming_views,
    cover_views,
    desk_views,
    hand_over_views,
    place_views,
    shift_views,
)
from volboard.signups.blueprint import bp

ROUTES = (place_views, desk_views, shift_views, coming_views, cover_views, hand_over_views)

__all__ = ["ROUTES", "bp"]

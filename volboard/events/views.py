"""The routes of the organizer's editor."""

from volboard.events import cut_views, editor_views, series_views, start_views
from volboard.events.blueprint import bp

__all__ = ["bp", "cut_views", "editor_views", "series_views", "start_views"]

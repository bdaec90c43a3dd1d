"""The routes of the organizer's editor."""

from volboard.events import editor_views, start_views
from volboard.events.blueprint import bp

__all__ = ["bp", "editor_views", "start_views"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.messages import call_views, office_views, own_views, text_views
from volboard.messages.blueprint import bp

ROUTES = (call_views, office_views, own_views, text_views)

__all__ = ["ROUTES", "bp"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.venue import arriving_views, code_views
from volboard.venue.blueprint import bp

ROUTES = (arriving_views, code_views)

__all__ = ["ROUTES", "bp"]

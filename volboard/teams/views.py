"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.teams import organize_views, public_views
from volboard.teams.blueprint import bp

ROUTES = (organize_views, public_views)

__all__ = ["ROUTES", "bp"]

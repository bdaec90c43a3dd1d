"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.rosters import choose_views, export_views, import_views, sample_views
from volboard.rosters.blueprint import bp

ROUTES = (choose_views, export_views, import_views, sample_views)

__all__ = ["ROUTES", "bp"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.rosters import export_views, import_views
from volboard.rosters.blueprint import bp

ROUTES = (export_views, import_views)

__all__ = ["ROUTES", "bp"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.attendance import code_views, gate_views, press_views, thanks_views, walk_in_views
from volboard.attendance.blueprint import bp

ROUTES = (code_views, gate_views, press_views, thanks_views, walk_in_views)

__all__ = ["ROUTES", "bp"]

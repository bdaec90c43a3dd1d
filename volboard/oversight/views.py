"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.oversight import anomaly_views, make_up_views
from volboard.oversight.blueprint import bp

ROUTES = (anomaly_views, make_up_views)

__all__ = ["ROUTES", "bp"]

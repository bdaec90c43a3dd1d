"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.rights import privacy_views
from volboard.rights.blueprint import bp

ROUTES = (privacy_views,)

__all__ = ["ROUTES", "bp"]

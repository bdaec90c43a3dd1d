"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.communities import admin_views, desk_views, join_views, power_views, rule_views
from volboard.communities.blueprint import bp

ROUTES = (admin_views, desk_views, join_views, power_views, rule_views)

__all__ = ["ROUTES", "bp"]

"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.accounts import account_views, door_views, family_views, sign_in_views
from volboard.accounts.blueprint import bp

ROUTES = (account_views, door_views, family_views, sign_in_views)

__all__ = ["ROUTES", "bp"]

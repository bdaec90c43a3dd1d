"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.rights import (
    data_views,
    delete_views,
    email_views,
    household_views,
    name_views,
    privacy_views,
)
from volboard.rights.blueprint import bp

ROUTES = (data_views, delete_views, email_views, household_views, name_views, privacy_views)

__all__ = ["ROUTES", "bp"]

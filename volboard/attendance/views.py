"""All routes of this slice; importing them puts them on the blueprint."""

from volboard.attendance import (
    absence_views,
    arrival_views,
    code_views,
    excuse_views,
    family_views,
    gate_views,
    log_views,
    offline_views,
    paper_views,
    press_views,
    scan_views,
    walk_in_views,
    wall_views,
)
from volboard.attendance.blueprint import bp

ROUTES = (
    *(absence_views, arrival_views, code_views, excuse_views, family_views),
    *(gate_views, log_views, offline_views, paper_views, press_views),
    *(scan_views, walk_in_views, wall_views),
)

__all__ = ["ROUTES", "bp"]

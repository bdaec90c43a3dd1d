"""The blueprint on which all routes of this slice stand."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("rosters", __name__)

"""The blueprint of teams."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("teams", __name__)

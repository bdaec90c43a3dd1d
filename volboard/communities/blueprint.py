"""The blueprint of communities."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("communities", __name__)

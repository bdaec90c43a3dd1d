"""The blueprint of a person's rights."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("rights", __name__)

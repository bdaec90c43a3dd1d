"""The routes of this slice are put on this blueprint."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("messages", __name__)

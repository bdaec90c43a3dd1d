"""The blueprint of the organizer's editor."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("events", __name__)

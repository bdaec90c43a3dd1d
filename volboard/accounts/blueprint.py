"""The blueprint of accounts."""

from volboard.core.access import GuardedBlueprint

bp = GuardedBlueprint("accounts", __name__)
HOME = "/me"
"""Where a person lands who did not say where they were going."""

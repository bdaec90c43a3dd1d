"""How much somebody has served."""

from volboard.hours.queries import household_totals


def total_minutes(volunteer_id: int) -> int:
    """The sum of the volunteer's lines; needs a context."""
    return household_totals((volunteer_id,)).get(volunteer_id, 0)

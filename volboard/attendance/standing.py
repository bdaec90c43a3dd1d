"""What a person's place and attendance amount to: one reading for every page that shows it."""

from volboard.attendance.rules import AttendanceState
from volboard.signups.rules import SignupState


class HasState:
    """Lends these questions to a fact that knows the state of an attendance."""

    state: str | None
    """Of the attendance; none: not here yet."""

    @property
    def is_here(self) -> bool:
        return self.state == AttendanceState.PRESENT

    @property
    def has_left(self) -> bool:
        return self.state == AttendanceState.LEFT


class HasPlace(HasState):
    """Lends these questions to a fact that knows the place in the shift as well."""

    place: str | None
    """seated or waiting; none for somebody whose place was given back meanwhile."""

    @property
    def is_expected(self) -> bool:
        """Has a seat and has not been checked in."""
        return self.place == SignupState.SEATED and not self.is_here and not self.has_left

    @property
    def is_waiting(self) -> bool:
        return self.place == SignupState.WAITING and not self.is_here and not self.has_left

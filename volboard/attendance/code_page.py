"""What the page of a code shows beside the facts."""

from dataclasses import dataclass

from volboard.attendance.code_forms import WalkInByCodeForm


@dataclass(frozen=True)
class Attempt:
    """A walk-in that did not go through: at which gate, what was typed, and why not."""

    shift_id: int
    form: WalkInByCodeForm
    refusal: str = ""

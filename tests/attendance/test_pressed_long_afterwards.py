"""An online press for leaving, hours after the end, is late evidence as an offline one is."""

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.cast import MAI, OLGA
from tests.support.town import viewer_of
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.commands import check_in, check_out


@pytest.mark.parametrize(
    ("after", "closing"), [(360, Closing(1, 0, 0, 0)), (361, Closing(0, 0, 0, 1))]
)
def test_who_is_signed_out_six_hours_after_the_end_waits_to_be_confirmed(
    inside: Flask, after: int, closing: Closing
) -> None:
    shift = a_gate(inside, MAI, minutes=120)
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(120 + after):
        check_out(shift, MAI.id, viewer_of(OLGA))
    with at(120 + after + 1):
        assert close_shift(shift, viewer_of(OLGA)) == closing

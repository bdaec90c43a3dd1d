"""A shift whose gate has let somebody in stays within reach of that gate."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.support.cast import BAO, OLGA
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.commands import check_in, undo
from volboard.events.drafts import ShiftDraft
from volboard.signups.changes import change_shift
from volboard.signups.commands import sign_up
from volboard.signups.errors import SomebodyCame

olga = viewer_of(OLGA)


def starting(minutes: int) -> ShiftDraft:
    """The shift, so many minutes later."""
    start = NOON + timedelta(minutes=minutes)
    return ShiftDraft("包粽子", "service", start, start + timedelta(hours=2), 2)


@both_engines
def test_it_may_be_late_but_not_on_another_day(inside: Flask) -> None:
    with at(-300):
        shift = a_shift(an_event(ends_at=NOON + timedelta(days=2)))
        sign_up(BAO.id, shift, BAO.id)
    with at(-60):
        check_in(shift, BAO.id, olga, "gate", "test")
        change_shift(shift, starting(30), olga)
        with pytest.raises(SomebodyCame):
            change_shift(shift, starting(24 * 60), olga)
        with pytest.raises(SomebodyCame):
            change_shift(shift, starting(61), olga)
        change_shift(shift, starting(60), olga)


@both_engines
def test_with_the_check_in_taken_back_it_moves_freely(inside: Flask) -> None:
    with at(-60):
        shift = a_shift(an_event(ends_at=NOON + timedelta(days=2)))
        sign_up(BAO.id, shift, BAO.id)
        check_in(shift, BAO.id, olga, "gate", "test")
        undo(shift, BAO.id, olga)
        change_shift(shift, starting(24 * 60), olga)

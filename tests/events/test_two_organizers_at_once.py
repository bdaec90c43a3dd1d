"""One organizer changes a shift of a draft while another moves or discards the whole draft."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from flask import Flask

from tests.events.conftest import TODAY
from tests.support.cast import OTTO
from tests.support.postgres import wait_until_somebody_waits
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.core.db import transaction
from volboard.events.commands import discard_draft, move_draft, refresh_span
from volboard.events.shift_commands import lock_shift, set_shift

LATER = date(2027, 6, 12)


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.parametrize("press", [partial(move_draft, day=LATER), discard_draft])
def test_whoever_comes_second_waits_and_neither_is_sent_away(
    app: Flask, press: Callable[..., None]
) -> None:
    def otto_presses() -> None:
        with app.app_context(), clock.standing_at(TODAY):
            press(event, by=viewer_of(OTTO))

    with app.app_context():
        event = an_event(state="draft")
        shift = a_shift(event, starts_at=NOON)
        with ThreadPoolExecutor(1) as otto, transaction():
            lock_shift(shift)
            pressed = otto.submit(otto_presses)
            wait_until_somebody_waits(app)
            set_shift(shift, capacity=9)
            refresh_span(event)
        assert pressed.exception() is None

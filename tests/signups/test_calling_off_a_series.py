"""What is still to come of a series is called off with one press, and everybody is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, seats, viewer_of
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.events.models import Event
from volboard.events.queries import get_managed_event
from volboard.events.series import repeat
from volboard.events.series_rules import Repeat
from volboard.messages.models import Message
from volboard.signups.commands import sign_up
from volboard.signups.errors import NeedsReason
from volboard.signups.series_changes import cancel_coming

As = Callable[[Person], Visitor]


def three_weeks() -> list[int]:
    """This week's event and two more, the last of them a draft; answers their ids."""
    event = an_event()
    a_shift(event)
    day = NOON.date()
    weeks = [day + timedelta(weeks=1), day + timedelta(weeks=2)]
    repeat(event, Repeat.WEEKLY, weeks[:1], True, viewer_of(OLGA))
    repeat(event, Repeat.WEEKLY, weeks[1:], False, viewer_of(OLGA))
    return list(db.session.scalars(select(Event.id).order_by(Event.id)))


def states() -> list[str]:
    return list(db.session.scalars(select(Event.state).order_by(Event.id)))


@both_engines
def test_all_that_has_not_begun_goes_and_people_read_why(inside: Flask) -> None:
    first, second, _draft = three_weeks()
    shift = get_managed_event(second, viewer_of(OLGA)).shifts[0].id
    sign_up(MAI.id, shift, MAI.id)
    assert cancel_coming(first, "修路", viewer_of(OLGA)) == 2
    assert states() == ["cancelled", "cancelled", "draft"]
    assert seats(shift) == (0, 0)
    told = db.session.scalars(select(Message.kind).where(Message.account_id == MAI.id)).all()
    assert "cancelled" in told
    assert cancel_coming(first, "修路", viewer_of(OLGA)) == 0


def test_what_has_begun_and_what_is_alone_stays(inside: Flask) -> None:
    first, second, _draft = three_weeks()
    other = an_event()
    a_shift(other)
    with clock.standing_at(NOON + timedelta(minutes=5)):
        assert cancel_coming(second, "修路", viewer_of(OLGA)) == 1
        assert cancel_coming(other, "修路", viewer_of(OLGA)) == 0
    assert states() == ["published", "cancelled", "draft", "published"]
    assert first


def test_it_takes_a_reason_and_the_power(inside: Flask) -> None:
    first = three_weeks()[0]
    with pytest.raises(NeedsReason):
        cancel_coming(first, "  ", viewer_of(OLGA))
    with pytest.raises(NotFound):
        cancel_coming(first, "修路", viewer_of(TIAN))
    assert states() == ["published", "published", "draft"]


def test_the_button_says_how_many(app: Flask, as_: As) -> None:
    with app.app_context():
        three_weeks()
    page = as_(OLGA).open("/organize/events/1")
    asked = page.press("确定都取消", within="#series-title ~ details.confirm", reason="")
    assert asked.status == 422
    page = page.press("确定都取消", within="#series-title ~ details.confirm", reason="修路")
    assert "2 场取消了" in page.whole_text
    assert "取消还没开始的" not in page.whole_text

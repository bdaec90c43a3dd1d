"""What one account could do before: make a long shift on the spot, walk a friend in, close it."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.attendance.gate_of_river import at, gate
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, Person
from tests.support.totals import total_minutes
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.hours.models import HourEntry

As = Callable[[Person], Visitor]
EVENT: dict[str, Any] = {"title": "扫雪", "place": "东门", "day": "2027-06-09"}
SIXTEEN_HOURS: dict[str, Any] = {
    "title": "扫雪", "day": "2027-06-09", "start": "12:00", "end": "04:00", "capacity": "9",
}  # fmt: skip
WAITS = "/organize/unconfirmed"


def make_it_alone(app: Flask, as_: As, name: str, phone: str) -> int:
    """At two past noon Olga announces a shift from noon, lets somebody in, and closes it after
    sixteen hours, all through the pages; answers the shift's id."""
    olga = as_(OLGA)
    with at(2):
        page = olga.open("/organize/events/new").press("下一步", **EVENT)
        page = page.press("加上这个岗位", **SIXTEEN_HOURS)
        page = olga.open("/organize/events/1").press("发布活动")
        assert page.status == 200
        with app.app_context():
            shift = db.session.query(Shift.id).scalar()
        assert isinstance(shift, int)
    with at(11):
        page = olga.open(gate(shift)).press("报名并签到", name=name, phone=phone)
        assert "已签到" in page.text(".verdict")
    with at(16 * 60 + 1):
        assert olga.open(gate(shift)).press("关门").status == 200
    return shift


def test_a_friend_walked_in_has_nothing_and_it_is_shown(app: Flask, as_: As) -> None:
    make_it_alone(app, as_, MAI.name, MAI.phone)
    with app.app_context():
        assert total_minutes(MAI.id) == 0
        assert db.session.query(HourEntry).count() == 0
    with at(17 * 60):
        desk = as_(OLGA).open(WAITS)
        assert not desk.soup.select("main form button"), "she pressed, so she confirms nothing"
        assert "1 个要等别人确认" in desk.whole_text
        own = as_(MAI).open("/me/hours")
        assert "待确认" in own.whole_text
        assert "只有一个人作证" in own.whole_text
        assert "时段开始以后才公布" in own.whole_text
        otto = as_(OTTO).open(WAITS)
        assert "欧*兰签到、签退" in otto.whole_text
        assert "欧*兰关的门" in otto.whole_text


def test_the_friends_own_phone_is_not_enough_for_a_shift_made_on_the_spot(
    app: Flask, as_: As
) -> None:
    make_it_alone(app, as_, MAI.name, MAI.phone)
    with at(17 * 60):
        as_(MAI).open("/me/hours").press("是这样，我来了")
        with app.app_context():
            assert total_minutes(MAI.id) == 0
        as_(OTTO).open(WAITS).press("打了勾的，我都看见来了")
    with app.app_context():
        assert total_minutes(MAI.id) > 0, "a second organizer who says that it was so is enough"


def test_an_invented_neighbour_has_nothing_either(app: Flask, as_: As) -> None:
    make_it_alone(app, as_, "甄有仁", "13912345678")
    with app.app_context():
        assert db.session.query(HourEntry).count() == 0
    with at(17 * 60):
        assert "别的组织者还没有见过这个人" in as_(OTTO).open(WAITS).whole_text

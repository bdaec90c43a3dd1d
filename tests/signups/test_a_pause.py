"""Who did not come too often cannot sign up alone for a while, where the community says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, RAIL, RIVER, TIAN, Person
from tests.support.crowd import signed_in
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.absences import lift_what_no_longer_holds, missed
from volboard.attendance.closing import close_shift
from volboard.attendance.models import Attendance
from volboard.communities.models import Community
from volboard.communities.rule_queries import paused_until
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.signups.commands import cancel, sign_up, sign_up_by_organizer
from volboard.signups.errors import Paused

DAYS_BEFORE = timedelta(days=3)


@pytest.fixture(autouse=True)
def days_before() -> None:
    """Each step says its own time."""


def rule(rule: str = "pause", limit: int = 2, days: int = 30, community: int = RIVER) -> None:
    """Set what not coming means; needs a context."""
    values = {"absence_rule": rule, "absence_limit": limit, "pause_days": days}
    with transaction():
        db.session.execute(update(Community).where(Community.id == community).values(**values))


def shift_after(days: float, community: int = RIVER) -> int:
    start = NOON + timedelta(days=days)
    event = an_event(community, starts_at=start, ends_at=start + timedelta(hours=2))
    return a_shift(event, starts_at=start)


def miss(days: float, person: Person = MAI, community: int = RIVER, by: Person = OLGA) -> int:
    """The person signs up, does not come, and the gate closes; answers the shift."""
    start = NOON + timedelta(days=days)
    with clock.standing_at(start - DAYS_BEFORE):
        shift = shift_after(days, community)
        sign_up_by_organizer(person.id, shift, viewer_of(by))
    with clock.standing_at(start + timedelta(hours=2)):
        close_shift(shift, viewer_of(by))
    return shift


def excuse_all() -> None:
    with transaction():
        db.session.execute(update(Attendance).values(excused_at=NOON, excused_by=OLGA.id))


@both_engines
def test_at_the_limit_nobody_signs_themself_up_until_the_pause_ends(
    inside: Flask, engine: str
) -> None:
    rule()
    miss(0)
    with clock.standing_at(NOON + timedelta(hours=3)):
        sign_up(MAI.id, shift_after(10), MAI.id)
    miss(1)
    until = NOON + timedelta(days=31, hours=2)
    with clock.standing_at(until - timedelta(seconds=1)):
        assert paused_until(MAI.id, RIVER) == until
        shift = shift_after(40)
        with pytest.raises(Paused, match=r"7 月 10 日 14:00 前.*0453-3120001"):
            sign_up(MAI.id, shift, MAI.id)
        sign_up(BAO.id, shift, BAO.id)
    with clock.standing_at(until):
        sign_up(MAI.id, shift, MAI.id)


@both_engines
def test_an_organizer_can_still_seat_them_and_a_place_they_have_stays(
    inside: Flask, engine: str
) -> None:
    rule(limit=1)
    with clock.standing_at(NOON - DAYS_BEFORE):
        kept = shift_after(20)
        sign_up(MAI.id, kept, MAI.id)
    miss(0)
    with clock.standing_at(NOON + timedelta(days=1)):
        place = sign_up(MAI.id, kept, MAI.id)
        seated = sign_up_by_organizer(MAI.id, shift_after(25), viewer_of(OLGA))
        assert seated.state == "seated"
        cancel(place.signup_id, viewer_of(MAI))
        with pytest.raises(Paused):
            sign_up(MAI.id, kept, MAI.id)


@both_engines
@pytest.mark.parametrize("rule_name", ["nothing", "note"])
def test_by_default_not_coming_means_nothing(inside: Flask, engine: str, rule_name: str) -> None:
    rule(rule_name, limit=1)
    for day in range(3):
        miss(day)
    with clock.standing_at(NOON + timedelta(days=4)):
        sign_up(MAI.id, shift_after(10), MAI.id)


@both_engines
def test_one_communitys_pause_is_not_anothers(inside: Flask, engine: str) -> None:
    rule(limit=2)
    rule(limit=2, community=RAIL)
    miss(0)
    miss(1, community=RAIL, by=TIAN)
    with clock.standing_at(NOON + timedelta(days=2)):
        sign_up(MAI.id, shift_after(10), MAI.id)
    miss(3)
    with clock.standing_at(NOON + timedelta(days=4)):
        with pytest.raises(Paused):
            sign_up(MAI.id, shift_after(11), MAI.id)
        sign_up(MAI.id, shift_after(11.5, RAIL), MAI.id)


@both_engines
def test_what_is_long_ago_or_excused_does_not_count(inside: Flask, engine: str) -> None:
    rule(limit=2)
    miss(-91)
    miss(-1)
    excuse_all()
    miss(0)
    with clock.standing_at(NOON + timedelta(hours=3)):
        assert missed((MAI.id, BAO.id), RIVER) == {MAI.id: 1}
        sign_up(MAI.id, shift_after(10), MAI.id)


@both_engines
def test_excusing_lifts_a_pause_that_no_longer_holds(inside: Flask, engine: str) -> None:
    rule(limit=1)
    first, second = miss(0), miss(1)
    with clock.standing_at(NOON + timedelta(days=2)):
        for shift, still in ((first, True), (second, False)):
            with transaction():
                db.session.execute(
                    update(Attendance)
                    .where(Attendance.shift_id == shift)
                    .values(excused_at=NOON, excused_by=OLGA.id)
                )
                lift_what_no_longer_holds(MAI.id, RIVER)
            assert (paused_until(MAI.id, RIVER) is not None) is still
        sign_up(MAI.id, shift_after(10), MAI.id)


def test_the_page_says_until_when_and_whom_to_call(app: Flask) -> None:
    with app.app_context():
        rule(limit=1)
        miss(0)
        with clock.standing_at(NOON - DAYS_BEFORE):
            shift_after(10)
    mai = signed_in(app, MAI.id)
    with clock.standing_at(NOON + timedelta(days=1)):
        assert "您在沿河社区 7 月 9 日 14:00 前不能自己报名" in mai.open("/me").whole_text
        page = mai.open("/events/2").press("报名", "#shift-2")
        assert page.status == 409
        assert "7 月 9 日 14:00 前不能自己报名" in page.whole_text
        assert "0453-3120001" in page.whole_text


@pytest.mark.parametrize(("rule_name", "shown"), [("nothing", 0), ("note", 1), ("pause", 1)])
def test_organizers_see_the_count_where_the_community_wants_it(
    app: Flask, on_phone: Callable[[Person], Visitor], rule_name: str, shown: int
) -> None:
    with app.app_context():
        rule(rule_name, limit=20)
        miss(0)
        miss(1)
        with clock.standing_at(NOON + timedelta(days=2)):
            shift = shift_after(10)
            sign_up(MAI.id, shift, MAI.id)
            sign_up(BAO.id, shift, BAO.id)
    olga = on_phone(OLGA)
    with clock.standing_at(NOON + timedelta(days=2)):
        olga.open(f"/organize/shifts/{shift}/roster")
        with counted(app) as statements:
            page = olga.open(f"/organize/shifts/{shift}/roster")
    assert page.whole_text.count("近 90 天 2 次未到（未请假）") == shown
    assert page.whole_text.count("次未到") == shown
    assert len(statements) <= 7, statements


@pytest.mark.parametrize(("rule_name", "shown"), [("nothing", 0), ("note", 1), ("pause", 1)])
def test_the_gate_shows_it_beside_the_name(
    app: Flask, on_phone: Callable[[Person], Visitor], rule_name: str, shown: int
) -> None:
    with app.app_context():
        rule(rule_name, limit=20)
        miss(0)
        with clock.standing_at(NOON + timedelta(days=2)):
            shift = shift_after(3)
            sign_up(MAI.id, shift, MAI.id)
            sign_up(BAO.id, shift, BAO.id)
    with clock.standing_at(NOON + timedelta(days=3)):
        page = on_phone(OLGA).open(f"/organize/shifts/{shift}/gate?q=000")
    assert page.whole_text.count("近 90 天 1 次未到（未请假）") == shown
    assert page.whole_text.count("次未到") == shown

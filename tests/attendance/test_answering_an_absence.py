"""Who was marked absent reads it, says what happened, and is excused or not."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import viewer_of
from volboard.attendance.absences import stayed_away
from volboard.attendance.closing import close_shift
from volboard.attendance.excuses import answer, excuse
from volboard.attendance.models import Attendance
from volboard.attendance.scans import Scan, take_scans
from volboard.communities.models import Community
from volboard.communities.rule_queries import paused_until
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

As = Callable[[Person], Visitor]
DAY = 24 * 60


@pytest.fixture
def missed(app: Flask) -> int:
    """Mai (attendance 1) and Bao did not come; the community pauses at the first time."""
    with app.app_context(), transaction():
        values = {"absence_rule": "pause", "absence_limit": 1}
        db.session.execute(update(Community).where(Community.id == RIVER).values(**values))
    shift = a_gate(app, MAI, BAO)
    with app.app_context(), at(130):
        close_shift(shift, viewer_of(OLGA))
    return shift


def test_from_the_absence_to_the_excuse(app: Flask, as_: As, missed: int) -> None:
    mai = as_(MAI)
    with at(DAY):
        page = mai.open("/me")
        assert page.text("#absences-title") == "没有来的"
        assert page.texts("main .seal[data-state=absent]") == ["未到"]
        page = page.follow("我想说明").press("告诉组织者", "main", words="那天孩子发烧")
        assert page.url == "/me"
        assert "您说：那天孩子发烧" in page.whole_text
        page = page.follow("改一改说明")
        assert page.text("#words") == "那天孩子发烧"
        with app.app_context():
            assert paused_until(MAI.id, RIVER) is not None
            excuse(1, "知道了，孩子要紧", viewer_of(OTTO))
            assert paused_until(MAI.id, RIVER) is None
            assert paused_until(BAO.id, RIVER) is not None
        page = mai.open("/me")
        assert page.texts("main .seal[data-state=credited]") == ["已请假"]
        assert "奥*明 准了假：知道了，孩子要紧" in page.whole_text
        assert "我想说明" not in page.whole_text
        assert "知道了，孩子要紧" in mai.open("/me/absences/1").text(".notice[data-kind=done]")


def test_nobody_answers_for_a_stranger(as_: As, app: Flask, missed: int) -> None:
    with at(DAY):
        for person in (BAO, OLGA):
            assert as_(person).open("/me/absences/1").status == 404
        token = as_(BAO).open("/me/absences/2").form("告诉组织者").select("input")[0]["value"]
        data: dict[str, object] = {"csrf_token": token, "words": "我替她说"}
        assert as_(BAO).post("/me/absences/1", data).status in (400, 404)
    with app.app_context():
        for stranger in (BAO, OLGA, ADA):
            with pytest.raises(NotFound):
                answer(1, "我替她说", stranger.id)
        assert {one.answer for one in db.session.query(Attendance)} == {""}


def test_after_ninety_days_nothing_is_held_against_anybody(app: Flask, missed: int) -> None:
    with app.app_context():
        with at(90 * DAY - 1):
            assert len(stayed_away(MAI.id).absences) == 1
        with at(90 * DAY):
            assert stayed_away(MAI.id).absences == ()


@pytest.mark.parametrize("words", ["", "  ", "a\x00b", "字" * 201])
def test_wrong_words_come_back(app: Flask, as_: As, missed: int, words: str) -> None:
    with at(DAY):
        page = as_(MAI).open("/me/absences/1").press("告诉组织者", "main", words=words)
        assert page.status == 422
        assert page.text(".field__error")
    with app.app_context():
        assert db.session.get_one(Attendance, 1).answer == ""


def test_hostile_words_are_words(app: Flask, as_: As, missed: int) -> None:
    hostile = '"><svg onload=alert(1)>{{7*7}}'
    with app.app_context(), at(DAY):
        answer(1, hostile, MAI.id)
    with at(DAY):
        page = as_(MAI).open("/me")
        assert not page.soup.select("main svg[onload]")
        assert hostile in page.soup.get_text()


@both_engines
def test_a_phone_that_saw_the_person_lifts_the_pause(
    inside: Flask, engine: str, missed: int
) -> None:
    with at(140):
        assert paused_until(MAI.id, RIVER) is not None
        scan = Scan("nonce-of-a-phone", "in", MAI.id, "", "", clock.now(), 0, "gate")
        take_scans(missed, (scan,), viewer_of(OLGA), "test")
        assert paused_until(MAI.id, RIVER) is None
        assert paused_until(BAO.id, RIVER) is not None
        assert stayed_away(MAI.id).absences == ()


def test_the_page_costs_the_same_for_one_and_for_many(app: Flask, as_: As, missed: int) -> None:
    mai = as_(MAI)
    with at(DAY):
        mai.open("/me")
        with counted(app) as few:
            mai.open("/me")
    for person in (OTTO, TIAN, ADA):
        shift = a_gate(app, person)
        with app.app_context(), at(130):
            close_shift(shift, viewer_of(OLGA))
            with transaction():
                db.session.execute(
                    update(Attendance).where(Attendance.shift_id == shift).values(volunteer_id=1)
                )
    with at(DAY), counted(app) as many:
        page = mai.open("/me")
    assert len(page.soup.select("main .seal[data-state=absent]")) == 4
    assert len(many) == len(few) <= 9, many

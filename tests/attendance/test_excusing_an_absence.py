"""Somebody did not come: they may say why, and an organizer may excuse it."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.attendance.errors import NotAbsent, OwnExcuse
from volboard.attendance.excuses import answer, excuse
from volboard.attendance.models import Attendance
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


def missed(app: Flask, *people: Person) -> int:
    """A closed shift to which Otto came, and these did not; answers it."""
    shift = a_gate(app, *(people or (MAI, BAO)), OTTO)
    with app.app_context():
        with at(0):
            check_in(shift, OTTO.id, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
    return shift


def absence(app: Flask, person: Person) -> int:
    with app.app_context():
        return int(db.session.query(Attendance.id).filter_by(volunteer_id=person.id).scalar())


def open_excuse(as_: As, number: int, person: Person = OLGA) -> Page:
    return as_(person).open(f"/organize/absences/{number}/excuse")


def test_an_excuse_stands_on_the_list_beside_the_absence(app: Flask, as_: As) -> None:
    shift = missed(app)
    with at(140):
        page = as_(OLGA).open(gate(shift)).follow("准假：麦")
        done = page.press("准假", words="孩子发烧")
        assert "准了假" in done.text("#notices")
        assert done.text("#result-1 .seal") == "未到"
        assert done.text("#result-1 .gate-row__note") == "准了假：孩子发烧"
        again = done.follow("改准假的话").press("准假", words="孩子住院")
    assert again.text("#result-1 .gate-row__note") == "准了假：孩子住院"


def test_the_organizer_reads_what_the_volunteer_says(app: Flask, as_: As) -> None:
    shift = missed(app)
    with app.app_context(), at(140):
        answer(absence(app, MAI), "我来了，没人在门口", MAI.id)
    with at(141):
        assert "本人说：我来了" in as_(OLGA).open(gate(shift)).text("#result-1")
        assert "我来了，没人在门口" in open_excuse(as_, absence(app, MAI)).text(".facts")


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "x" * 121, "a\x00b"])
def test_words_that_will_not_do_come_back_with_a_sentence(app: Flask, as_: As, words: str) -> None:
    missed(app)
    with at(140):
        page = open_excuse(as_, absence(app, MAI)).press("准假", words=words)
    assert (page.status, bool(page.text("#words-error"))) == (422, True)
    with app.app_context():
        assert (
            db.session.query(Attendance.excused_at).filter_by(volunteer_id=MAI.id).scalar() is None
        )


def test_ones_own_absence_is_left_to_another(app: Flask, as_: As) -> None:
    shift = missed(app, OLGA)
    number = absence(app, OLGA)
    with at(140):
        assert "另一位组织者" in open_excuse(as_, number).text(".notice")
        assert not as_(OLGA).open(gate(shift)).soup.select("#result-3 a[href*=excuse]")
        page = open_excuse(as_, number, OTTO)
        token = page.form("准假").select_one("[name=csrf_token]")
        assert token is not None
    with app.app_context(), at(140):
        with pytest.raises(OwnExcuse):
            excuse(number, "病了", viewer_of(OLGA))
        excuse(number, "病了", viewer_of(OTTO))


@both_engines
def test_who_may_excuse_and_answer(app: Flask) -> None:
    missed(app)
    number, came = absence(app, MAI), absence(app, OTTO)
    with app.app_context(), at(140):
        for stranger in (TIAN, MAI, BAO):
            with pytest.raises(NotFound):
                excuse(number, "病了", viewer_of(stranger))
        for stranger in (OLGA, BAO):
            with pytest.raises(NotFound):
                answer(number, "我来了", stranger.id)
        for missing in (999, 0):
            with pytest.raises(NotFound):
                excuse(missing, "病了", viewer_of(OLGA))
        with pytest.raises(NotAbsent):
            excuse(came, "病了", viewer_of(OLGA))
        with pytest.raises(NotAbsent):
            answer(came, "没来", OTTO.id)
        excuse(number, "病了", viewer_of(OLGA))
        answer(number, "谢谢", MAI.id)
        row = db.session.get_one(Attendance, number, populate_existing=True)
        assert (row.state, row.excuse, row.excused_by) == ("absent", "病了", OLGA.id)
        assert (row.answer, row.excused_at, row.answered_at) == ("谢谢", clock.now(), clock.now())


def test_the_page_is_there_for_absences_only(app: Flask, as_: As) -> None:
    missed(app)
    assert open_excuse(as_, absence(app, OTTO)).status == 404
    for person in (MAI, TIAN):
        assert open_excuse(as_, absence(app, MAI), person).status == 404


def test_with_the_clock_running(app: Flask) -> None:
    with app.app_context():
        with clock.standing_at(clock.now()):
            shift = a_shift(starts_at=clock.now())
        sign_up(MAI.id, shift, MAI.id)
        close_shift(shift, viewer_of(OLGA))
        number = absence(app, MAI)
        excuse(number, "病了", viewer_of(OLGA))
        row = db.session.get_one(Attendance, number, populate_existing=True)
        assert row.excused_at is not None
        assert row.excused_at <= clock.now()

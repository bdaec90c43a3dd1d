"""Who served is thanked: by the organizers, and by neighbours who came."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.signups.commands import sign_up
from volboard.thanks.commands import remove, thank
from volboard.thanks.errors import NotDoneYet, ThanksAreOld
from volboard.thanks.models import Thanks
from volboard.thanks.queries import received, thanked_shift, to_thank

As = Callable[[Person], Visitor]
DAY = 24 * 60


@pytest.fixture
def shift(app: Flask) -> int:
    """Shift 1: Mai served; Bao came to listen in shift 2 of the same event. Both are closed."""
    served = a_gate(app, MAI)
    with app.app_context():
        with at(-DAY):
            talk = a_shift(1, kind="participant", title="听讲")
            sign_up(BAO.id, talk, BAO.id)
        for post, person in ((served, MAI), (talk, BAO)):
            with at(0):
                check_in(post, person.id, viewer_of(OLGA), "gate", "test")
            with at(130):
                close_shift(post, viewer_of(OLGA))
    return served


def words(app: Flask) -> list[str]:
    with app.app_context():
        return [one.words for one in db.session.query(Thanks).order_by(Thanks.id)]


def test_an_organizer_thanks_from_the_closed_shift(app: Flask, as_: As, shift: int) -> None:
    olga, mai = as_(OLGA), as_(MAI)
    with at(140):
        page = olga.open(gate(shift)).follow("给来的人写句谢谢")
        assert "1 位" in page.text("header p:last-child")
        page = page.press("送出谢意", "main", words="辛苦了，院子真干净")
        assert page.url == gate(shift)
        page = mai.open("/me/hours")
        assert page.text("#thanks") == "收到的感谢"
        assert "“辛苦了，院子真干净”" in page.whole_text
        assert "欧*兰 · 组织者" in page.whole_text
        assert "收到的感谢" not in as_(TIAN).open("/me/hours").whole_text


def test_a_neighbour_who_came_thanks_from_ones_own_page(app: Flask, as_: As, shift: int) -> None:
    bao = as_(BAO)
    with at(140):
        page = bao.open("/me").follow("说声谢谢").press("送出谢意", "main", words="讲得好")
        assert page.url == "/me"
        assert "给帮忙的人说声谢谢" not in page.whole_text
        assert "鲍*强 · 来参加的邻居" in as_(MAI).open("/me/hours").whole_text
        assert "给帮忙的人说声谢谢" not in as_(MAI).open("/me").whole_text
    assert words(app) == ["讲得好"]


def test_a_neighbour_sees_no_other_words(app: Flask, as_: As, shift: int) -> None:
    with app.app_context(), at(140):
        thank(shift, "给大家的话", viewer_of(OLGA))
        assert thanked_shift(shift, viewer_of(BAO)).words == ()
        assert len(thanked_shift(shift, viewer_of(ADA)).words) == 1
    with at(140):
        assert "给大家的话" not in as_(BAO).open(f"/shifts/{shift}/thanks").whole_text
        assert "给大家的话" in as_(OTTO).open(f"/shifts/{shift}/thanks").whole_text


@both_engines
def test_only_who_came_or_organizes_there_thanks(inside: Flask, engine: str, shift: int) -> None:
    for stranger in (TIAN,):
        with pytest.raises(NotFound):
            thank(shift, "谢谢", viewer_of(stranger))
    for person in (OLGA, OTTO, ADA, BAO, MAI):
        thank(shift, f"谢谢，{person.name}", viewer_of(person))
    assert len(received(MAI.id, MAI.id)) == 4
    assert to_thank(BAO.id) == ()


@both_engines
def test_once_a_shift_and_for_a_day_the_words_change(
    inside: Flask, engine: str, shift: int
) -> None:
    with at(140):
        thank(shift, "谢谢", viewer_of(OLGA))
    with at(140 + DAY):
        thank(shift, "谢谢大家", viewer_of(OLGA))
    with clock.standing_at(NOON + timedelta(minutes=140 + DAY, seconds=1)):
        thank(shift, "谢谢大家", viewer_of(OLGA))
        with pytest.raises(ThanksAreOld):
            thank(shift, "算了", viewer_of(OLGA))
    assert [one.words for one in db.session.query(Thanks)] == ["谢谢大家"]
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text(
            "INSERT INTO thanks (shift_id, thanked_by, thanked_at, words)"
            " SELECT shift_id, thanked_by, thanked_at, words FROM thanks"
        ))  # fmt: skip


@both_engines
def test_nobody_is_thanked_before_it_is_done(inside: Flask, engine: str) -> None:
    running = a_gate(inside, MAI)
    with at(0):
        check_in(running, MAI.id, viewer_of(OLGA), "gate", "test")
        with pytest.raises(NotDoneYet):
            thank(running, "谢谢", viewer_of(OLGA))
    assert db.session.query(Thanks).count() == 0


@both_engines
def test_an_organizer_takes_away_words_that_hurt(inside: Flask, engine: str, shift: int) -> None:
    thank(shift, "难听的话", viewer_of(BAO))
    said = db.session.query(Thanks).one().id
    for stranger in (TIAN, BAO, MAI):
        with pytest.raises(NotFound):
            remove(said, viewer_of(stranger))
    assert remove(said, viewer_of(OTTO)) == shift
    assert received(MAI.id, MAI.id) == ()
    with pytest.raises(NotFound):
        remove(said, viewer_of(OTTO))


def test_taking_away_goes_through_the_page(app: Flask, as_: As, shift: int) -> None:
    with app.app_context():
        thank(shift, "难听的话", viewer_of(BAO))
    page = as_(OTTO).open(f"/shifts/{shift}/thanks").press("确定拿掉")
    assert "拿掉了" in page.text("#notices")
    assert words(app) == []


@pytest.mark.parametrize("typed", ["", " \u3000 ", "字" * 201, "a\x00b", "王\x1b[31m"])
def test_wrong_words_come_back(app: Flask, as_: As, shift: int, typed: str) -> None:
    page = as_(OLGA).open(f"/shifts/{shift}/thanks").press("送出谢意", "main", words=typed)
    assert page.status == 422
    assert page.text(".field__error")
    assert words(app) == []


def test_hostile_words_are_words(app: Flask, as_: As, shift: int) -> None:
    hostile = '"><svg onload=alert(1)>{{7*7}}'
    with app.app_context():
        thank(shift, hostile, viewer_of(BAO))
    for person, url in ((MAI, "/me/hours"), (OLGA, f"/shifts/{shift}/thanks")):
        page = as_(person).open(url)
        assert not page.soup.select("main svg[onload]")
        assert hostile in page.soup.get_text()

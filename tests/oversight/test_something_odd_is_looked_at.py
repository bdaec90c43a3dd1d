"""An organizer reads what is odd, asks around, and writes down what they found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.oversight.odd_rows import LATER, a_line, a_make_up, lay_bare, reverse
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, viewer_of
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.oversight.commands import review
from volboard.oversight.errors import AlreadyReviewed, OwnPresses
from volboard.oversight.models import AnomalyReview
from volboard.oversight.queries import not_reviewed, odd, odd_desk

As = Callable[[Person], Visitor]
HOUR = timedelta(hours=1)
LIST = "/organize/anomalies"
KEY = "two_places-1-2"
URL = f"{LIST}/{RIVER}/{KEY}"
UMA = Viewer(id=BAO.id, volunteer_id=BAO.id, name=BAO.name, session_version=1,
             communities=frozenset({RIVER}))  # fmt: skip
"""Bao as an organizer who pressed nothing."""


@pytest.fixture
def twice(app: Flask) -> None:
    """Mai in two places at once; Olga saw it, Otto recorded it, two hours ago."""
    with app.app_context():
        lay_bare()
        begins = clock.now() - 4 * HOUR
        a_line(MAI, begins)
        a_line(MAI, begins + HOUR)


def look(visitor: Visitor, url: str = LIST) -> Page:
    return visitor.open(url)


def reviews(app: Flask) -> list[tuple[str, str, int]]:
    with app.app_context():
        return [(r.key, r.words, r.reviewed_by) for r in db.session.query(AnomalyReview)]


def test_from_the_list_to_what_was_looked_at(app: Flask, as_: As, twice: None) -> None:
    ada = as_(ADA)
    page = look(ada)
    assert "麦*芳" in page.text(".card__text")
    assert "又在“桥下的晚会 · 看场子”" in page.text(".card__text")
    assert MAI.name not in page.whole_text
    one = page.follow("同时在两处")
    assert one.url == URL
    assert "时间重叠" in one.whole_text
    assert [link["href"] for link in one.soup.select(".people a")] == [
        "/organize/hours/1/correct", "/organize/hours/2/correct"]  # fmt: skip
    done = one.press("看过了", "main", words="她换了岗，时间更正了")
    assert done.url == LIST
    assert "没有不寻常的" in done.text("section[aria-labelledby=waiting-title]")
    assert "艾*看过了：“她换了岗，时间更正了”" in done.text(
        "section[aria-labelledby=reviewed-title]"
    )
    assert "她换了岗" in look(as_(OLGA), URL).text(".notice")
    assert reviews(app) == [(KEY, "她换了岗，时间更正了", ADA.id)]


@pytest.mark.parametrize("words", ["", "   ", "字" * 201, "a\x00b"])
def test_words_that_will_not_do_are_kept_and_nothing_is_stored(
    app: Flask, as_: As, twice: None, words: str
) -> None:
    page = look(as_(ADA), URL).press("看过了", "main", words=words)
    assert page.status == 422
    assert page.soup.select_one(".field__error")
    if words.strip():
        assert page.text("[name=words]")
    assert reviews(app) == []


def test_nobody_reviews_what_they_pressed(app: Flask, as_: As, twice: None) -> None:
    for person in (OLGA, OTTO):
        page = look(as_(person), URL)
        assert "请另一位组织者" in page.text("main")
        assert "看过了" not in page.texts("main button")
        token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
        answer = page.visitor.post(URL, {"csrf_token": token, "words": "没事"})
        assert answer.status == 422
        assert "您经手的" in answer.text("main")
    assert reviews(app) == []


def test_nobody_reviews_what_is_about_their_own_household(app: Flask, twice: None) -> None:
    mai = Viewer(id=MAI.id, volunteer_id=MAI.id, name=MAI.name, session_version=1,
                 communities=frozenset({RIVER}))  # fmt: skip
    with app.app_context(), pytest.raises(OwnPresses):
        review(RIVER, KEY, "我没错", mai)


def test_strangers_find_nothing(app: Flask, as_: As, twice: None) -> None:
    assert look(as_(MAI)).status == 404
    assert look(as_(TIAN), URL).status == 404
    assert KEY not in str(look(as_(TIAN)).soup)
    for key in ("two_places-1-3", "two_places", "x-1", "..", "two_places-1-2-3", "字"):
        assert look(as_(ADA), f"{LIST}/{RIVER}/{key}").status == 404
    assert look(as_(ADA), f"{LIST}/{RAIL}/{KEY}").status == 404
    assert look(as_(ADA), f"{LIST}/77/{KEY}").status == 404


@both_engines
def test_the_command_holds_without_the_page(app: Flask, twice: None) -> None:
    with app.app_context():
        for stranger in (TIAN, MAI):
            with pytest.raises(NotFound):
                review(RIVER, KEY, "看过", viewer_of(stranger))
        with pytest.raises(OwnPresses):
            review(RIVER, KEY, "看过", viewer_of(OLGA))
        with pytest.raises(NotFound):
            review(RIVER, "two_places-1-9", "看过", viewer_of(ADA))
        review(RIVER, KEY, "看过", viewer_of(ADA))
        review(RIVER, KEY, "看过", viewer_of(ADA))
        for words, by in (("又看", viewer_of(ADA)), ("看过", UMA)):
            with pytest.raises(AlreadyReviewed):
                review(RIVER, KEY, words, by)
    assert reviews(app) == [(KEY, "看过", ADA.id)]


@both_engines
def test_of_two_who_look_at_once_one_is_written_down(app: Flask, twice: None) -> None:
    barrier = Barrier(2)

    def look_at_it(by: Viewer) -> str:
        with app.app_context():
            barrier.wait()
            try:
                review(RIVER, KEY, f"我是 {by.id}", by)
            except AlreadyReviewed as refusal:
                return type(refusal).__name__
            return "done"

    with ThreadPoolExecutor(2) as two:
        told = sorted(two.map(look_at_it, (viewer_of(ADA), UMA)))
    assert told == ["AlreadyReviewed", "done"]
    assert len(reviews(app)) == 1


def test_a_new_row_under_the_same_rule_waits_again(app: Flask, twice: None) -> None:
    with app.app_context():
        review(RIVER, KEY, "看过", viewer_of(ADA))
        assert not_reviewed((RIVER,)) == 0
        reverse(2, clock.now())
        a_line(MAI, clock.now() - 3 * HOUR - timedelta(minutes=5), 60)
        desk = odd_desk(viewer_of(ADA))
        assert [one.anomaly.key for one in desk.waiting] == ["two_places-1-4"]
        assert not_reviewed((RIVER,)) == 1


def test_each_community_looks_for_itself(inside: Flask) -> None:
    lay_bare()
    a_line(MAI, NOON)
    a_line(MAI, NOON + HOUR, community=RAIL)
    with clock.standing_at(LATER):
        review(RIVER, KEY, "我们这边对", viewer_of(ADA))
        assert (not_reviewed((RIVER,)), not_reviewed((RAIL,))) == (0, 1)
        assert odd(RAIL, KEY, viewer_of(TIAN)).review is None


def test_the_newest_stands_first(inside: Flask) -> None:
    lay_bare()
    for days in (3, 1, 2):
        a_make_up(LATER - timedelta(days=days), timedelta(seconds=5))
    with clock.standing_at(LATER):
        waiting = odd_desk(viewer_of(ADA)).waiting
    hasty = [one.anomaly.key for one in waiting if one.anomaly.rule == "hasty"]
    assert hasty == ["hasty-2", "hasty-3", "hasty-1"]


def test_one_odd_thing_and_forty_take_the_same_statements(app: Flask, as_: As, twice: None) -> None:
    ada = as_(ADA)
    ada.open(LIST)
    with counted(app) as few:
        ada.open(LIST)
    with app.app_context():
        for number in range(20):
            begins = clock.now() - timedelta(days=number + 2)
            a_line(BAO, begins)
            a_line(BAO, begins + HOUR)
            a_make_up(begins, timedelta(seconds=1))
    with counted(app) as many:
        assert len(ada.open(LIST).soup.select(".card")) > 40
    assert len(few) == len(many) <= 7

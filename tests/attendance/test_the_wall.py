"""The wall in the hall: who is here, where somebody is missing, and 304 while nothing changes."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, TIAN, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance import queries
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, undo
from volboard.attendance.wall_facts import Guest, Posts
from volboard.attendance.wall_queries import posts
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


def wall(shift: int) -> str:
    return f"/organize/shifts/{shift}/wall"


def come(shift: int, person: Person) -> None:
    check_in(shift, person.id, viewer_of(OLGA), "gate", "test")


def kept(shift: int) -> Posts:
    """The posts as the organizer of this gate sees them."""
    return posts(queries.gate(shift, viewer_of(OLGA)))


def titles(shift: int) -> list[str]:
    return [post.title for post in kept(shift).uncovered]


def test_the_wall_shows_who_is_here_since_when_and_of_how_many(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO)
    with at(-10):
        empty = as_(OLGA).open(wall(shift))
        assert "还没有人签到" in empty.text("#wall")
    with app.app_context():
        with at(-5):
            come(shift, MAI)
        with at(3):
            come(shift, BAO)
        with at(20):
            check_out(shift, MAI.id, viewer_of(OLGA))
    with at(21):
        page = as_(OLGA).open(wall(shift))
    assert page.text(".wall__figure") == "1 人在场"
    assert page.text(".wall__of") == "应到 2 · 已到 2"
    assert page.texts(".wall-person") == ["鲍*强 12:03 到"]
    for secret in (BAO.name, BAO.phone, BAO.phone[-4:], MAI.name):
        assert secret not in page.whole_text


def test_an_unchanged_wall_costs_an_empty_answer_and_three_statements(app: Flask, as_: As) -> None:
    with app.app_context(), at(-60):
        shift = a_shift(capacity=300, starts_at=NOON)
        seat_all(a_crowd(200), shift, NOON)
        sign_up(MAI.id, shift, MAI.id)
    olga = as_(OLGA)
    with app.app_context(), at(1):
        come(shift, MAI)
    with at(2):
        olga.open(wall(shift))
        first = olga.open(wall(shift), htmx=True)
        mark = first.response.headers["ETag"]
        assert first.soup.select_one("#wall-now")["data-mark"] == mark.strip('"')  # type: ignore[index]
        with counted(app) as sent:
            again = olga.client.get(wall(shift), headers=asking(mark))
    assert (again.status_code, again.get_data()) == (304, b"")
    assert len(sent) <= 3, sent
    assert again.headers["Cache-Control"] == "no-store"


def asking(mark: str) -> dict[str, str]:
    return {"HX-Request": "true", "If-None-Match": mark}


def test_whatever_the_wall_shows_changes_its_mark(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO)
    olga = as_(OLGA)
    marks: list[str] = []

    def look(minute: float) -> None:
        with at(minute):
            answer = olga.client.get(wall(shift), headers=asking(marks[-1] if marks else ""))
        assert answer.status_code == 200, f"minute {minute}: the wall looks the same"
        assert answer.get_data()
        marks.append(answer.headers["ETag"])

    look(-10)
    for minute, change in (
        (-5, lambda: come(shift, MAI)),
        (-4, lambda: undo(shift, MAI.id, viewer_of(OLGA))),
        (-3, lambda: come(shift, BAO)),
        (-2, lambda: come(shift, MAI)),
        (10, lambda: check_out(shift, BAO.id, viewer_of(OLGA))),
        (20, lambda: close_shift(shift, viewer_of(OLGA))),
    ):
        with app.app_context(), at(minute):
            change()
        look(minute)
    assert marks[2] == marks[0], "taken back, it shows what it showed"
    olga.client.set_cookie("language", "en")
    look(20)


def test_time_alone_makes_a_post_empty_and_the_wall_says_so(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    olga = as_(OLGA)
    with at(-1):
        before = olga.client.get(wall(shift), headers=asking(""))
        same = olga.client.get(wall(shift), headers=asking(before.headers["ETag"]))
    assert same.status_code == 304
    with at(0):
        after = olga.client.get(wall(shift), headers=asking(before.headers["ETag"]))
        page = olga.open(gate(shift))
        count = olga.open(f"/organize/shifts/{shift}/gate/count", htmx=True)
    assert after.status_code == 200
    assert "“包粽子”现在没有人守" in after.get_data(as_text=True)
    assert "“包粽子”现在没有人守" in page.text("#gate-posts")
    assert "“包粽子”现在没有人守" in count.text("#gate-posts")


def test_a_whole_page_is_never_answered_with_a_mark(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI)
    olga = as_(OLGA)
    with at(0):
        mark = olga.open(wall(shift)).response.headers["ETag"]
        answer = olga.client.get(wall(shift), headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "HX-Request" in answer.headers["Vary"]


def test_a_post_stands_empty_from_its_start_to_its_planned_end(inside: Flask) -> None:
    shift = a_gate(inside, MAI)
    for minute, empty in ((-1, False), (0, True), (119, True), (120, False)):
        with at(minute):
            assert titles(shift) == (["包粽子"] if empty else []), minute
    with at(5):
        come(shift, MAI)
        assert titles(shift) == []
    with at(60):
        check_out(shift, MAI.id, viewer_of(OLGA))
        assert titles(shift) == ["包粽子"]
        close_shift(shift, viewer_of(OLGA))
        assert titles(shift) == []


@pytest.fixture
def turns(inside: Flask) -> tuple[int, int, int]:
    """One post kept by two shifts, one after the other, and another post beside them."""
    with at(-24 * 60):
        event = an_event()
        first = a_shift(event, starts_at=NOON, minutes=120, title="东门")
        second = a_shift(event, starts_at=NOON.replace(hour=14), minutes=120, title="东门")
        beside = a_shift(event, starts_at=NOON, minutes=240, title="西门")
        sign_up(MAI.id, first, MAI.id)
        sign_up(BAO.id, second, BAO.id)
    return first, second, beside


@both_engines
def test_the_next_comes_before_the_last_leaves(turns: tuple[int, int, int]) -> None:
    first, second, beside = turns
    with at(1):
        come(first, MAI)
        assert titles(first) == ["西门"]
        assert kept(first).next is None
    with at(95):
        coming = kept(first).next
        assert coming is not None
        assert (coming.shift_id, coming.people) == (second, (Guest(BAO.name, None, None),))
    with at(100):
        come(second, BAO)
        check_out(first, MAI.id, viewer_of(OLGA))
        arrived = kept(first).next
        assert arrived is not None
        assert [guest.has_come for guest in arrived.people] == [True]
        assert titles(first) == titles(second) == ["西门"], "the next keeps the post already"
        check_out(second, BAO.id, viewer_of(OLGA))
        assert titles(first) == ["东门", "西门"]
    assert beside


def test_an_empty_post_is_named_once_and_without_those_called_off(
    turns: tuple[int, int, int],
) -> None:
    first, second, beside = turns
    db.session.query(Shift).filter(Shift.id == second).update({"starts_at": NOON})
    db.session.query(Shift).filter(Shift.id == beside).update({"called_off_at": NOON})
    db.session.commit()
    with at(5):
        assert titles(first) == ["东门"]


def test_the_next_on_the_post_is_named_at_the_gate_and_on_the_wall(app: Flask, as_: As) -> None:
    with app.app_context(), at(-24 * 60):
        event = an_event()
        first = a_shift(event, starts_at=NOON, minutes=120, title="东门")
        second = a_shift(event, starts_at=NOON.replace(hour=14), minutes=120, title="东门")
        sign_up(BAO.id, second, BAO.id)
    with at(100):
        for url in (gate(first), wall(first)):
            page = as_(OLGA).open(url)
            assert "下一班 14:00" in page.whole_text
            assert page.texts(".wall-person") == ["鲍*强 还没到"]


def test_the_wall_hangs_for_its_organizers_only(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        for person in (MAI, TIAN):
            for htmx in (False, True):
                assert as_(person).open(wall(shift), htmx=htmx).status == 404
        assert as_(OLGA).open(wall(999)).status == 404

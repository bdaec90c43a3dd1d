"""An organizer opens the desk in the morning."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, RAIL, TIAN
from tests.support.town import a_shift, an_event, viewer_of
from volboard.core import clock
from volboard.home import desk_queries
from volboard.signups.coming import ask_who_comes, say_coming
from volboard.signups.commands import sign_up

SignedIn = Callable[..., Visitor]
SOON = MORNING + timedelta(hours=2)


def look(visitor: Visitor) -> Page:
    with clock.standing_at(MORNING):
        return visitor.open("/organize")


def an_event_at(start: datetime, **columns: object) -> int:
    return an_event(starts_at=start, ends_at=start + timedelta(hours=2), **columns)  # type: ignore[arg-type]


def test_the_desk_is_there_for_organizers_only(visitor: Visitor, as_: SignedIn) -> None:
    assert look(visitor).url.startswith("/sign-in")
    assert look(as_(MAI)).status == 404
    assert look(as_(OLGA)).status == look(as_(ADA)).status == 200


def test_today_s_shifts_have_a_button_to_their_gate(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        shift = a_shift(an_event_at(SOON, title="今天的"), starts_at=SOON)
        a_shift(an_event_at(SOON + timedelta(days=1), title="明天的"),
                starts_at=SOON + timedelta(days=1))  # fmt: skip
    page = look(as_(OLGA))
    (line,) = page.soup.select('section[aria-labelledby="today-title"] .person')
    assert "今天的" in line.text
    assert "已到 0 / 0 人" in line.text
    assert line.select_one(f'a[href="/organize/shifts/{shift}/gate"]')


def test_shifts_short_of_people_say_how_many(app: Flask, as_: SignedIn) -> None:
    start = MORNING + timedelta(days=2)
    with planting(app):
        a_shift(an_event_at(start, title="缺人的"), starts_at=start, capacity=9, minimum=3)
        a_shift(an_event_at(start, title="不缺的"), starts_at=start, capacity=9)
    words = look(as_(OLGA)).text('section[aria-labelledby="short-title"]')
    assert "缺人的" in words
    assert "还差 3 人" in words
    assert "不缺的" not in words


def test_a_hole_leads_to_those_who_could_fill_it(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        for days in (13, 15):
            start = MORNING + timedelta(days=days)
            a_shift(an_event_at(start), starts_at=start, capacity=9, minimum=3)
    section = look(as_(OLGA)).soup.select_one('section[aria-labelledby="short-title"]')
    assert section is not None
    assert [str(link["href"]) for link in section.select("a")] == ["/organize/shifts/1/cover"]


def test_where_nobody_answers_whether_they_come_the_desk_says_so(app: Flask, as_: SignedIn) -> None:
    start = MORNING + timedelta(hours=30)
    with planting(app), clock.standing_at(MORNING):
        shift = a_shift(an_event_at(start, title="没人回的"), starts_at=start, capacity=9)
        first = sign_up(MAI.id, shift, MAI.id).signup_id
        sign_up(BAO.id, shift, BAO.id)
        assert not desk_queries.desk_shifts(viewer_of(OLGA)).short
        ask_who_comes(shift, viewer_of(OLGA))
    words = look(as_(OLGA)).text('section[aria-labelledby="short-title"]')
    assert "没人回的" in words
    assert "问了 2 个人还来吗，没有人回" in words
    with planting(app), clock.standing_at(MORNING):
        say_coming(first, viewer_of(MAI))
        assert not desk_queries.desk_shifts(viewer_of(OLGA)).short


def test_a_gate_left_open_is_called_to_mind(app: Flask, as_: SignedIn) -> None:
    then = MORNING - timedelta(days=2)
    with planting(app):
        a_shift(an_event_at(then, title="忘了关"), starts_at=then)
        a_shift(
            an_event_at(then, title="关了的"), starts_at=then, closed_at=then, closed_by=OLGA.id
        )
    words = look(as_(OLGA)).text('section[aria-labelledby="open-title"]')
    assert "忘了关" in words
    assert "关了的" not in words


def test_drafts_wait_to_be_finished(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        event = an_event(title="没写完", state="draft")
    page = look(as_(OLGA))
    assert page.soup.select_one(
        f'section[aria-labelledby="drafts-title"] a[href="/organize/events/{event}"]'
    )


@both_engines
def test_nothing_of_another_community_is_on_the_desk(app: Flask, as_: SignedIn) -> None:
    past, later = MORNING - timedelta(days=2), MORNING + timedelta(days=2)
    with planting(app):
        for start in (SOON, past, later):
            a_shift(an_event_at(start, title="桥下的", community=RAIL), starts_at=start,
                    capacity=9, minimum=3)  # fmt: skip
        an_event(RAIL, "桥下的草稿", "draft")
    assert "桥下的" not in look(as_(OLGA)).whole_text
    with planting(app), clock.standing_at(MORNING):
        for person, sees in ((OLGA, False), (TIAN, True), (ADA, True)):
            found = desk_queries.desk_shifts(viewer_of(person))
            for rows in (found.today, found.short, found.left_open):
                assert bool(rows) is sees
            assert bool(desk_queries.drafts(viewer_of(person))) is sees


def test_last_weeks_list_is_two_touches_from_any_page(app: Flask, as_: SignedIn) -> None:
    then = MORNING - timedelta(days=7)
    with planting(app):
        shift = a_shift(an_event_at(then, title="上周的"), starts_at=then, closed_at=MORNING)
    olga = as_(OLGA)
    for page in ("/", "/events/1", "/me", "/festivals", "/organize/rosters", "/organize/names"):
        with clock.standing_at(MORNING):
            desk = olga.open(page).follow("组织")
            over = desk.soup.select_one('section[aria-labelledby="over-title"]')
            assert over is not None, page
            assert over.select_one(f'a[href="/organize/shifts/{shift}/roster"]'), page
            assert olga.open(f"/organize/shifts/{shift}/roster").status == 200


def test_what_is_over_says_who_came_and_what_is_left_to_do(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        for days, closed in ((3, MORNING), (2, None), (-1, None)):
            then = MORNING - timedelta(days=days)
            a_shift(an_event_at(then, title=f"{days}天前"), starts_at=then, closed_at=closed)
    page = look(as_(OLGA))
    rows = page.texts('section[aria-labelledby="over-title"] tbody tr')
    assert ["2天前" in row for row in rows] == [True, False]
    assert ["去关门" in row for row in rows] == [True, False]
    assert all("0 / 0 人" in row for row in rows)

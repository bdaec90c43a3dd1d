"""Somebody reads what an event is, and finds their own place in it."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.conftest import both_engines
from tests.home.planting import MORNING, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, TIAN
from tests.support.town import NOON, a_shift, an_event
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.models import EventChange
from volboard.signups.commands import sign_up

SignedIn = Callable[..., Visitor]


def read(visitor: Visitor, event: int) -> Page:
    with clock.standing_at(MORNING):
        return visitor.open(f"/events/{event}")


@both_engines
def test_the_page_says_what_where_when_and_whom_to_call(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event(story="第一段。\n\n第二段。", safety="粽叶划手。")
        a_shift(event)
    page = read(visitor, event)
    assert page.text("h1") == "端午包粽子"
    assert "6 月 9 日 星期三（五月初五） 12:00–14:00" in page.text(".facts")
    assert page.texts(".prose p")[:2] == ["第一段。", "第二段。"]
    assert "粽叶划手。" in page.whole_text
    assert page.soup.select_one('a[href="tel:04533120001"]')
    assert "忘记签退的按时段结束（或关门时间，取早）计，并注明" in page.whole_text


def test_service_and_taking_part_are_told_apart(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event()
        a_shift(event, title="包粽子")
        a_shift(event, title="尝粽子", kind="participant")
    page = read(visitor, event)
    assert page.texts("main h2")[:2] == ["来当志愿者", "来参加"]
    assert [chip for chip in page.texts(".shift .chip")] == ["服务岗", "参加"]


def test_words_of_an_organizer_are_never_markup(app: Flask, visitor: Visitor) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    with planting(app):
        event = an_event(title=evil, story=evil, place=evil, safety=evil, contact_name=evil,
                         mark="../../base", contact_phone="0453; rm")  # fmt: skip
        a_shift(event, title=evil, briefing=evil)
    for path in ("", "/share", "/poster"):
        page = visitor.open(f"/events/{event}{path}")
        assert page.status == 200
        assert not page.soup.select("script:not([src]), img[src=x]")


def test_a_visitor_s_page_has_links_to_sign_up_and_no_form_that_writes(
    app: Flask, visitor: Visitor
) -> None:
    with planting(app):
        shift = a_shift()
    with clock.standing_at(MORNING):
        page = visitor.open("/").follow("端午包粽子")
    assert page.soup.select_one(f'a[href="/shifts/{shift}/sign-up"]')
    writes = [form["action"] for form in page.soup.select('form[method="post"]')]
    assert writes == ["/display"]
    assert not page.soup.select("[name=csrf_token]")


def test_one_s_own_place_is_sealed_and_the_queue_is_told(app: Flask, as_: SignedIn) -> None:
    with planting(app), clock.standing_at(MORNING):
        event = an_event()
        shift = a_shift(event, capacity=1)
        sign_up(MAI.id, shift, MAI.id)
        sign_up(BAO.id, shift, BAO.id)
    assert read(as_(MAI), event).text(".seal") == "已报名"
    assert read(as_(BAO), event).text(".seal") == "候补 第 1 位"


def test_a_draft_is_shown_to_its_organizers_only(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    with planting(app):
        event = an_event(state="draft")
        shift = a_shift(event)
    page = read(as_(OLGA), event)
    assert "这是草稿" in page.whole_text
    assert not page.soup.select(f'a[href="/organize/shifts/{shift}/gate"]'), "it has no gate yet"
    for stranger in (visitor, as_(MAI), as_(TIAN)):
        assert stranger.open(f"/events/{event}").status == 404


def test_a_draft_is_handed_on_by_nobody(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        event = an_event(state="draft")
    for person in (OLGA, MAI):
        for path in (".ics", "/share", "/share.png", "/poster"):
            assert as_(person).open(f"/events/{event}{path}").status == 404, path


def test_a_cancelled_event_says_why(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event(state="cancelled", cancel_reason="下大雨，改天再约")
        a_shift(event)
    page = read(visitor, event)
    assert "活动取消了 下大雨，改天再约" in page.whole_text
    assert not page.soup.select('a[href*="sign-up"]')


def test_a_past_event_says_so(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event()
    with clock.standing_at(NOON + timedelta(hours=2)):
        assert "活动已经结束" in visitor.open(f"/events/{event}").whole_text


def test_what_changed_stands_above_the_rest(app: Flask, visitor: Visitor) -> None:
    with planting(app):
        event = an_event()
        with transaction():
            db.session.add(EventChange(event_id=event, changed_by=OLGA.id, changed_at=MORNING,
                                       sentence="地点改到二楼"))  # fmt: skip
    assert "6 月 6 日 12:00 有变动 地点改到二楼" in read(visitor, event).whole_text


def test_only_an_organizer_of_this_community_is_offered_its_tools(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    with planting(app):
        event = an_event()
        shift = a_shift(event)
    tools = f'a[href="/organize/events/{event}"], a[href="/organize/shifts/{shift}/gate"]'
    assert len(read(as_(OLGA), event).soup.select(tools)) == 2
    for stranger in (visitor, as_(MAI), as_(TIAN)):
        assert not read(stranger, event).soup.select(tools)


def test_a_page_that_cannot_be_is_not_there(visitor: Visitor) -> None:
    for path in ("/events/0", "/events/99", "/events/99999999999999999999", "/events/-1",
                 "/events/1%00", "/events/x.ics", "/events/99999999999999999999.ics"):  # fmt: skip
        assert visitor.open(path).status == 404, path

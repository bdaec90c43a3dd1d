"""Somebody subscribes to their household's places with the calendar of their phone."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import both_engines
from tests.home.planting import MORNING, counted_statements, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family
from volboard.core import clock
from volboard.core.db import db
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.feeds import feed_owner, renew_feed, revoke_feed
from volboard.signups.models import CalendarFeed

SignedIn = Callable[..., Visitor]


def make(visitor: Visitor, button: str = "生成日历链接") -> Page:
    return visitor.open("/me/calendar").press(button)


def path_of(page: Page) -> str:
    field = page.soup.select_one("#feed-url")
    assert field is not None
    return str(field["value"]).removeprefix("http://localhost")


def places(visitor: Visitor, path: str) -> list[Any]:
    with clock.standing_at(MORNING):
        answer = visitor.client.get(path)
    assert answer.status_code == 200, answer.status_code
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


@both_engines
def test_the_calendar_holds_the_household_s_places_and_nobody_else_s(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    with planting(app), clock.standing_at(MORNING):
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        shift = a_shift(capacity=2, call_minutes=30, briefing="带上围裙")
        sign_up(MAI.id, shift, MAI.id)
        sign_up(BAO.id, shift, BAO.id)
        sign_up(mother, shift, MAI.id)
    path = path_of(make(as_(MAI)))
    mine, hers = places(visitor, path)
    assert (mine["SUMMARY"], mine["STATUS"]) == ("端午包粽子·包粽子", "CONFIRMED")
    assert mine.decoded("DTSTART") == NOON
    assert mine["LOCATION"] == "沿河社区 社区活动室"
    assert "11:30 集合" in mine["DESCRIPTION"]
    assert "带上围裙" in mine["DESCRIPTION"]
    assert (hers["SUMMARY"], hers["STATUS"]) == ("（候补）陈桂香：端午包粽子·包粽子", "TENTATIVE")
    assert mine["UID"] != hers["UID"]


def test_what_is_given_back_or_called_off_is_cancelled_in_the_calendar_too(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    with planting(app), clock.standing_at(MORNING):
        first, second = a_shift(), a_shift(an_event(), starts_at=NOON + timedelta(days=1))
        place = sign_up(MAI.id, first, MAI.id).signup_id
        sign_up(MAI.id, second, MAI.id)
    path = path_of(make(as_(MAI)))
    before = places(visitor, path)
    with planting(app), clock.standing_at(MORNING + timedelta(minutes=5)):
        cancel(place, viewer_of(MAI))
        call_off_shift(second, "下雨", viewer_of(OLGA))
    after = places(visitor, path)
    assert [one["UID"] for one in after] == [one["UID"] for one in before]
    assert [one["STATUS"] for one in after] == ["CANCELLED", "CANCELLED"]
    assert "取消原因：下雨" in after[1]["DESCRIPTION"]
    assert all(new["SEQUENCE"] > old["SEQUENCE"] for new, old in zip(after, before, strict=True))
    with planting(app), clock.standing_at(MORNING + timedelta(minutes=9)):
        sign_up(MAI.id, first, MAI.id)
    again = places(visitor, path)[0]
    assert (again["UID"], again["STATUS"]) == (before[0]["UID"], "CONFIRMED")
    assert again["SEQUENCE"] > after[0]["SEQUENCE"]


def test_the_address_is_shown_once_and_only_its_digest_is_kept(app: Flask, as_: SignedIn) -> None:
    mai = as_(MAI)
    page = make(mai)
    secret = path_of(page).removeprefix("/feed/").removesuffix(".ics")
    assert len(secret) == 22
    link = page.soup.select_one('a[href^="webcal://localhost/feed/"]')
    assert link is not None
    assert secret not in str(mai.open("/me/calendar").soup)
    with app.app_context():
        kept = db.session.scalars(select(CalendarFeed.secret_hash)).one()
    assert kept == hashlib.sha256(secret.encode()).hexdigest()


def test_another_address_ends_the_old_one_and_a_stop_ends_both(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    mai = as_(MAI)
    old = path_of(make(mai))
    new = path_of(make(mai, "确定换"))
    assert visitor.client.get(old).status_code == 404
    assert places(visitor, new) == []
    stopped = mai.open("/me/calendar").press("停用这个链接")
    assert "停用了" in stopped.text("#notices")
    assert visitor.client.get(new).status_code == 404


def test_an_unknown_address_looks_like_any_page_that_is_not_there(visitor: Visitor) -> None:
    nothing = visitor.open("/events/999").text("main")
    for secret in ("x", "a" * 22, "%00", "%F0%9F%98%80", "a" * 3000, "' OR 1=1"):
        page = visitor.open(f"/feed/{secret}.ics")
        assert (page.status, page.text("main")) == (404, nothing)


def test_nothing_on_the_way_keeps_the_file_and_no_log_holds_the_secret(
    visitor: Visitor, as_: SignedIn, capsys: pytest.CaptureFixture[str]
) -> None:
    path = path_of(make(as_(MAI)))
    capsys.readouterr()
    answer = visitor.client.get(path)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    written = capsys.readouterr()
    assert "/feed/<secret>.ics" in written.out
    assert path not in written.out + written.err


def test_calendars_may_ask_as_often_as_they_like(visitor: Visitor, app: Flask) -> None:
    with app.app_context():
        secret = renew_feed(MAI.id)
    answers = {visitor.client.get(f"/feed/{secret}.ics").status_code for _ in range(70)}
    assert answers == {200}


@both_engines
def test_two_presses_at_once_leave_one_address(app: Flask) -> None:
    def press(_number: int) -> str:
        with app.app_context():
            return renew_feed(MAI.id)

    with ThreadPoolExecutor(4) as hands:
        made = list(hands.map(press, range(4)))
    with app.app_context():
        owners = [feed_owner(secret) for secret in made]
        assert sorted(owners, key=str) == [MAI.id, None, None, None]
        revoke_feed(MAI.id)
        assert [feed_owner(secret) for secret in made] == [None] * 4


def test_a_long_calendar_takes_no_more_statements(
    app: Flask, visitor: Visitor, as_: SignedIn
) -> None:
    path = path_of(make(as_(MAI)))
    costs = []
    for days in (range(1), range(1, 30)):
        with planting(app), clock.standing_at(MORNING):
            for day in days:
                sign_up(MAI.id, a_shift(starts_at=NOON + timedelta(days=day)), MAI.id)
            sign_up(OTTO.id, 1, OTTO.id)
        with counted_statements(app) as statements:
            places(visitor, path)
        costs.append(len(statements))
    assert costs == [2, 2]

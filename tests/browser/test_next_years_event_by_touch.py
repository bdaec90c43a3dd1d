"""From the desk to a festival's next event, announced and its people asked, with one thumb."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from benchmarks.dragon_boat import TOUCHES
from tests.browser.pages import ORGANIZER
from tests.support.thumb import Thumb
from volboard.core import clock
from volboard.demo.year import AHEAD
from volboard.festivals.queries import next_day

pytestmark = pytest.mark.browser
ONE_WEEK = timedelta(weeks=1)
Phone = Callable[..., BrowserContext]


def far_off() -> list[str]:
    """Festivals for which the demonstration has published nothing yet, but held something."""
    today = clock.today()
    known = ("duanwu", "zhongqiu", "chongyang", "laba", "yuanxiao")
    return [key for key in known if next_day(key, today).date - today > AHEAD + 2 * ONE_WEEK]


@pytest.mark.parametrize(("script", "which"), [(True, 0), (False, 1)],
                         ids=["with JavaScript", "without"])  # fmt: skip
def test_a_few_touches_announce_it_and_ask_those_who_came(
    phone: Phone, script: bool, which: int
) -> None:
    key = far_off()[which]
    page = phone(ORGANIZER, java_script_enabled=script).new_page()
    page.goto("/organize")
    thumb = Thumb(page)
    thumb.tap(page.locator("main a[href='/organize/events/new']").first)
    thumb.tap(page.locator("summary", has_text="直接找一个节日"))
    thumb.tap(page.locator(f"main a[href='#{key}']"))
    thumb.tap(page.locator(f"#{key} form[action$='/copy'] button").first)
    asks = page.locator("button[name=invite]")
    expect(asks).to_contain_text("发布并请上次的")
    thumb.tap(asks)
    expect(page.locator("main")).to_contain_text("已请")
    expect(page.locator("main form[action$='/invite']")).to_have_count(0)
    assert thumb.touches <= TOUCHES


def test_the_thumb_swipes_to_what_it_does_not_see(phone: Phone) -> None:
    page = phone(ORGANIZER).new_page()
    page.goto("/organize/events/new")
    thumb = Thumb(page)
    thumb.tap(page.locator("form[data-keep=new-event] [name=title]"))
    assert thumb.swipes > 3
    assert thumb.touches == thumb.swipes + 1

"""How often a thumb touches the screen for what people do every day."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.pages import ORGANIZER, RESIDENT
from tests.support.thumb import Thumb
from volboard.core.db import sqlite_module

pytestmark = pytest.mark.browser
FOR_TWO, TO_THE_LIST = 11, 2
"""The first with its swipes, the second without."""
FREE_FOR_TWO = """SELECT s.event_id, s.id FROM shifts s JOIN events e ON e.id = s.event_id
WHERE e.state = 'published' AND e.starts_at > datetime('now', '+1 day') AND s.ages = 'any'
  AND s.called_off_at IS NULL AND s.opens_at IS NULL AND s.skill = ''
  AND s.waiting = 0 AND s.capacity - s.seated >= 2
  AND NOT EXISTS (SELECT 1 FROM signups g JOIN shifts o ON o.id = g.shift_id
    JOIN volunteers v ON v.id = g.volunteer_id JOIN accounts a ON a.id = v.account_id
    WHERE a.phone = ? AND g.state <> 'cancelled'
      AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at)
ORDER BY e.starts_at, s.id LIMIT 1"""
Phone = Callable[..., BrowserContext]


@pytest.fixture
def free(instance: Path) -> tuple[int, int]:
    """An event on the first page of the board with a shift that takes two of the household."""
    connection = sqlite_module().connect(str(instance / "volboard.sqlite3"))
    try:
        event, shift = connection.execute(FREE_FOR_TWO, (f"+86{RESIDENT}",)).fetchone()
    finally:
        connection.close()
    return event, shift


def test_an_elder_takes_two_places_in_the_large_view(phone: Phone, free: tuple[int, int]) -> None:
    event, shift = free
    page = phone(RESIDENT).new_page()
    page.goto("/")
    thumb = Thumb(page)
    thumb.tap(page.locator("button[name=size][value=large]"))
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    thumb.tap(page.locator(f"main a[href='/events/{event}']"))
    page.wait_for_url(f"**/events/{event}")
    for taken in (1, 2):
        card = page.locator(f"#shift-{shift}")
        thumb.tap(card.locator("form[action$='/sign-up'] button").first)
        expect(card.locator(".seal", has_text="已报名")).to_have_count(taken)
    assert thumb.touches <= FOR_TWO


@pytest.mark.parametrize("start", ["/", "/festivals", "/me/hours", "/organize/calls", "/teams"])
def test_an_organizer_reaches_a_list_of_last_week_from_anywhere(phone: Phone, start: str) -> None:
    page = phone(ORGANIZER).new_page()
    page.goto(start)
    page.locator(".tab__link[href='/organize']").tap()  # the bar stands always below the page
    page.wait_for_url("**/organize")
    thumb = Thumb(page, touches=1)
    thumb.tap(page.locator("[aria-labelledby=over-title] a", has_text="名单").first)
    page.wait_for_url("**/roster")
    assert thumb.touches - thumb.swipes <= TO_THE_LIST

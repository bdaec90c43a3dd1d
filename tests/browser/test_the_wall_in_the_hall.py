"""The wall asks by itself what is new, rests while nobody sees it, and says when it is stale."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.gatehouse import Gatehouse, check_in

pytestmark = pytest.mark.browser
HIDE = """() => {
  Object.defineProperty(document, 'hidden', {get: () => window.isHidden});
  window.isHidden = true;
}"""


def next_poll(page: Page, house: Gatehouse) -> Response:
    """The answer to the wall's next question."""
    with page.expect_response(f"**{house.wall}") as asked:
        pass
    return asked.value


def test_the_wall_brings_itself_up_to_date_and_an_unchanged_one_costs_a_304(
    house: Gatehouse,
) -> None:
    phone = house.phone()
    page = phone.new_page()
    page.goto(house.wall)
    first, second = next_poll(page, house), next_poll(page, house)
    assert second.status == 304
    assert int(second.headers.get("content-length", "0")) == 0
    assert first.status in (200, 304)
    expect(page.locator(".wall__empty")).to_be_visible()
    gate = phone.new_page()
    gate.goto(house.gate)
    check_in(gate, 1001)
    gate.close()
    page.bring_to_front()
    expect(page.locator(".wall-person")).to_contain_text("邻*1")
    expect(page.locator("#notices .notice")).to_have_count(0)


def test_a_hidden_wall_asks_nothing_and_one_without_news_says_so(house: Gatehouse) -> None:
    page = house.phone().new_page()
    page.clock.install()
    page.goto(house.wall)
    next_poll(page, house)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(HIDE)
    page.clock.run_for(15_000)
    page.evaluate("() => { window.isHidden = false; }")
    with page.expect_response(f"**{house.wall}"):
        page.clock.run_for(6_000)
    assert len(asked) == 1, "it asked while nobody saw it"
    expect(page.locator("#wall-stale")).to_be_hidden()
    house.stop()
    for _second in range(30):
        page.clock.run_for(1_000)
    expect(page.locator("#wall-stale")).to_contain_text("以后没有更新")
    expect(page.locator("#notices .notice")).to_have_count(0)
    expect(page.locator(".wall__figure")).to_be_visible()

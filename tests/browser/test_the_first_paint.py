"""The first visit of the board: painted and finished before the rest of the styles came."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.slow_line import slow_line
from tests.support.live import PHONE
from tests.support.waiting import until

REST = re.compile(r"/static/css/rest\.")
DESK = {"width": 1280, "height": 844}
LOOKS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "normal": ({}, {}),
    "dark": ({"color_scheme": "dark"}, {}),
    "large": ({}, {"size": "large"}),
    "large and narrow": ({"viewport": {"width": 320, "height": 700}}, {"size": "large"}),
    "English": ({}, {"language": "en"}),
    "on a desk": ({"viewport": DESK, "is_mobile": False}, {}),
}
WATCH = """
  window.refused = []; window.moved = 0;
  addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective));
  new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
"""
UNSEEN = 0.005
"""Of the layout shift, whose good values are below 0.1."""
PICTURES = "() => [...document.images].every(picture => picture.complete)"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


@pytest.fixture(params=LOOKS)
def board(request: pytest.FixtureRequest, phone: Callable[..., BrowserContext], town: str) -> Page:
    """A page of a visitor who likes the board to look like this, not opened yet."""
    options, cookies = LOOKS[request.param]
    context = phone(**({"viewport": PHONE} | options))
    context.add_cookies([{"name": n, "value": v, "url": town} for n, v in cookies.items()])
    context.add_init_script(WATCH)
    return context.new_page()


@pytest.mark.browser
def test_the_first_screen_is_finished_without_the_rest_of_the_styles(board: Page) -> None:
    waiting: list[Route] = []

    def keep_waiting(route: Route) -> None:
        waiting.append(route)

    board.route(REST, keep_waiting)
    board.goto("/", wait_until="commit")
    board.wait_for_function(PAINTED)
    board.wait_for_selector(".site-foot__links")
    board.wait_for_function(PICTURES)
    until(lambda: board.evaluate("1") and waiting, "the question for the rest of the styles")
    early = board.screenshot()
    assert len(waiting) == 1, "the page asks for the rest of its styles once"
    waiting[0].continue_()
    board.wait_for_load_state("load")
    assert board.screenshot() == early
    assert board.evaluate("refused") == []
    assert board.evaluate("moved") < UNSEEN


@pytest.mark.browser
def test_nothing_moves_while_the_page_arrives_in_pieces(board: Page, town: str) -> None:
    with slow_line(town) as line:
        board.goto(line.address, wait_until="commit")
        pieces = 1
        while line.more(board):
            pieces += 1
        board.wait_for_load_state("load")
    assert pieces > 40
    assert board.evaluate("moved") < UNSEEN


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/festivals"])
def test_the_policy_refuses_nothing_of_ours(board: Page, path: str) -> None:
    said: list[str] = []
    board.on("console", lambda message: said.append(message.text))
    board.goto(path, wait_until="load")
    assert board.evaluate("refused") == []
    assert said == []

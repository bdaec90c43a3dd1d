"""On the narrowest phone in 关怀版 no time, lunar day or word of a title breaks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.pages import ORGANIZER, RESIDENT, VISITOR

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}
BROKEN = """() => [...document.querySelectorAll('.whole, .leaf__lunar')]
  .filter((one) => one.checkVisibility() && one.getClientRects().length > 1
    || one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.textContent)"""
CUT_WORDS = """() => [...document.querySelectorAll('h1, h2, h3')].flatMap((title) => {
  const found = [], walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[A-Za-z]{2,}/g)) {
    const range = document.createRange();
    range.setStart(walker.currentNode, word.index);
    range.setEnd(walker.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) found.push(word[0]);
  } return found; })"""


@pytest.fixture
def elder(phone: Callable[..., BrowserContext]) -> Callable[[str, str], Page]:
    """The phone of somebody who reads large letters, in a language."""

    def open_page(number: str, language: str) -> Page:
        context = phone(number, viewport=NARROW)
        page = context.new_page()
        page.goto("/")
        context.add_cookies([{"name": "size", "value": "large", "url": page.url},
                             {"name": "language", "value": language, "url": page.url}])  # fmt: skip
        return page

    return open_page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("number", "addresses"), [
    (VISITOR, ("/", "/?past=1", "/events/{event}", "/festivals")),
    (RESIDENT, ("/me", "/me/hours")),
    (ORGANIZER, ("/organize", "/organize/events/{event}", "/organize/rosters")),
])  # fmt: skip
def test_nothing_breaks_that_belongs_together(
    number: str, addresses: tuple[str, ...], language: str,
    elder: Callable[[str, str], Page], places: dict[str, object],
) -> None:  # fmt: skip
    page = elder(number, language)
    for address in addresses:
        page.goto(address.format(**places))
        assert page.evaluate(BROKEN) == [], address
        assert page.evaluate(CUT_WORDS) == [], address


def test_a_broken_line_is_seen_by_this_test(elder: Callable[[str, str], Page]) -> None:
    page = elder(VISITOR, "zh")
    page.goto("/")
    assert page.locator(".whole").count() > 0
    page.evaluate("""() => { const one = document.querySelector('.whole');
      one.style.cssText = 'white-space: normal'; one.parentElement.style.width = '3em'; }""")
    assert page.evaluate(BROKEN) != []

"""On every page, in both text sizes: axe finds nothing, light and dark; contrast is 7:1;
every target is large enough for a thumb; nothing scrolls sideways on the narrowest phone."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from tests.browser.pages import NO_PAGES, PAGES
from tests.support.live import PHONE

AXE = Axe()
# Without `resultTypes` axe spends half of its time on describing what passed. What has the enhanced
# contrast of 7:1 (4.5:1 in large type) has the plain one of 4.5:1 (3:1) too.
EVERYTHING: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
CONTRAST: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]},
    "resultTypes": ["violations"],
}
NARROWEST = {"width": 320, "height": 700}
LEAST = {"normal": 48, "large": 60}
SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    'main a.button, main button, nav a, summary, main input:not([type=hidden]), main select')]
  .filter(e => e.checkVisibility({checkVisibilityCSS: true}) && !e.disabled)
  .map(e => e.labels && e.labels[0] && ['checkbox', 'radio'].includes(e.type) ? e.labels[0] : e)
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width > 1 && (r.height < least - 0.5 || r.width < 43.5))
  .map(([e, r]) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${r.width}x${r.height}`)"""


def violations(page: Page, options: dict[str, object]) -> Iterator[str]:
    """What axe finds on the page, in a line each."""
    for rule in AXE.run(page, options=options).response["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"


def flaws(page: Page, size: str) -> Iterator[str]:
    """All that is wrong with the page that is open."""
    page.emulate_media(color_scheme="light")
    yield from violations(page, EVERYTHING)
    for target in page.evaluate(SMALL_TARGETS, LEAST[size]):
        yield f"too small for a thumb: {target}"
    page.emulate_media(color_scheme="dark")
    for violation in violations(page, CONTRAST):
        yield f"in the dark: {violation}"
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROWEST["width"]:
        yield f"scrolls sideways: {width} pixels wide"
    page.set_viewport_size(PHONE)


def test_every_page_of_the_product_is_looked_at(app: Flask) -> None:
    """Whatever a GET opens is in the list of pages, or said to be none."""
    words = defaultdict(lambda: "1", proof="001-2027-000001-26")
    with app.test_request_context():
        match = app.url_map.bind("localhost").match
        paths = {path.format_map(words).split("?")[0] for paths in PAGES.values() for path in paths}
        seen = {match(path)[0] for path in paths - {"/nothing-here"}}
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert opened - NO_PAGES.keys() == seen


@pytest.mark.browser
@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("who", PAGES)
def test_everybody_can_use_every_page(
    phone: Callable[..., BrowserContext], places: dict[str, object], who: str, size: str
) -> None:
    context = phone(who, reduced_motion="reduce")
    context.add_cookies([{"name": "size", "value": size, "url": str(places["town"])}])
    page = context.new_page()
    wrong = {}
    for path in PAGES[who]:
        page.goto(path.format(**places))
        found = list(flaws(page, size))
        if found:
            wrong[path] = found
    assert not wrong

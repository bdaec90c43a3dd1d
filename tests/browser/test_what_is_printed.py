"""Whatever is printed takes as many sheets as it should, and nothing on them is cut."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import long_words
from tests.browser.pages import ORGANIZER, RESIDENT, VISITOR
from tests.support import paper
from tests.support.paper import printed
from volboard.festivals.templates import all_templates

Phones = Callable[..., BrowserContext]
pytestmark = pytest.mark.browser
CUT = """() => [...document.querySelectorAll('.sheet, .sheet *')].filter((one) =>
  one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible'
  || one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 200))"""
"""What does not stand whole on the paper."""
ONE_AFTER_ANOTHER = """async (addresses) => { for (const address of addresses) {
  const text = await (await fetch(address)).text();
  const sheet = new DOMParser().parseFromString(text, 'text/html').querySelector('.sheet');
  document.querySelector('main').append(sheet); } }"""
"""The sheets of other addresses behind the open one, for one print of all."""


@pytest.fixture(scope="module")
def made(instance: Path, places: dict[str, Any]) -> dict[str, Any]:
    """The ready-made events, and the longest of everything."""
    return long_words.written(instance, places)


@pytest.fixture
def desk(phone: Phones) -> Callable[[str], Page]:
    """A computer on which somebody is signed in, to print from."""
    return lambda number: phone(number, is_mobile=False, has_touch=False).new_page()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_ready_made_poster_is_one_sheet(
    language: str, desk: Any, made: dict[str, Any], town: str
) -> None:
    page = desk(VISITOR)
    page.context.add_cookies([{"name": "language", "value": language, "url": town}])
    assert made["ready"].keys() == {one.key for one in all_templates()}
    first, *others = made["ready"].values()
    page.goto(f"/events/{first}/poster")
    page.evaluate(ONE_AFTER_ANOTHER, [f"/events/{one}/poster" for one in others])
    posters = page.locator(".poster")
    assert posters.count() == len(made["ready"])
    titles = {one.title if language == "zh" else one.title_en for one in all_templates()}
    assert set(page.locator(".poster__title").all_inner_texts()) == titles
    assert page.locator(".poster__more").count() == 0, "each whole story has its place"
    assert len(printed(page)) == posters.count()
    paper.as_on_paper(page)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("name", long_words.LONGEST)
def test_the_longest_poster_is_one_sheet_with_everything(
    name: str, desk: Any, made: dict[str, Any]
) -> None:
    title, place, story = long_words.LONGEST[name]
    page = desk(VISITOR)
    page.goto(f"/events/{made['longest'][name]}/poster")
    assert len(printed(page)) == 1
    paper.as_on_paper(page)
    assert page.evaluate(CUT) == []
    assert page.locator(".poster__title").inner_text() == title.strip()
    assert page.locator(".poster__place").inner_text() == place.strip()
    assert page.locator(".poster__more").count() == bool(story), "it says where the rest is"
    size = page.locator(".poster__code svg").bounding_box()
    assert size is not None
    assert size["width"] > 200, "a code of five centimetres is read from a step away"


def test_what_does_not_fit_is_seen_by_this_test(desk: Any, made: dict[str, Any]) -> None:
    page = desk(VISITOR)
    page.goto(f"/events/{made['longest']['han']}/poster")
    page.locator(".poster").evaluate("one => one.style.cssText = 'height: 400mm'")
    assert len(printed(page)) == 2
    page.locator(".poster").evaluate("one => one.style.cssText = 'height: 150mm'")
    paper.as_on_paper(page)
    assert page.evaluate(CUT) != []


def test_the_code_for_the_door_is_one_sheet(desk: Any, made: dict[str, Any]) -> None:
    page = desk(ORGANIZER)
    page.goto(f"/organize/shifts/{made['crowded']}/venue-code/poster")
    assert len(printed(page)) == 1
    paper.as_on_paper(page)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize(("address", "number", "sheets"), [
    ("/organize/shifts/{crowded}/sheet", ORGANIZER, 4),
    ("/organize/shifts/{crowded}/sheet?type=large", ORGANIZER, 6),
    ("/organize/rosters/import/{bad}/bad", ORGANIZER, 13),
])  # fmt: skip
def test_a_list_takes_the_sheets_it_needs_each_with_its_head(
    address: str, number: str, sheets: int, desk: Any, made: dict[str, Any]
) -> None:
    page = desk(number)
    page.goto(address.format(**made))
    found = printed(page)
    assert len(found) == sheets
    head = "".join(page.locator("thead th").all_inner_texts()).replace(" ", "")
    first_of_second = found[1].glyphs[: len(head)]
    assert all(sheet.says(first_of_second) for sheet in found), "its head stands on each"
    assert all(len(sheet.glyphs) > len(head) for sheet in found[:-1]), "none is empty"
    paper.as_on_paper(page)
    assert page.evaluate(CUT) == []


def test_a_list_without_heads_is_seen_by_this_test(desk: Any, made: dict[str, Any]) -> None:
    page = desk(ORGANIZER)
    page.goto(f"/organize/shifts/{made['crowded']}/sheet")
    with_heads = printed(page)
    page.locator("thead").evaluate("one => one.style.display = 'table-row-group'")
    head = with_heads[1].glyphs[:14]
    assert not printed(page)[1].says(head)


def test_the_codes_of_a_household_stand_whole_on_their_sheets(
    desk: Any, made: dict[str, Any]
) -> None:
    page = desk(RESIDENT)
    page.goto("/me/code/slips")
    slips = page.locator(".code-slips > li").count()
    assert slips > long_words.FAMILY
    found = printed(page)
    assert len(found) == -(-slips // 9)
    assert all(sheet.glyphs for sheet in found)


def test_a_proof_takes_the_sheets_that_its_lines_need(
    desk: Any, places: dict[str, Any], made: dict[str, Any]
) -> None:
    page = desk(ORGANIZER)
    page.goto(f"/certificates/{places['proof']}")
    found = printed(page)
    paper.as_on_paper(page)
    high = page.locator(".proof").evaluate("one => one.scrollHeight")
    assert len(found) == -(-high // paper.A4_HIGH)
    assert all(len(sheet.glyphs) > 100 for sheet in found)

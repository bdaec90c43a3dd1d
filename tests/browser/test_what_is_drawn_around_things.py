"""Whatever is drawn outside of its box is seen whole: the ring around what the keyboard stands
on, and the seal that sticks out of its slip. Told by comparing pixels."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext, Page

from tests.browser.pages import RESIDENT, VISITOR
from tests.support.live import PHONE
from tests.support.waiting import until

MOST_TABS = 200
OF_A_KIND = 2
"""So many of a kind are looked at: the first of a list, and one that has neighbours."""
FULL = 0.6
"""Of an edge of the ring, for its corners are round. Of a side that is cut, a tenth is left."""
NOISE = 32
"""Of 255: a curve drawn a second time may differ by less."""
KINDS = {".skip", ".brand", ".display__button", ".tab__link", ".filters__summary", ".field__input",
         ".choice__input", ".button", ".slip__link", ".back"}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE},
    "narrow": {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
    "desk": {"viewport": {"width": 1280, "height": 844}, "is_mobile": False, "has_touch": False},
}
SIZES = {"phone": "normal", "narrow": "large", "desk": "normal"}
FOCUSED = """() => { const e = document.activeElement;
  return e === document.body ? '' : e.classList.length ? '.' + e.classList[0] : e.localName; }"""
RING = "show => document.documentElement.style.setProperty('--focus', show ? '' : 'transparent')"
SEALS = """() => [...document.querySelectorAll('.board .seal')].map(seal => {
  seal.scrollIntoView({block: 'center'});
  const slip = seal.closest('li').getBoundingClientRect(), own = seal.getBoundingClientRect();
  return own.bottom > slip.bottom + 1 || own.top < slip.top - 1; })"""
SHOW_SEAL = """number => { const seal = document.querySelectorAll('.board .seal')[number];
  seal.scrollIntoView({block: 'center'}); return seal.closest('li').getBoundingClientRect(); }"""
UNCLIPPED = """([number, free]) => {
  const slip = document.querySelectorAll('.board .seal')[number].closest('li');
  slip.style.contentVisibility = free ? 'visible' : '';
  slip.style.contain = free ? 'layout style' : ''; }"""
"""Laid out for itself as before, so that not a pixel moves, but not clipped."""
AROUND = 40
"""Points around a slip: more than anything sticks out of it."""


def picture(page: Page, **options: Any) -> Image.Image:
    """What is seen once nothing moves any more: two pictures that are the same."""
    taken = [_picture(page, **options)]

    def is_still() -> bool:
        taken.append(_picture(page, **options))
        return differences(*taken[-2:]).getbbox() is None

    until(is_still, "two pictures that are the same")
    return taken[-1]


def _picture(page: Page, **options: Any) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(**options))).convert("RGB")


def ring(page: Page) -> Image.Image:
    """White where the ring around what has the focus is drawn, black elsewhere."""
    with_ring = picture(page)
    page.evaluate(RING, False)
    without = picture(page)
    page.evaluate(RING, True)
    return differences(with_ring, without)


def differences(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where two pictures of the same size differ, black elsewhere."""
    apart = ImageChops.difference(one, other).convert("L")
    return apart.point(lambda value: 255 * (value > NOISE))


def missing_sides(drawn: Image.Image) -> list[str]:
    """The sides on which the ring is not there from end to end."""
    box = drawn.getbbox()
    if box is None:
        return ["all"]
    left, top, right, bottom = box
    inner = 2  # of the line's three points: the outermost may fall between two pixels
    edges = {
        "left": (left + 1, top, left + inner, bottom),
        "right": (right - inner, top, right - 1, bottom),
        "top": (left, top + 1, right, top + inner),
        "bottom": (left, bottom - inner, right, bottom - 1),
    }
    return [side for side, edge in edges.items() if share(drawn.crop(edge)) < FULL]


def share(edge: Image.Image) -> float:
    """How much of it is white, 0 to 1."""
    return edge.histogram()[255] / (edge.width * edge.height)


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def board(phone: Callable[..., BrowserContext], town: str, look: str) -> Callable[[str], Page]:
    """Open the board of somebody with this number, in this look."""

    def open_board(number: str) -> Page:
        context = phone(number, reduced_motion="reduce", **LOOKS[look])
        context.add_cookies([{"name": "size", "value": SIZES[look], "url": town}])
        page = context.new_page()
        page.goto("/", wait_until="load")
        return page

    return open_board


@pytest.mark.browser
def test_the_ring_is_seen_on_all_four_sides_of_whatever_the_keyboard_stands_on(
    board: Callable[[str], Page],
) -> None:
    page = board(VISITOR)
    seen: Counter[str] = Counter()
    cut = []
    for kind in tabbing(page):
        seen[kind] += 1
        if kind == ".filters__summary":
            page.keyboard.press("Enter")
        if seen[kind] <= OF_A_KIND and (sides := missing_sides(ring(page))):
            cut.append(f"{kind} {seen[kind]}: {sides}")
    assert not cut
    assert seen.keys() >= KINDS, "each kind of thing on the board was reached"


@pytest.mark.browser
def test_a_seal_looks_the_same_as_on_a_slip_that_clips_nothing(
    board: Callable[[str], Page], look: str
) -> None:
    page = board(RESIDENT)
    sticks_out = page.evaluate(SEALS)
    assert sticks_out
    assert any(sticks_out) == (look != "desk"), "on a phone a seal reaches over its slip's edge"
    for number in range(len(sticks_out)):
        clipped = around_seal(page, number)
        page.evaluate(UNCLIPPED, [number, True])
        free = around_seal(page, number)
        page.evaluate(UNCLIPPED, [number, False])
        assert differences(clipped, free).getbbox() is None


def tabbing(page: Page) -> Iterator[str]:
    """The kinds of what the Tab key reaches, one after the other, once round the page."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        kind = str(page.evaluate(FOCUSED))
        if not kind:
            return
        yield kind
    raise AssertionError(f"the page goes on after {MOST_TABS} steps")


def around_seal(page: Page, number: int) -> Image.Image:
    """The slip of this seal with what is drawn around it."""
    slip = page.evaluate(SHOW_SEAL, number)
    width = page.evaluate("document.documentElement.clientWidth")
    clip = {"x": 0, "y": max(0, slip["y"] - AROUND), "width": width,
            "height": slip["height"] + 2 * AROUND}  # fmt: skip
    return picture(page, clip=clip)

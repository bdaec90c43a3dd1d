"""Sign up, be checked in, be credited, give a place back: with a finger, with the keyboard
alone, and with JavaScript off."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.pages import ORGANIZER, RESIDENT

BEYOND = "13800000003"
"""An organizer of the other community, whose gate no other test needs open."""
MOST_TABS = 120
FOCUSED = """() => document.activeElement.matches('a, button, summary')
  ? document.activeElement.innerText : ''"""


@dataclass
class Hand:
    """Somebody's way of pressing and typing."""

    page: Page

    def press(self, words: str) -> None:
        """Press the first button, link or fold inside the page with these words."""
        pressable(self.page, words).tap()

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(f"main [name={name}]:visible").first.tap()
        self.page.keyboard.type(text)


class Mouse(Hand):
    """A desk's mouse; also what works without JavaScript."""

    def press(self, words: str) -> None:
        pressable(self.page, words).click()

    def write(self, name: str, text: str) -> None:
        self.page.locator(f"main [name={name}]:visible").first.fill(text)


class Keys(Hand):
    """The keyboard alone: Tab until it is there, then Enter."""

    def press(self, words: str) -> None:
        self.tab_to(lambda: words in str(self.page.evaluate(FOCUSED)), words)
        self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        self.tab_to(lambda: self.page.evaluate("() => document.activeElement?.name") == name, name)
        self.page.keyboard.type(text)

    def tab_to(self, there: Callable[[], bool], what: str) -> None:
        for _step in range(MOST_TABS):
            if there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never came to {what!r} on {self.page.url}")


def pressable(page: Page, words: str) -> Locator:
    """The first button, link or fold with these words, in what was just said or in the page."""
    pressed = page.locator("#notices, main").locator("button, a, summary")
    return pressed.filter(has_text=words).locator("visible=true").first


WAYS = {
    "a finger": (Hand, True),
    "the keyboard": (Keys, True),
    "no JavaScript": (Mouse, False),
}
NUMBERS = {"a finger": "15100000011", "the keyboard": "15100000022", "no JavaScript": "15100000033"}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """One way of using a phone."""
    return str(request.param)


def hand(phone: Callable[..., BrowserContext], way: str, number: str = "") -> Hand:
    """A phone of this person, used in this way."""
    kind, scripts = WAYS[way]
    return kind(phone(number, java_script_enabled=scripts).new_page())


@pytest.mark.browser
def test_a_neighbour_signs_up_and_is_checked_in(
    phone: Callable[..., BrowserContext], places: dict[str, object], way: str
) -> None:
    number, name = NUMBERS[way], "新邻居" + "甲乙丙"[list(WAYS).index(way)]
    event, shift = places["event"], places["shift"]
    neighbour = hand(phone, way)
    neighbour.page.goto(f"/shifts/{int(str(shift)) + 1}/sign-up")
    neighbour.write("name", name)
    neighbour.write("phone", number)
    neighbour.press("报名")
    neighbour.page.wait_for_url(f"**/events/{event}**")
    expect(neighbour.page.locator("main .seal").first).to_contain_text("已报名")

    organizer = hand(phone, way, ORGANIZER)
    organizer.page.goto(f"/organize/shifts/{int(str(shift)) + 1}/gate")
    organizer.write("q", number[-4:])
    if way == "no JavaScript":
        organizer.press("查找")
    row = organizer.page.locator("#gate-answer li, #gate-answer .gate-row").first
    expect(row).to_contain_text("新*")
    organizer.press("签到")
    expect(organizer.page.locator("#gate-answer")).to_contain_text("已签到")

    neighbour.page.reload()
    expect(neighbour.page.locator("main .seal").first).to_contain_text("已签到")


@pytest.mark.browser
def test_a_resident_gives_a_place_back(phone: Callable[..., BrowserContext], way: str) -> None:
    resident = hand(phone, way, RESIDENT)
    resident.page.goto("/me")
    ways_out = resident.page.locator("main summary").filter(has_text=re.compile("不[去排]了"))
    before = ways_out.count()
    assert before > 0, "the demonstration gives this household something to cancel"
    resident.press("不去了")
    resident.press("确定不去")
    expect(resident.page.locator(".notice")).to_contain_text("取消了")
    expect(ways_out).to_have_count(before - 1)
    resident.press("撤销")
    answer = resident.page.locator(".notice")
    expect(answer).to_contain_text(re.compile("报上了|先排候补第"))  # a neighbour may sit there now
    expect(ways_out).to_have_count(before)


@pytest.mark.browser
def test_a_volunteer_reads_every_line_of_their_hours(
    phone: Callable[..., BrowserContext], way: str
) -> None:
    volunteer = hand(phone, way, RESIDENT)
    volunteer.page.goto("/me")
    volunteer.press("服务时长")
    volunteer.page.wait_for_url("**/me/hours")
    expect(volunteer.page.locator("main")).to_contain_text("由")
    expect(volunteer.page.locator("main")).to_contain_text("签到")


@pytest.mark.browser
def test_an_organizer_closes_the_gate_and_whoever_came_is_credited(
    phone: Callable[..., BrowserContext],
) -> None:
    organizer = hand(phone, "a finger", BEYOND)
    organizer.page.goto("/organize")
    organizer.press("门口签到")
    organizer.page.wait_for_url("**/gate")
    organizer.press("活动结束，关门")
    organizer.page.locator("main .confirm[open] button").tap()
    expect(organizer.page.locator("main")).to_contain_text("已记时长")
    expect(organizer.page.locator("main")).to_contain_text("未到")

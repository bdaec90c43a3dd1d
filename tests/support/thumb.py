"""A thumb on a phone: it touches what it sees, and swipes where it does not see it yet."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.support.waiting import until

TOP, BOTTOM = 8, 770
"""Between these lines of the screen nothing covers what stands there."""
SWIPE = 620
MOST_SWIPES = 30


@dataclass
class Thumb:
    """Counts every touch, a swipe as well as a tap."""

    page: Page
    touches: int = 0
    swipes: int = 0

    def tap(self, target: Locator) -> None:
        """Bring it onto the screen as a person would, and touch it."""
        target.wait_for(state="visible")
        while (distance := self._off_screen(target)) and self.swipes < MOST_SWIPES:
            self._swipe(target, distance)
        self.touches += 1
        target.tap()

    def _off_screen(self, target: Locator) -> int:
        """How far the middle of it lies above (negative) or below the screen."""
        middle = middle_of(target)
        return int(min(middle - TOP, 0) or max(middle - BOTTOM, 0))

    def _swipe(self, target: Locator, distance: int) -> None:
        self.touches += 1
        self.swipes += 1
        before = middle_of(target)
        self.page.mouse.wheel(0, SWIPE if distance > 0 else -SWIPE)
        until(lambda: middle_of(target) != before, f"a page that moves under {target}")


def middle_of(target: Locator) -> float:
    """The line of the screen, in points from its top, on which the middle of it lies."""
    box = target.bounding_box()
    assert box is not None, f"nowhere on the page: {target}"
    return box["y"] + box["height"] / 2

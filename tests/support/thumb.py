"""A thumb on a phone: it touches what it sees, and swipes where it does not see it yet."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

TOP, BOTTOM = 8, 770
"""Between these lines of the screen nothing covers what stands there."""
SWIPE = 620
SETTLES = 150
"""Milliseconds until a page stands still again."""
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
            self._swipe(distance)
        self.touches += 1
        target.tap()

    def _off_screen(self, target: Locator) -> int:
        """How far the middle of it lies above (negative) or below the screen."""
        box = target.bounding_box()
        assert box is not None, f"nowhere on the page: {target}"
        middle = box["y"] + box["height"] / 2
        return int(min(middle - TOP, 0) or max(middle - BOTTOM, 0))

    def _swipe(self, distance: int) -> None:
        self.touches += 1
        self.swipes += 1
        self.page.mouse.wheel(0, SWIPE if distance > 0 else -SWIPE)
        self.page.wait_for_timeout(SETTLES)

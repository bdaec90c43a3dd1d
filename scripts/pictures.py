"""Take the README's pictures again: the board, an event, the gate and the hours on a phone."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.pages import ORGANIZER, RESIDENT, objects
from tests.support import live
from volboard.demo.people import PASSWORD

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def phone(browser: Browser, address: str, number: str = "") -> Page:
    """A phone, signed in if a number is given."""
    context = browser.new_context(viewport=live.PHONE, locale="zh-CN", base_url=address)
    page = context.new_page()
    if number:
        page.goto("/sign-in")
        page.fill("input[name=phone]", number)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/me")
    return page


def take(page: Page, path: str, name: str) -> None:
    """Open a page and keep what the phone shows of it."""
    page.goto(path)
    page.wait_for_timeout(300)
    page.screenshot(path=TARGET / f"{name}.png")
    sys.stdout.write(f"docs/pictures/{name}.png\n")


def main() -> None:
    """Make a town, serve it, and look at it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        town = live.demo_town(Path(folder))
        ids = objects(town / "volboard.sqlite3")
        with live.serving(town) as address, live.chromium() as browser:
            visitor, organizer = phone(browser, address), phone(browser, address, ORGANIZER)
            take(visitor, "/", "board")
            take(visitor, f"/events/{ids['event']}", "event")
            take(organizer, f"/organize/shifts/{ids['shift']}/gate?q=1", "gate")
            take(phone(browser, address, RESIDENT), "/me/hours", "hours")


main()

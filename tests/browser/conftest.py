"""One server with demonstration data and one Chromium for the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support import live
from volboard.demo.people import PASSWORD


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a copy of the demonstration data."""
    made = live.demo_town(tmp_path_factory.getbasetemp().parent / "shared")
    instance = tmp_path_factory.mktemp("town")
    shutil.copy(made / "volboard.sqlite3", instance)
    with live.serving(instance) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with live.chromium() as browser:
        yield browser


@pytest.fixture
def phone(browser: Browser, town: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open a phone of 390 by 844 points; options as Playwright's `new_context` takes them."""
    opened: list[BrowserContext] = []

    def open_phone(**options: object) -> BrowserContext:
        settings = {"viewport": live.PHONE, "has_touch": True, "is_mobile": True,
                    "locale": "zh-CN", "base_url": town}  # fmt: skip
        context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_phone
    for context in opened:
        context.close()


def sign_in(page: Page, number: str) -> None:
    """Sign a demonstration account in through the page."""
    page.goto("/sign-in")
    page.fill("input[name=phone]", number)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/me")

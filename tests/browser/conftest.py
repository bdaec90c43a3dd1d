"""For the tests of each file a server with fresh demonstration data; for all one Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.gatehouse import Gatehouse
from tests.browser.made import made
from tests.browser.pages import objects
from tests.support import live
from volboard.demo.people import PASSWORD


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the demonstration data."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = live.demo_town(shared / "shared")
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(made / "volboard.sqlite3", folder)
    return folder


@pytest.fixture(scope="module")
def town(instance: Path) -> Iterator[str]:
    """The address of a server on the demonstration data."""
    with live.serving(instance) as address:
        yield address


@pytest.fixture(scope="module")
def places(instance: Path, town: str) -> dict[str, object]:
    """The ids that stand in the paths of `pages.PAGES`."""
    known = objects(instance / "volboard.sqlite3")
    return known | made(instance, known) | {"town": town}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with live.chromium() as browser:
        yield browser


@pytest.fixture
def house(built: Path, tmp_path: Path, browser: Browser) -> Iterator[Gatehouse]:
    """A gate of today, with its own server."""
    shutil.copy(built, tmp_path / "volboard.sqlite3")
    house = Gatehouse(tmp_path, browser)
    yield house
    house.close()


@pytest.fixture(scope="module")
def keys(browser: Browser, town: str) -> Callable[[str], StorageState | None]:
    """The cookies of a demonstration account, which signs in through the page once."""
    known: dict[str, StorageState] = {}

    def of(number: str) -> StorageState | None:
        if number and number not in known:
            context = live.a_context(browser, base_url=town, locale="zh-CN")
            sign_in(context.new_page(), number)
            known[number] = context.storage_state()
            context.close()
        return known.get(number)

    return of


@pytest.fixture
def phone(
    browser: Browser, town: str, keys: Callable[[str], StorageState | None]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open the phone, 390 by 844 points, of the account with this number (empty: a visitor);
    further options as Playwright's `new_context` takes them."""
    opened: list[BrowserContext] = []

    def open_phone(number: str = "", **options: Any) -> BrowserContext:
        settings: dict[str, Any] = {"viewport": live.PHONE, "has_touch": True, "is_mobile": True,
                                    "locale": "zh-CN", "base_url": town}  # fmt: skip
        context = live.a_context(browser, storage_state=keys(number), **(settings | options))
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

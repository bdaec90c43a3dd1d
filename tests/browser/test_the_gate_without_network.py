"""The network goes in the middle of the morning: the gate goes on, and nothing is lost or
counted twice when it is back."""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.gatehouse import Gatehouse, check_in, stored
from tests.support.cast import OLGA, OTTO

pytestmark = pytest.mark.browser
SENT = "SELECT count(*), count(DISTINCT nonce), count(DISTINCT attendance_id) FROM attendance_log"
STATES = "SELECT state, count(*) FROM attendances GROUP BY state ORDER BY state"


@pytest.fixture
def house(built: Path, tmp_path: Path, browser: Browser) -> Iterator[Gatehouse]:
    """A gate of today, with its own server."""
    shutil.copy(built, tmp_path / "volboard.sqlite3")
    house = Gatehouse(tmp_path, browser)
    yield house
    house.close()


def bar(page: Page) -> object:
    return expect(page.locator("#offline-state"))


def cut(house: Gatehouse, phone: BrowserContext, way: str) -> None:
    phone.set_offline(True) if way == "no network" else house.stop()


def mend(house: Gatehouse, phone: BrowserContext, way: str) -> None:
    phone.set_offline(False) if way == "no network" else house.start()


@pytest.mark.parametrize("way", ["no network", "no server"])
def test_twenty_people_are_checked_in_without_a_network_and_sent_once(
    house: Gatehouse, way: str
) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    cut(house, phone, way)
    for number in range(1001, 1011):
        check_in(page, number)
    expect(page.locator("#offline-state")).to_contain_text("没有网络：照常签到")
    expect(page.locator("#offline-state")).to_contain_text("10 条等着上传")
    page.close()

    page = phone.new_page()
    page.goto(house.gate)
    expect(page.locator("h1")).to_contain_text("社区清洁日")
    expect(page.locator("#offline-state")).to_contain_text("10 条等着上传")
    for number in range(1011, 1021):
        check_in(page, number)
    expect(page.locator("#gate-count")).to_contain_text("20 已到")
    page.close()
    assert house.ask(STATES) == []

    page = phone.new_page()
    page.goto(house.gate)
    expect(page.locator("#offline-state")).to_contain_text("20 条等着上传")
    mend(house, phone, way)
    expect(page.locator("#offline-state")).to_contain_text("20 条已上传", timeout=60_000)
    assert stored(page, "scans") == []
    page.goto(house.gate)
    expect(page.locator("#gate-count")).to_contain_text("20 已到")
    expect(page.locator("#offline-ready")).to_contain_text("名单已存好")
    assert house.ask(SENT) == [(20, 20, 20)]
    assert house.ask(STATES) == [("present", 20)]

"""Telephones in the dark, web views without a service worker, and letters on their way to signs."""

import io
from collections.abc import Callable, Mapping

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, expect

from tests.browser.pages import ORGANIZER, RESIDENT
from tests.certificates.decoding import codes_in

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]
Places = Mapping[str, object]
WITHOUT = "delete Navigator.prototype.serviceWorker"


@pytest.mark.parametrize("path", ["/me/code", "/me/code/slips"])
def test_a_code_on_a_dark_page_is_black_on_white_with_its_margin(phone: Phone, path: str) -> None:
    page = phone(RESIDENT, color_scheme="dark", device_scale_factor=2).new_page()
    page.goto(path)
    code = page.locator(".code-sheet svg").first
    picture = code.screenshot()
    assert codes_in(picture)
    with Image.open(io.BytesIO(picture)) as drawn:
        grey = drawn.convert("L")
        assert isinstance(corner := grey.getpixel((3, 3)), int)
        assert corner > 240, "the quiet margin is light"
        lightest, darkest = max(grey.get_flattened_data()), min(grey.get_flattened_data())
    assert (lightest > 240, darkest < 30) == (True, True)


def test_a_gate_in_a_web_view_without_a_service_worker_lets_people_in(
    phone: Phone, places: Places
) -> None:
    context = phone(ORGANIZER)
    context.add_init_script(WITHOUT)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"/organize/shifts/{places['shift']}/gate")
    assert page.evaluate("!('serviceWorker' in navigator)")
    page.fill("#search-q", "1")
    expect(page.locator("#gate-answer .gate-row").first).to_be_visible()
    page.fill("#search-q", "")
    expect(page.locator("#search-q")).to_be_focused()
    assert faults == []


def test_a_search_waits_for_nothing_while_pinyin_becomes_signs(
    phone: Phone, places: Places
) -> None:
    context = phone(ORGANIZER)
    page = context.new_page()
    page.goto(f"/organize/shifts/{places['shift']}/gate?q=1")
    name = page.locator("#gate-answer .gate-row").first.locator(".person__name, b").first
    sign = name.inner_text()[0]
    page.goto(f"/organize/shifts/{places['shift']}/gate")
    page.locator("#search-q").focus()
    keyboard = context.new_cdp_session(page)
    for letters in ("w", "wa", "wan", "wang"):
        keyboard.send("Input.imeSetComposition",
                      {"text": letters, "selectionStart": len(letters),
                       "selectionEnd": len(letters)})  # fmt: skip
    assert page.input_value("#search-q") == "wang"
    keyboard.send("Input.insertText", {"text": sign})
    expect(page.locator("#search-q")).to_have_value(sign)
    expect(page.locator("#gate-answer .gate-row").first).to_contain_text(sign)
    expect(page.locator("#search-q")).to_be_focused()

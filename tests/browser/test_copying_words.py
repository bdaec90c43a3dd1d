"""发到群里 and the other buttons that copy, on telephones that do not let a page copy."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import RESIDENT

pytestmark = pytest.mark.browser
Phone = Callable[..., BrowserContext]
Places = Mapping[str, object]
KEPT = """addEventListener("copy", () => {
  const { value, selectionStart, selectionEnd } = document.activeElement;
  window.kept = value.slice(selectionStart, selectionEnd);
});"""
NO = "new DOMException('no', 'NotAllowedError')"
CLIPBOARDS = {
    "refuses": f"navigator.clipboard.writeText = () => Promise.reject({NO})",
    "throws": "navigator.clipboard.writeText = () => { throw new TypeError('no') }",
    "is absent": "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    "never answers": "navigator.clipboard.writeText = () => new Promise(() => {})",
}
COMMANDS = {
    "is refused": "document.execCommand = () => false",
    "throws": "document.execCommand = () => { throw new Error('no') }",
    "is absent": "document.execCommand = undefined",
}
BY_HAND = "请按住上面的字，复制。"


def opened(phone: Phone, url: str, *scripts: str, number: str = "") -> Page:
    """A page on a telephone of which these scripts say what it lets pages do."""
    context = phone(number)
    context.add_init_script(";\n".join((KEPT, *scripts)))
    page = context.new_page()
    page.goto(url)
    return page


def selected(page: Page, box: str) -> str:
    """What is selected in the box, if the box is what the person is at."""
    return str(page.evaluate("""(id) => {
      const box = document.activeElement;
      return box.id === id ? box.value.slice(box.selectionStart, box.selectionEnd) : ""
    }""", box))  # fmt: skip


def test_a_clipboard_that_takes_the_words_has_them_once(phone: Phone, places: Places) -> None:
    into = "navigator.clipboard.writeText = async (text) => { window.kept = text }"
    page = opened(phone, f"/events/{places['event']}/share", into)
    page.get_by_role("button", name="发到群里").click()
    expect(page.get_by_role("button", name="已复制，去粘贴到群里")).to_be_visible()
    words = page.input_value("#share-words")
    assert page.evaluate("window.kept") == words
    assert words.count("http") == 1


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_a_clipboard_that_fails_is_passed_by(phone: Phone, places: Places, clipboard: str) -> None:
    page = opened(phone, f"/events/{places['event']}/share", CLIPBOARDS[clipboard])
    page.get_by_role("button", name="发到群里").click()
    expect(page.get_by_role("button", name="已复制，去粘贴到群里")).to_be_visible()
    assert page.evaluate("window.kept") == page.input_value("#share-words")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("clipboard", ["refuses", "is absent"])
def test_where_both_ways_fail_the_words_are_selected_and_nothing_is_said_to_be_copied(
    phone: Phone, places: Places, clipboard: str, command: str
) -> None:
    scripts = CLIPBOARDS[clipboard], COMMANDS[command]
    page = opened(phone, f"/events/{places['event']}/share", *scripts)
    page.get_by_role("button", name="发到群里").click()
    expect(page.locator("main")).to_contain_text(BY_HAND)
    expect(page.locator("#share-words + #copy-by-hand")).to_be_visible()
    assert selected(page, "share-words") == page.input_value("#share-words")
    page.get_by_role("button", name="发到群里").click()
    expect(page.locator("#copy-by-hand")).to_have_count(1)
    assert "已复制" not in page.inner_text("body")


def test_a_button_without_a_box_of_words_gets_one(phone: Phone, places: Places) -> None:
    scripts = CLIPBOARDS["refuses"], COMMANDS["is refused"]
    path = f"/signups/{places['own_seat']}/hand-over"
    page = opened(phone, path, *scripts, number=RESIDENT)
    if page.locator("[data-share]").count() == 0:
        page.locator("main form button").first.click()
    page.locator("[data-share]").click()
    expect(page.locator("#words-to-copy + #copy-by-hand")).to_have_text(BY_HAND)
    words = selected(page, "words-to-copy")
    assert words.startswith("我去不了了")
    assert "/hand-over/" in words
    assert "已复制" not in page.inner_text("body")


def test_the_address_of_a_calendar_is_copied_or_selected(phone: Phone, places: Places) -> None:
    scripts = CLIPBOARDS["is absent"], COMMANDS["is refused"]
    page = opened(phone, "/me/calendar", *scripts, number=RESIDENT)
    page.get_by_role("button", name="生成日历链接").click()
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator("#feed-url + #copy-by-hand")).to_have_text(BY_HAND)
    assert selected(page, "feed-url") == page.input_value("#feed-url")


def test_a_share_sheet_that_is_refused_is_no_end_and_one_that_is_closed_is(
    phone: Phone, places: Places
) -> None:
    for name, said in (("NotAllowedError", "已复制，去粘贴到群里"), ("AbortError", "发到群里")):
        sheet = f"navigator.share = () => Promise.reject(new DOMException('no', '{name}'))"
        into = "navigator.clipboard.writeText = async (text) => { window.kept = text }"
        page = opened(phone, f"/events/{places['event']}/share", sheet, into)
        page.locator("[data-share]").click()
        expect(page.locator("[data-share]")).to_have_text(said)

"""A proof on a real phone: asked for by keyboard, without scripts, kept as a picture, printed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import ORGANIZER, RESIDENT
from tests.certificates.decoding import codes_in

Phones = Callable[..., BrowserContext]
pytestmark = pytest.mark.browser


@pytest.fixture
def holder(phone: Phones) -> Page:
    """A resident on the page of their proofs."""
    page = phone(RESIDENT).new_page()
    page.goto("/me/certificates")
    return page


def ask(page: Page) -> None:
    """Choose the first of the household and press."""
    page.locator("input[name=who]").first.check(force=True)
    page.get_by_role("button", name="开证明").click()
    page.wait_for_url("**/certificates/*-*")


def test_a_proof_is_asked_for_by_keyboard_alone(holder: Page) -> None:
    holder.locator("input[name=who]").first.focus()
    holder.keyboard.press("Space")
    holder.locator("input[name=who]").first.press("Enter")
    holder.wait_for_url("**/certificates/*-*")
    expect(holder.get_by_role("heading", level=1)).to_have_text("志愿服务记录证明（本社区出具）")


def test_without_scripts_the_proof_is_issued_read_and_checked(phone: Phones) -> None:
    page = phone(RESIDENT, java_script_enabled=False).new_page()
    page.goto("/me/certificates")
    ask(page)
    number = page.locator(".proof__number").inner_text().removeprefix("编号 ")
    total = page.locator(".proof__words b").last.inner_text()
    stranger = phone(java_script_enabled=False).new_page()
    stranger.goto("/verify")
    stranger.get_by_label("编号").fill(number)
    hours, _, minutes = total.partition("小时")
    stranger.get_by_label("合计多少小时").fill(hours.strip())
    stranger.get_by_label("零多少分").fill(minutes.replace("分", "").strip() or "0")
    stranger.get_by_role("button", name="查验").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("这张证明是真的")
    assert number in stranger.locator("main").inner_text()


def test_a_camera_reads_the_page_and_the_picture(holder: Page, phone: Phones, town: str) -> None:
    ask(holder)
    shown = codes_in(holder.locator(".proof .code-sheet").screenshot())
    holder.get_by_text("存成图片").click()
    picture = holder.locator("details img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1240)
    source = picture.get_attribute("src")
    kept = codes_in(holder.request.get(f"{town}{source}").body())
    assert kept == shown
    assert len(kept) == 1
    stranger = phone().new_page()
    stranger.goto(kept[0])
    expect(stranger.get_by_role("heading", level=1)).to_have_text("这张证明是真的")


def test_the_picture_is_made_only_for_those_who_ask(holder: Page) -> None:
    asked: list[str] = []
    holder.on("request", lambda request: asked.append(request.url))
    ask(holder)
    holder.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith(".png")]


def test_on_paper_there_is_the_proof_and_nothing_else(holder: Page) -> None:
    ask(holder)
    holder.emulate_media(media="print")
    seen = holder.evaluate(
        "[...document.querySelectorAll('main a, main button, main summary, nav, footer, .notice')]"
        ".filter(e => e.checkVisibility({checkVisibilityCSS: true})).map(e => e.outerHTML)"
    )
    assert seen == []
    expect(holder.locator(".proof")).to_be_visible()
    assert codes_in(holder.locator(".proof .code-sheet").screenshot())


def test_a_revoked_proof_loses_its_buttons(phone: Phones, holder: Page) -> None:
    ask(holder)
    desk = phone(ORGANIZER).new_page()
    desk.goto(holder.url.replace("/certificates", "/organize/certificates") + "/revoke")
    desk.get_by_label("原因").fill("写错了")
    desk.get_by_role("button", name="作废").click()
    expect(desk.locator(".proof")).to_contain_text("已作废")
    holder.reload()
    expect(holder.locator(".notice")).to_contain_text("写错了")
    expect(holder.get_by_role("link", name="PDF")).to_have_count(0)

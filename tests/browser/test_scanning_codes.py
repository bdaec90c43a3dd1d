"""What a camera reads on a screen or on paper leads to the page that checks the person in."""

import io
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.pages import ORGANIZER
from tests.support.waiting import until

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
Phone = Callable[..., BrowserContext]


def read(page: Page) -> str:
    """The path that a camera reads off this page; an address of this very site."""
    shown = page.locator("main svg[role=img], .code-sheet svg, .poster__code svg").first

    def codes() -> list[str]:
        try:
            data = shown.screenshot()
        except Error:  # the sheet of a code was exchanged while it was being looked at
            return []
        picture = Image.open(io.BytesIO(data)).convert("L")
        return [code.text for code in zxingcpp.read_barcodes(picture, QR)]

    found = until(codes, f"a code on {page.url}")  # one that grew old is covered until the next
    assert len(found) == 1, f"{found} on {page.url}"
    assert urlsplit(found[0]).netloc == urlsplit(page.url).netloc
    return urlsplit(found[0]).path


def neighbour(phone: Phone, places: dict[str, object], number: str, **options: object) -> Page:
    """A phone whose owner has just signed up for the second shift of the evening."""
    page = phone("", **options).new_page()
    page.goto(f"/shifts/{second(places)}/sign-up")
    page.fill("main [name=name]", "扫码人" + number[-2:])
    page.fill("main [name=phone]", number)
    page.locator("main form button").filter(has_text="报名").first.click()
    page.wait_for_url("**/events/**")
    return page


def second(places: dict[str, object]) -> int:
    """The shift whose gate is open and which has seats left."""
    return int(str(places["shift"])) + 1


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_screens_code_leads_to_the_button_that_checks_in(
    phone: Phone, places: dict[str, object], scripts: bool
) -> None:
    number = f"1520000001{int(scripts)}"
    screen = phone(ORGANIZER, java_script_enabled=scripts).new_page()
    page = neighbour(phone, places, number, java_script_enabled=scripts)
    screen.goto(f"/organize/shifts/{second(places)}/venue-code")
    come_in = page.locator("main button").filter(has_text="签到")

    def is_in_time() -> bool:
        screen.locator("#venue-next").click()
        page.goto(read(screen))
        return come_in.is_visible()

    until(is_in_time, "a code that was scanned before it was too old")
    come_in.click()
    expect(page.locator("main .seal")).to_contain_text("已签到")
    first = read(screen)

    def is_another() -> bool:
        screen.locator("#venue-next").click()
        expect(screen.locator("#venue-code")).to_contain_text("扫*" + number[-1])
        return read(screen) != first

    until(is_another, "the code of another second")


@pytest.mark.browser
def test_a_screen_without_a_network_covers_its_old_code(
    phone: Phone, places: dict[str, object]
) -> None:
    context = phone(ORGANIZER, service_workers="block")
    screen = context.new_page()
    screen.clock.install()
    screen.goto(f"/organize/shifts/{second(places)}/venue-code")
    warning = screen.locator("[data-stale-words]")
    screen.clock.run_for(50_000)
    expect(warning).to_be_hidden()
    context.set_offline(True)

    def is_covered() -> bool:
        screen.clock.run_for(10_000)  # a code that was on its way may still come
        return warning.is_visible()

    until(is_covered, "the cover of an old code")
    context.set_offline(False)
    screen.locator("#venue-next").click()
    expect(warning).to_be_hidden()
    assert read(screen).startswith("/arrive/")


@pytest.mark.browser
def test_the_sheets_code_asks_the_gate_which_confirms(
    phone: Phone, places: dict[str, object]
) -> None:
    gate = phone(ORGANIZER).new_page()
    gate.goto(f"/organize/shifts/{second(places)}/venue-code/poster")
    path = read(gate)
    page = neighbour(phone, places, "15200000033")
    page.goto(path)
    page.locator("main button").filter(has_text="到了").click()
    expect(page.locator("main .seal")).to_contain_text("等确认")
    gate.goto(f"/organize/shifts/{second(places)}/gate")
    row = gate.locator("#gate-arrivals .gate-row").filter(has_text="扫*3")
    row.locator("button").filter(has_text="到了").tap()
    expect(gate.locator("#gate-arrivals .verdict")).to_contain_text("1 人已签到")
    page.reload()
    expect(page.locator("main .seal")).to_contain_text("已签到")


@pytest.mark.browser
def test_a_persons_own_code_leads_an_organizer_to_one_button(
    phone: Phone, places: dict[str, object]
) -> None:
    page = neighbour(phone, places, "15200000044")
    page.goto("/me/code")
    on_screen = read(page)
    page.goto("/me/code/slips")
    assert read(page) == on_screen
    camera = phone(ORGANIZER).new_page()
    camera.goto(on_screen)
    camera.locator("main button").filter(has_text="签到").first.tap()
    expect(camera.locator(".verdict")).to_contain_text("扫*4 已签到")

"""The network goes in the middle of the morning: the gate goes on, and nothing is lost or
counted twice when it is back."""

import signal
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.gatehouse import Gatehouse, check_in, stored
from tests.support.cast import OLGA, OTTO
from tests.support.waiting import until
from volboard.core import clock

pytestmark = pytest.mark.browser
SENT = "SELECT count(*), count(DISTINCT nonce), count(DISTINCT attendance_id) FROM attendance_log"
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys())
      found[new URL(asked.url).pathname] = await (await cache.match(asked)).text();
  }
  return found;
}"""
SLOW_STORE = """() => {
  const { fact } = window.gateStore;
  window.gateStore.fact = async (name) => {
    const found = await fact(name);
    await new Promise((done) => setTimeout(done, 300));
    return found;
  };
}"""
STATES = "SELECT state, count(*) FROM attendances GROUP BY state ORDER BY state"


def cut(house: Gatehouse, phone: BrowserContext, way: str) -> None:
    phone.set_offline(True) if way == "no network" else house.stop()


def mend(house: Gatehouse, phone: BrowserContext, way: str) -> None:
    phone.set_offline(False) if way == "no network" else house.start()


def out(page: Page, number: int) -> None:
    """Look somebody up and check them out."""
    page.fill("#search-q", f"{number:04}")
    row = page.locator("#gate-answer .gate-row", has_text=f"{number:04}")
    row.get_by_role("button", name="签退").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("已签退")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing with this id has the focus."""
    for _step in range(20):
        if page.evaluate("() => document.activeElement.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never came to {name!r}")


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
    expect(page.locator("#offline-state")).to_contain_text("20 条已上传")
    assert stored(page, "scans") == []
    page.goto(house.gate)
    expect(page.locator("#gate-count")).to_contain_text("20 已到")
    expect(page.locator("#offline-ready")).to_contain_text("存好 24 人")
    assert house.ask(SENT) == [(20, 20, 20)]
    assert house.ask(STATES) == [("present", 20)]


def test_two_phones_without_a_network_make_one_attendance_each(house: Gatehouse) -> None:
    olga, otto = house.phone(OLGA), house.phone(OTTO)
    pages = [house.open_gate(olga), house.open_gate(otto)]
    house.stop()
    for number in range(1001, 1006):
        for page in pages:
            check_in(page, number)
    out(pages[0], 1001)
    house.start()
    for page in pages:
        expect(page.locator("#offline-state")).to_contain_text("已上传")
        assert stored(page, "scans") == []
    assert house.ask(STATES) == [("left", 1), ("present", 4)]
    assert house.ask(SENT) == [(11, 11, 5)]
    for page in pages:
        page.goto(house.gate)
        expect(page.locator("#gate-count")).to_contain_text("5 已到")
        expect(page.locator("#gate-count")).to_contain_text("4 在场")


def test_out_back_and_undo_work_without_a_network(house: Gatehouse) -> None:
    page = house.open_gate(house.phone())
    house.stop()
    for number in (1001, 1002, 1003):
        check_in(page, number)
    row = page.locator("#gate-answer .gate-row")
    row.get_by_role("button", name="撤销").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("撤销了")
    out(page, 1001)
    out(page, 1002)
    row.get_by_role("button", name="回来了").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("回来了")
    expect(page.locator("#gate-count")).to_contain_text("1 在场")
    house.start()
    expect(page.locator("#offline-state")).to_contain_text("7 条已上传")
    assert house.ask(STATES) == [("left", 1), ("present", 1), ("undone", 1)]
    assert house.ask("SELECT count(*) FROM attendance_breaks") == [1]


def test_people_are_found_by_digits_name_and_pinyin(house: Gatehouse) -> None:
    page = house.open_gate(house.phone())
    house.stop()
    rows = page.locator("#gate-answer .gate-row")
    for typed, found in {"1005": 1, "１００５": 1, "139 0000 1005": 1, "005": 1, "邻居1007": 2,
                         "lj": 12, "LJ": 12, "zz": 0, "9999": 0, "": 0}.items():  # fmt: skip
        page.fill("#search-q", typed)
        expect(rows, typed).to_have_count(found)
    page.fill("#search-q", "9999")
    expect(page.locator("#gate-answer")).to_contain_text("名单上没有“9999”")


def test_another_account_does_not_send_what_this_one_pressed(house: Gatehouse) -> None:
    phone = house.phone(OLGA)
    page = house.open_gate(phone)
    house.stop()
    check_in(page, 1001)
    page.close()
    house.start()
    house.sign_in(phone, OTTO)
    page = phone.new_page()
    page.goto(house.gate)
    expect(page.locator("#offline-others")).to_contain_text("1 条是 欧*兰 按的")
    until(lambda: stored(page, "lists")[0]["account"] == OTTO.id)
    assert house.ask(SENT) == [(0, 0, 0)]
    assert [scan["account"] for scan in stored(page, "scans")] == [OLGA.id]
    page.close()  # else it may be the one that sends, as soon as she has signed in
    house.sign_in(phone, OLGA)
    page = phone.new_page()
    page.goto(house.gate)
    expect(page.locator("#offline-state")).to_contain_text("1 条已上传")
    expect(page.locator("#offline-others")).to_be_hidden()
    assert house.ask("SELECT checked_in_by FROM attendances") == [OLGA.id]


def test_whoever_was_signed_out_meanwhile_is_asked_to_sign_in(house: Gatehouse) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    house.stop()
    check_in(page, 1001)
    phone.clear_cookies()
    house.start()
    expect(page.locator("#offline-state")).to_contain_text("请登录后上传")
    expect(page.locator("#offline-state")).to_contain_text("1 条等着上传")
    assert stored(page, "lists") == []
    house.sign_in(phone, OLGA)
    page.goto(house.gate)
    expect(page.locator("#offline-state")).to_contain_text("1 条已上传")
    assert house.ask(STATES) == [("present", 1)]


def test_signing_out_takes_the_lists_away_and_keeps_what_was_not_sent(house: Gatehouse) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    page.route("**/scans", lambda route: route.abort())
    page.route("**/check-in", lambda route: route.abort())
    check_in(page, 1001)
    assert len(stored(page, "lists")) == 1
    page.unroute("**/check-in")
    page.goto("/me")
    page.get_by_role("button", name="退出登录").tap()
    page.wait_for_url(f"{house.address}/")
    assert stored(page, "lists") == stored(page, "facts") == []
    assert [scan["action"] for scan in stored(page, "scans")] == ["in"]
    assert house.ask(SENT) == [(0, 0, 0)]


def test_a_half_typed_walk_in_outlives_the_tab(house: Gatehouse) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    house.stop()
    page.fill("#search-q", "王大妈")
    page.fill("#gate-answer [name=phone]", "1391234")
    expect(page.locator("#gate-answer [name=name]")).to_have_value("王大妈")
    until(lambda: {"name": "王大妈", "phone": "1391234"} in stored(page, "facts"), "a kept draft")
    page.close()

    page = phone.new_page()
    page.goto(house.gate)
    expect(page.locator("#gate-answer [name=phone]")).to_have_value("1391234")
    page.get_by_role("button", name="报名并签到").tap()
    expect(page.locator("#offline-phone-error")).to_contain_text("11 位")
    expect(page.locator("#gate-answer [name=phone]")).to_be_focused()
    assert stored(page, "scans") == []
    page.fill("#gate-answer [name=phone]", "139 1234 5678")
    page.get_by_role("button", name="报名并签到").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("王*妈 已签到")
    page.locator("#gate-answer .gate-row").get_by_role("button", name="签退").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("王*妈 已签退")
    house.start()
    expect(page.locator("#offline-state")).to_contain_text("2 条已上传")
    came = "SELECT v.name, a.state FROM attendances a JOIN volunteers v ON v.id = a.volunteer_id"
    assert house.ask(came) == [("王大妈", "left")]
    page.goto(house.gate)
    expect(page.locator("#phone")).to_have_value("")


def test_whoever_types_a_walk_in_when_the_network_goes_types_on(house: Gatehouse) -> None:
    page = house.open_gate(house.phone())
    page.get_by_text("现场报名").tap()
    page.locator("#gate-answer [name=name]").tap()
    page.keyboard.type("王大妈")
    page.locator("#gate-answer [name=phone]").tap()
    page.keyboard.type("139")
    page.evaluate(SLOW_STORE)
    house.stop()
    page.get_by_role("link", name="刷新人数").dispatch_event("click")
    expect(page.locator("#offline-state")).to_contain_text("没有网络")
    page.keyboard.type("12345678", delay=100)
    expect(page.locator("#gate-answer [name=phone]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gate-answer .verdict")).to_contain_text("王*妈 已签到")
    assert [scan["phone"] for scan in stored(page, "scans")] == ["13912345678"]


def test_what_the_server_refuses_stays_until_somebody_has_read_it(house: Gatehouse) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    house.stop()
    check_in(page, 1001)
    house.change("UPDATE shifts SET called_off_at = starts_at")
    house.start()
    refused = page.locator("#offline-refused .gate-row")
    expect(refused).to_contain_text("这个时段已经取消了")
    expect(page.locator("#offline-refused-head")).to_contain_text("1 条没有收下")
    page.goto(house.gate)
    expect(refused).to_contain_text("邻*1")
    page.get_by_role("button", name="知道了").tap()
    expect(refused).to_have_count(0)
    assert stored(page, "scans") == []


def test_a_persons_code_is_known_without_a_network(house: Gatehouse) -> None:
    phone = house.phone()
    house.open_gate(phone).close()
    house.stop()
    page = phone.new_page()
    page.goto("/codes/crowd-1009")
    expect(page.locator("h1")).to_have_text("邻*9")
    page.get_by_role("button", name="签到").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("邻*9 已签到")
    page.goto("/codes/nobody")
    expect(page.locator("h1")).to_have_text("名单里没有这个码")
    expect(page.locator("#gate-answer")).to_contain_text("没有网络时，这些签到页可以用")
    page.get_by_role("link", name="社区清洁日").tap()
    expect(page.locator("#gate-count")).to_contain_text("1 已到")
    house.start()
    expect(page.locator("#offline-state")).to_contain_text("1 条已上传")
    assert house.ask("SELECT how, volunteer_id FROM attendances") == [("code", 1009)]


def test_the_keyboard_alone_checks_somebody_in_without_a_network(house: Gatehouse) -> None:
    page = house.open_gate(house.phone())
    house.stop()
    page.goto(house.gate)
    expect(page.locator("h1")).to_contain_text("社区清洁日")
    tab_to(page, "search-q")
    page.keyboard.type("1004")
    page.keyboard.press("Enter")
    expect(page.locator("#gate-answer .gate-row")).to_have_count(1)
    expect(page.locator("#gate-answer button[data-press=in]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gate-answer .verdict")).to_contain_text("邻*4 已签到")
    expect(page.locator("#notices")).to_contain_text("邻*4 已签到")
    expect(page.locator("#search-q")).to_be_focused()
    assert [scan["volunteer"] for scan in stored(page, "scans")] == [1004]


def test_a_network_that_hangs_is_treated_as_none(house: Gatehouse) -> None:
    phone = house.hurried_phone()
    page = house.open_gate(phone)
    house.signal(signal.SIGSTOP)
    try:
        check_in(page, 1001)
        page.close()
        page = phone.new_page()
        page.goto(house.gate)
        expect(page.locator("#offline-state")).to_contain_text("1 条等着上传")
    finally:
        house.signal(signal.SIGCONT)
    expect(page.locator("#offline-state")).to_contain_text("1 条已上传")
    assert house.ask(STATES) == [("present", 1)]


def test_a_phone_keeps_no_more_of_people_than_it_needs(house: Gatehouse) -> None:
    page = house.open_gate(house.phone())
    kept = page.evaluate(CACHED)
    assert "/organize/offline" in kept
    assert not {path for path in kept if "shifts" in path or "codes" in path}
    everything = " ".join(kept.values()) + str(stored(page, "lists"))
    for number in house.people:
        for secret in (f"139{number:08}", f"邻居{number}", f"crowd-{number}"):
            assert secret not in everything
    assert "csrf_token" not in everything
    assert "欧阳兰" not in everything


def test_the_list_goes_with_its_shift(house: Gatehouse) -> None:
    phone = house.phone()
    page = house.open_gate(phone)
    house.change("UPDATE shifts SET closed_at = starts_at, closed_by = 3")
    page.goto(house.gate)
    until(lambda: not stored(page, "lists"))
    house.change("UPDATE shifts SET closed_at = NULL, closed_by = NULL")
    house.open_gate(phone)
    house.stop()
    page.clock.install(time=clock.now() + timedelta(hours=5))
    page.goto(house.gate)
    expect(page.locator("#gate-offline")).to_be_visible()  # it is shown once old lists are gone
    assert len(stored(page, "lists")) == 1
    page.clock.install(time=clock.now() + timedelta(hours=29))
    page.goto(house.gate)
    until(lambda: not stored(page, "lists"))

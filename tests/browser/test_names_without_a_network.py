"""A phone without a network knows a name however it is typed, as the server does."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gatehouse import Gatehouse, stored
from tests.support.names import neighbours
from volboard.accounts.name_forms import canonical, folded
from volboard.accounts.pinyin import readings
from volboard.attendance.searching import searched
from volboard.config import ROOT
from volboard.core.formats import masked_name

pytestmark = pytest.mark.browser
NAMES = int(os.environ.get("VOLBOARD_NAMES", "2000"))
A_SHIFT = 50
SCRIPTS = ("names", "gate-offline-people")
FIND = """(lists) => lists.map(({ people, asked }) => asked.map(([id, ...ways]) => ways.map(
  (typed) => [id, typed, window.gatePeople.find(people, typed).map((one) => one.id)])))"""
ODD = "ab éßΣ李㐀\ue863\ue000·'-.　１ｱﾞ가ཚེ\U00020087\u200b\ufe0fİŁ"


@pytest.fixture
def scripts(browser: Browser) -> Iterator[Page]:
    """The scripts that know names, and nothing else."""
    page = browser.new_page()
    for name in SCRIPTS:
        page.add_script_tag(path=ROOT / "static" / "js" / f"{name}.js")
    yield page
    page.close()


def as_kept(number: int, typed: str, phone: str) -> dict[str, Any]:
    """A person as a phone keeps them."""
    name = canonical(typed)
    return {"id": number, "name": masked_name(name), "last4": phone[-4:], "state": None,
            "initials": readings(name).initials, "place": "seated"}  # fmt: skip


def test_everybody_is_found_once_in_each_of_six_ways(scripts: Page) -> None:
    everybody = list(enumerate(neighbours(NAMES)))
    shifts = [everybody[start : start + A_SHIFT] for start in range(0, NAMES, A_SHIFT)]
    lists = [
        {
            "people": [as_kept(id, one.typed, one.phone) for id, one in some],
            "asked": [[id, one.typed, *one.again, *one.ways] for id, one in some],
        }
        for some in shifts
    ]
    answers = [one for shift in scripts.evaluate(FIND, lists) for asked in shift for one in asked]
    assert len(answers) >= NAMES * 7
    lost = [(everybody[id][1].typed, typed) for id, typed, found in answers if found.count(id) != 1]
    assert lost == []


def test_the_phone_reads_what_is_typed_as_the_server_does(scripts: Page) -> None:
    chance = random.Random(7)
    odd = ["".join(chance.choices(ODD, k=chance.randint(0, 9))) for _one in range(2000)]
    typed = [*odd, *(way for one in neighbours(200) for way in (one.typed, *one.ways, *one.again))]
    typed = [one for one in typed if any(map(str.isalnum, folded(one)))]
    told = scripts.evaluate("(all) => all.map((one) => window.names.fold(one))", typed)
    assert told == [folded(one) for one in typed]
    told = scripts.evaluate("(all) => all.map((one) => window.names.searched(one))", typed)
    expected = [searched(one) for one in typed]
    assert [(one["digits"], one["words"]) for one in told] == [
        (one.digits, one.words) for one in expected
    ]
    assert [one["shown"] for one in told] == [one.shown for one in expected]


@pytest.mark.parametrize(
    ("typed", "initials", "found"),
    [
        ("zengxiaoyan", "zxy", True),
        ("cengxiaoyan", "zxy cxy", True),
        ("zengxy", "zxy", True),
        ("zx", "zxy", True),
        ("xiaoyan", "zxy", True),
        ("xiaoyanzeng", "zxy", True),
        ("zhangsunwuji", "zswj", True),
        ("zengyan", "zxy", False),
        ("zyx", "zxy", False),
        ("cengxiaoyan", "zxy", False),
        ("zxyz", "zxy", False),
    ],
)
def test_pinyin_in_full_is_of_its_first_letters(
    scripts: Page, typed: str, initials: str, found: bool
) -> None:
    person = {"id": 1, "name": "某*某", "last4": "0001", "state": None, "initials": initials}
    search = "([people, typed]) => window.gatePeople.find(people, typed).length"
    assert bool(scripts.evaluate(search, [[person], typed])) is found


@pytest.mark.parametrize("is_them", [True, False])
def test_a_walk_in_whose_number_ends_like_one_on_the_list_is_asked_about(
    house: Gatehouse, is_them: bool
) -> None:
    page = house.open_gate(house.phone())
    house.stop()
    page.fill("#search-q", "王大妈")
    page.fill("#gate-answer [name=phone]", "13900001001" if is_them else "13712341001")
    page.get_by_role("button", name="报名并签到").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("也是这个尾号")
    assert stored(page, "scans") == []
    listed = page.locator("#gate-answer .gate-row")
    expect(listed).to_have_count(1)
    if is_them:
        listed.get_by_role("button", name="签到").tap()
    else:
        page.get_by_role("button", name="都不是，报名并签到").tap()
    expect(page.locator("#gate-answer .verdict")).to_contain_text("已签到")
    house.start()
    expect(page.locator("#offline-state")).to_contain_text("1 条已上传")
    came = house.ask("SELECT volunteer_id FROM attendances")
    assert (came == [1001]) is is_them
    assert len(came) == 1

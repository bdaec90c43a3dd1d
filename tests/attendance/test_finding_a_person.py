"""An organizer types a few signs at the gate and sees whom they mean."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at, gate
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, TIAN, Person
from tests.support.crowd import a_crowd, seat_all
from tests.support.statements import counted
from tests.support.town import NOON
from volboard.accounts.commands import add_family
from volboard.attendance.searching import searched
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


@pytest.fixture
def shift(app: Flask) -> int:
    return a_gate(app)


def test_nobody_is_shown_until_something_is_typed(shift: int, as_: As) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift))
    assert not page.soup.select(".gate-row")
    assert page.texts(".tile") == ["2 应到", "0 已到", "0 在场"]


@pytest.mark.parametrize(
    "typed",
    [
        "0001",
        "０００１",
        "00 01",
        "13800000001",
        "麦小芳",
        "小芳",
        "mxf",
        "MXF",
        "ｍｘｆ",
        "m'x'f",
        "mx",
        "麦 小芳",
        "麦　小　芳",
        "maixiaofang",
        "Mai Xiao Fang",
        "xiaofang mai",
        "maixf",
        "xiaof",
        "小芳 0001",
        "0001 mai",
        "麦晓方",
    ],
)
def test_a_person_is_found_by_last_digits_by_name_and_by_initials(
    shift: int, as_: As, typed: str
) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift), query={"q": typed})
    assert page.texts(".gate-row__name") == ["麦*芳"]
    assert page.texts(".gate-row__detail") == ["138****0001"]
    assert "麦小芳" not in page.text("#gate-answer")
    assert MAI.phone not in page.text("#gate-answer")


def test_who_only_sounds_like_what_was_typed_is_a_choice_and_said_so(shift: int, as_: As) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift, "?q=麦晓芳"))
        surely = as_(OLGA).open(gate(shift, "?q=小芳"))
    assert page.texts(".gate-row__name") == ["麦*芳"]
    assert page.texts(".gate-row__note") == ["读音一样，字不一样：请核对"]
    assert surely.texts(".gate-row__note") == []


@pytest.mark.parametrize("typed", ["小芳 0002", "maixh", "麦", "晓", "maifang"])
def test_who_fits_only_half_of_what_was_typed_is_not_meant(shift: int, as_: As, typed: str) -> None:
    with at(-5):
        found = as_(OLGA).open(gate(shift, f"?q={typed}")).texts(".gate-row__name")
    assert found == (["麦*芳"] if typed == "麦" else [])


def test_the_surest_stands_first(app: Flask, shift: int, as_: As) -> None:
    with app.app_context(), at(-60):
        for name in ("麦笑方", "小芳麦", "麦小芳芳"):
            sign_up(add_family(MAI.id, name, "家人"), shift, MAI.id)
    with at(-5):
        page = as_(OLGA).open(gate(shift, "?q=麦小芳"))
    rows = [row.get_text(" ", strip=True) for row in page.soup.select(".gate-row")]
    assert [row.split()[0] for row in rows] == ["麦*芳", "麦*芳", "麦*方"]
    assert ["请核对" in row for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("0", 2), ("00", 2), ("000", 2), ("0001", 1), ("01", 1), ("1", 1), ("380", 0), ("13800", 0)],
)
def test_the_last_four_digits_are_found_while_they_are_typed(
    shift: int, as_: As, typed: str, found: int
) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift), query={"q": typed})
    assert len(page.texts(".gate-row__name")) == found


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "0_01", "%0001", "'", '"', "\\", "'; DROP TABLE signups; --", "\x00", "\x00\x01",
     "a" * 10_000, "9" * 10_000, "👵🏻" * 50, "<script>", "٠٠٠١", "\ud800"],
)  # fmt: skip
def test_hostile_signs_find_nobody_and_break_nothing(shift: int, as_: As, typed: str) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift), query={"q": typed.encode("utf-8", "replace")})
    assert page.status == 200
    assert not page.soup.select(".gate-row")


@pytest.mark.parametrize("typed", ["麦小芳\x00", "0001\u200b", " 麦小芳 "])
def test_invisible_signs_do_not_hide_a_person(typed: str) -> None:
    assert searched(typed).shown in ("麦小芳", "0001")


def test_a_family_is_found_by_its_one_number(app: Flask, shift: int, as_: As) -> None:
    with app.app_context(), at(-60):
        grandma = add_family(MAI.id, "阿卜杜热合曼·买买提", "妈妈")
        sign_up(grandma, shift, MAI.id)
    with at(-5):
        assert as_(OLGA).open(gate(shift, "?q=0001")).texts(".gate-row__name") == ["阿*提", "麦*芳"]
        assert as_(OLGA).open(gate(shift, "?q=买买提")).texts(".gate-row__name") == ["阿*提"]


def test_the_answer_while_typing_is_only_the_list(shift: int, as_: As) -> None:
    with at(-5):
        piece = as_(OLGA).open(gate(shift, "?q=0001"), htmx=True)
    assert not piece.soup.select("html, h1, .tile, #search-q")
    assert piece.text("#gate-said") == "找到 1 人"
    assert piece.response.headers["Vary"].count("HX-Request") == 1


def test_who_is_not_on_the_list_is_told_and_offered_a_walk_in(shift: int, as_: As) -> None:
    with at(-5):
        page = as_(OLGA).open(gate(shift, "?q=13912345678"))
    assert "名单上没有“13912345678”" in page.text("#gate-answer")
    fold = page.form("报名并签到").parent
    assert fold is not None
    assert fold.has_attr("open")
    assert page.soup.select_one("#phone")["value"] == "13912345678"  # type: ignore[index]


def test_two_hundred_people_cost_as_many_statements_as_two(app: Flask, shift: int, as_: As) -> None:
    olga = as_(OLGA)
    with at(-5):
        olga.open(gate(shift))
        with counted(app) as few:
            olga.open(gate(shift, "?q=0001"))
    with app.app_context(), at(-60):
        big = a_gate(app, TIAN, capacity=300)
        seat_all(a_crowd(200), big, NOON)
    with at(-5):
        with counted(app) as many:
            page = olga.open(gate(big, "?q=l"))
        with counted(app) as typing:
            olga.open(gate(big, "?q=l"), htmx=True)
    assert len(page.soup.select(".gate-list .gate-row")) == 12
    assert "还有别人" in page.text("#gate-answer")
    assert len(many) == len(few) <= 8, many
    assert len(typing) <= 4, typing

"""A volunteer says that a line in their name is wrong, and somebody must answer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.hours.disputing import opened
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.past import known_from_before
from tests.support.statements import counted
from tests.support.totals import total_minutes
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import add_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core.db import db
from volboard.hours import dispute_commands as commands
from volboard.hours.commands import correct
from volboard.hours.dispute_desk_queries import dispute
from volboard.hours.models import Dispute
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
LATER = 24 * 60


def stored(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [(d.claim, d.words, d.answer) for d in db.session.query(Dispute).order_by("id")]


def test_from_the_line_to_the_answer(app: Flask, as_: As, line: int) -> None:
    mai, otto = as_(MAI), as_(OTTO)
    with at(LATER):
        page = mai.open("/me/hours").follow("时间不对")
        assert page.soup.select_one("input[value=wrong_time][checked]")
        page = page.press("提出来", words="我十点就到了")
        assert page.url == "/me/hours"
        assert "等组织者答复" in page.text(".entry .notice")
        assert "时间不对" not in page.text(".entry__actions .row")
    with at(LATER + 3 * 24 * 60):
        desk = otto.open("/organize").follow("时长的疑问")
        assert "等了 3 天" in desk.text(".person")
        assert "麦*芳：时间不对" in desk.text(".person")
        answer = desk.follow("去答复").press("答复", "main", words="查过了，是十二点")
        assert answer.text("#notices") == "答复了，本人会在那一条旁边看到。"
        page = mai.open("/me/hours")
        assert "查过了，是十二点" in page.text(".entry .notice")
        assert "奥*明 6 月 13 日 12:00 答复" in page.text(".entry .notice")
        assert page.follow("这不是我").status == 200


def test_several_lines_are_stored_as_one_paragraph_and_kept_as_typed(
    app: Flask, as_: As, line: int
) -> None:
    with at(LATER):
        page = as_(MAI).open("/me/hours").follow("时间不对")
        assert page.soup.select_one("textarea#words[maxlength='300'][required]")
        page = page.press("提出来", words="我十点就到了。\r\n" + "字" * 300)
        assert page.status == 422
        assert page.text("textarea#words").endswith("字" * 300)
        page.press("提出来", words="我十点就到了。\r\n李阿姨看见我的。\n\n")
    assert stored(app) == [("wrong_time", "我十点就到了。 李阿姨看见我的。", "")]


def test_not_me_is_taken_back_wholly_and_answered_in_one_press(
    app: Flask, as_: As, line: int
) -> None:
    with app.app_context(), at(LATER):
        opened("not_me", "那天我在外地")
    with at(LATER):
        page = as_(OTTO).open("/organize/disputes/1")
        page.press("全部冲正，并这样答复", words="认错人了，对不起")
    with app.app_context():
        assert total_minutes(MAI.id) == 0
    assert stored(app) == [("not_me", "那天我在外地", "认错人了，对不起")]
    with at(LATER):
        page = as_(MAI).open("/me/hours")
    assert page.texts(".entry__duration") == ["−2 小时", "2 小时"]
    assert "冲正：认错人了，对不起" in page.whole_text


def test_a_correction_leads_back_to_the_dispute_and_stays_beside_it(
    app: Flask, as_: As, line: int
) -> None:
    with app.app_context(), at(LATER):
        opened()
    with at(LATER):
        page = as_(OTTO).open("/organize/disputes/1").follow("先去更正这一条")
        page = page.press("更正", left="13:00", reason="核对过签到表")
        assert page.url == "/organize/disputes/1"
        assert "已经更正，现在记的是 1 小时" in page.text(".facts")
        assert "全部冲正，并" not in page.text("main")
        page.press("答复", "main", words="改了")
    with app.app_context(), at(LATER):
        found = dispute(1, viewer_of(OLGA))
        assert (found.entry_id, found.holds_id, found.holds_minutes) == (1, 3, 60)


def test_who_recorded_the_line_may_answer_and_is_told(as_: As, app: Flask, line: int) -> None:
    with app.app_context(), at(LATER):
        opened()
    with at(LATER):
        assert "这一条是您记的" in as_(OLGA).open("/organize/disputes/1").text(".notice")
        assert not as_(OTTO).open("/organize/disputes/1").soup.select(".notice")


def test_the_page_of_ones_own_dispute_has_no_form(app: Flask, as_: As) -> None:
    shift = a_gate(app, OTTO)
    with app.app_context():
        with at(0):
            check_in(shift, OTTO.id, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
            commands.open_dispute(1, "wrong_time", "早到了", viewer_of(OTTO))
    with at(140):
        page = as_(OTTO).open("/organize/disputes/1")
        assert "请另一位组织者来答复" in page.text(".notice[data-kind=warn]")
        assert not page.soup.select('main form[method="post"]')


def test_a_line_taken_back_wrongly_is_disputed_on_its_reversal(
    app: Flask, as_: As, line: int
) -> None:
    with app.app_context(), at(LATER):
        correct(1, NOON, NOON, "没有来", viewer_of(OTTO))
    with at(LATER):
        page = as_(MAI).open("/me/hours").follow("不该冲正").press("提出来", words="我来了")
        assert "提了“不该冲正”" in page.text(".entry .notice")
        page = as_(OLGA).open("/organize/disputes/1")
        assert page.text("h1") == "麦*芳：不该冲正"
        assert "全部冲正，并" not in page.text("main")
        assert page.follow("打开那天的名单").status == 200


def test_a_member_of_the_family_is_spoken_for(app: Flask, as_: As) -> None:
    with app.app_context():
        with at(-3000):
            mother = add_family(MAI.id, "陈桂香", "妈妈")
            known_from_before((mother,))
        shift = a_gate(app, BAO)
        with at(-600):
            sign_up(mother, shift, MAI.id)
        with at(0):
            check_in(shift, mother, viewer_of(OLGA), "gate", "test")
        with at(130):
            close_shift(shift, viewer_of(OLGA))
    with at(LATER):
        page = as_(MAI).open(f"/me/hours?person={mother}").follow("这不是我")
        assert "陈桂香" in page.text(".facts")
        page = page.press("提出来", words="妈妈那天在医院")
        assert page.url == f"/me/hours?person={mother}"
        assert as_(BAO).open("/me/hours/1/dispute").status == 404


def wrong(as_: As, **values: Any) -> Page:
    return as_(MAI).open("/me/hours/1/dispute").press("提出来", **values)


@pytest.mark.parametrize("words", ["", "  ", "a\x00b", "字" * 301, "王\x1b[31m"])
def test_wrong_words_come_back_and_store_nothing(
    app: Flask, as_: As, line: int, words: str
) -> None:
    with at(LATER):
        page = wrong(as_, claim="not_me", words=words)
        assert page.status == 422
        assert page.soup.select_one("input[value=not_me][checked]")
    assert stored(app) == []


@pytest.mark.parametrize("claim", ["", "stolen", "not_me\x00"])
def test_an_unknown_claim_is_refused_with_a_sentence(
    app: Flask, as_: As, line: int, claim: str
) -> None:
    with at(LATER):
        assert wrong(as_, claim=claim, words="不对").status == 422
    assert stored(app) == []


def test_hostile_words_are_words(app: Flask, as_: As, line: int) -> None:
    hostile = '"><svg onload=alert(1)>{{7*7}}'
    with app.app_context(), at(LATER):
        commands.answer_dispute(opened(words=hostile), hostile, viewer_of(OTTO))
    with at(LATER):
        for person, url in ((MAI, "/me/hours"), (OLGA, "/organize/disputes"),
                            (OLGA, "/organize/disputes/1")):  # fmt: skip
            page = as_(person).open(url)
            assert not page.soup.select("main svg[onload]")
            assert hostile in page.soup.get_text()


def test_the_desk_costs_the_same_for_few_and_many(app: Flask, as_: As, line: int) -> None:
    otto = as_(OTTO)
    with at(LATER):
        otto.open("/organize/disputes")
        with counted(app) as few:
            otto.open("/organize/disputes")
        with app.app_context():
            for number in range(5):
                mine = opened(words=f"第 {number} 次")
                if number < 4:
                    commands.answer_dispute(mine, "看了", viewer_of(OTTO))
        with counted(app) as many:
            page = otto.open("/organize/disputes")
    assert len(page.soup.select(".person")) == 5
    assert len(many) == len(few) <= 5, many

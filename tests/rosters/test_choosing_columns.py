"""What is not sure is asked: an organizer chooses sheet and columns, and it is remembered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.rosters.conftest import Sender
from tests.rosters.files import an_xlsx, opened, saved
from tests.support.browser import Page, Visitor
from tests.support.cast import MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON
from volboard.accounts.leaving import Leaving
from volboard.accounts.models import Account
from volboard.core import clock
from volboard.core.db import Base, db, transaction
from volboard.rosters.forgetting import forget
from volboard.rosters.models import RosterChoice, RosterDraft

As = Callable[[Person], Visitor]
Count = Callable[[type[Base]], int]
HEADS = ("姓名", "手机1", "手机2")
ROWS = [("平安", "13900000001", "13900000009")]
UNSURE = an_xlsx(ROWS, HEADS)
NAME, FIRST, SECOND = "1", "2", "3"


def says(page: Page) -> list[str]:
    return page.texts(".person__note")


def rows(page: Page) -> str:
    return page.text(".people")


def test_two_columns_with_numbers_are_asked_about_and_nobody_is_in_the_draft(
    as_: As, send: Sender, count: Count
) -> None:
    page = send(as_(OLGA), UNSURE)
    assert page.text("h1") == "选一选是哪几列"
    assert "B · 手机1 · 139 0000 0001" in page.whole_text
    chosen = page.soup.select("input[name=phone][checked]")
    assert chosen == [], "a number is never chosen beforehand"
    assert [str(one["value"]) for one in page.soup.select("input[name=name][checked]")] == [NAME]
    before = count(Account)
    url = page.url.replace("columns", "take")
    forced = page.visitor.post(url, {"asked": "y", **token(page)})
    assert forced.status == 409
    assert "请先选好哪张表、哪几列" in forced.whole_text
    assert count(Account) == before


def test_the_chosen_column_is_read_and_taken_in(as_: As, send: Sender, count: Count) -> None:
    before = count(Account)
    page = send(as_(OLGA), UNSURE).press("按这几列读", name=NAME, phone=SECOND)
    assert page.text("h1") == "看一遍名单"
    assert "13900000009" in rows(page)
    assert "13900000001" not in rows(page)
    assert "这几列没有读，不会加进来：手机1。" in page.whole_text
    page.press("加进来 1 人", asked="y")
    assert count(Account) == before + 1


def test_the_choice_holds_for_the_next_file_with_the_same_heads_of_this_community(
    as_: As, send: Sender
) -> None:
    send(as_(OLGA), UNSURE).press("按这几列读", name=NAME, phone=SECOND)
    others = an_xlsx([("兰花", "13900000002", "13900000008")], HEADS)
    for organizer in (OLGA, OTTO):
        page = send(as_(organizer), others)
        assert "13900000008" in rows(page)
        assert "按您这里上次选的那几列来读。" in page.whole_text
    elsewhere = send(as_(TIAN), others, community=2)
    assert elsewhere.text("h1") == "选一选是哪几列"
    assert send(as_(OLGA), an_xlsx(ROWS, ("姓名", "手机", "手机2"))).text("h1") == "选一选是哪几列"


def test_a_choice_that_does_not_fit_the_next_file_is_asked_again(as_: As, send: Sender) -> None:
    send(as_(OLGA), UNSURE).press("按这几列读", name=NAME, phone=SECOND)
    further = an_xlsx(
        [*ROWS, ("姓名", "家长姓名", "手机号"), ("兰花", "王某", "13900000002")], HEADS
    )
    assert send(as_(OLGA), further).text("h1") == "选一选是哪几列"


def test_another_choice_replaces_the_one_before(as_: As, send: Sender, count: Count) -> None:
    page = send(as_(OLGA), UNSURE).press("按这几列读", name=NAME, phone=SECOND)
    page = page.follow("换一换").press("按这几列读", name=NAME, phone=FIRST)
    assert "13900000001" in rows(page)
    assert count(RosterChoice) == 1
    assert "13900000001" in rows(send(as_(OLGA), UNSURE))


def test_what_is_sure_can_be_read_otherwise_too(as_: As, send: Sender) -> None:
    rows_of_four = [("平安", "13900000001", "", "", "安平")]
    page = send(as_(OLGA), an_xlsx(rows_of_four, ("姓名", "手机号", "服务队", "技能", "曾用名")))
    page = page.follow("换一换").press("按这几列读", name="5", phone=FIRST)
    assert "安平" in rows(page)


def test_of_several_sheets_one_is_chosen_and_then_its_columns(as_: As, send: Sender) -> None:
    book = opened(an_xlsx([("平安", "13900000001")], ("姓名", "手机号")))
    second = book.create_sheet("十一月")
    for row in (HEADS, *ROWS):
        second.append(list(row))
    page = send(as_(OLGA), saved(book))
    assert page.text("h1") == "名单在哪张表里"
    assert "十一月 · 1 行有手机号" in page.whole_text
    page = page.press("读这一张", sheet="1")
    assert page.text("h1") == "选一选是哪几列"
    page = page.press("按这几列读", name=NAME, phone=SECOND)
    assert "13900000009" in rows(page)
    assert "这几张表没有读：Sheet。" in page.whole_text
    page = page.follow("换一换").follow("换一张表").press("读这一张", sheet="0")
    assert says(page) == ["加进来"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": NAME}, "请选一个"),
        ({"name": NAME, "phone": NAME}, "哪一列是本人的手机号"),
        ({"name": NAME, "phone": "77"}, "选"),
        ({"name": "x", "phone": "-1"}, "选"),
    ],
    ids=str,
)
def test_a_choice_that_cannot_be_is_asked_for_again(
    as_: As, send: Sender, count: Count, typed: dict[str, str], words: str
) -> None:
    page = send(as_(OLGA), UNSURE)
    answer = page.visitor.post(page.url, {**token(page), "from": "1", **typed})
    assert answer.status == 422
    assert words in answer.text(".summary")
    assert count(RosterChoice) == 0


def test_a_choice_that_reads_nobody_says_why_and_changes_nothing(
    as_: As, send: Sender, count: Count
) -> None:
    book = opened(UNSURE)
    book.create_sheet("空的")
    page = send(as_(OLGA), saved(book)).follow("换一张表").press("读这一张", sheet="1")
    assert page.status == 422
    assert "列名下面没有人" in page.text("#sheet-error")
    assert count(RosterChoice) == 0


def test_names_and_numbers_cannot_stand_in_one_column(as_: As, send: Sender, count: Count) -> None:
    book = opened(UNSURE)
    second = book.create_sheet("没有号码")
    second.append(("甲", "乙"))
    page = send(as_(OLGA), saved(book)).follow("换一张表").press("读这一张", sheet="1")
    answer = page.press("按这几列读", name=NAME, phone=NAME)
    assert answer.status == 422
    assert "姓名和手机号不能是同一列" in answer.text("#phone-error")
    assert count(RosterChoice) == 1, "the sheet"


def test_a_draft_is_read_again_by_its_organizer_and_within_its_hour_only(
    as_: As, send: Sender
) -> None:
    with clock.standing_at(NOON):
        page = send(as_(OLGA), UNSURE)
        other = as_(OTTO)
        started = other.open("/organize/rosters/import")
        for url in (page.url, page.url.replace("columns", "sheet")):
            assert other.post(url, {**token(started), "sheet": "0"}).status == 404
        assert other.open(page.url).status == 404
    with clock.standing_at(NOON + timedelta(minutes=61)):
        assert page.visitor.open(page.url).status == 404


def test_what_is_remembered_has_no_word_of_anybody(app: Flask, as_: As, send: Sender) -> None:
    send(as_(OLGA), UNSURE).press("按这几列读", name=NAME, phone=SECOND)
    with app.app_context():
        row = db.session.scalars(select(RosterChoice)).one()
        kept = {one.key: getattr(row, one.key) for one in inspect(RosterChoice).column_attrs}
        assert {key for key, value in kept.items() if isinstance(value, str)} == {"heads"}
        assert len(row.heads) == 64


def test_a_file_without_headings_is_not_remembered(as_: As, send: Sender, count: Count) -> None:
    data = an_xlsx([("兰花", "13900000002")], ("平安", "13900000001"))
    page = send(as_(OLGA), data).press("按这几列读", name=NAME, phone=FIRST)
    assert says(page) == ["加进来", "加进来"]
    assert count(RosterChoice) == 0


def test_a_draft_that_waits_for_a_choice_goes_with_the_person_in_it(
    app: Flask, as_: As, send: Sender, count: Count
) -> None:
    send(as_(OLGA), an_xlsx([(MAI.name, *ROWS[0][1:])], HEADS))
    assert count(RosterDraft) == 1
    with app.app_context(), transaction():
        forget(Leaving(MAI.id, (MAI.id,), (MAI.name,), "+86" + MAI.phone, False, "asked"))
    assert count(RosterDraft) == 0


@both_engines
@pytest.mark.parametrize(
    "wrong",
    [{"sheet": -1}, {"name_column": -1}, {"phone_column": 0}, {"phone_column": 1}],
    ids=str,
)
def test_the_database_keeps_only_a_choice_that_can_be(inside: Flask, wrong: dict[str, int]) -> None:
    right = {"sheet": 0, "name_column": 1, "phone_column": 2, "team_column": 0, "skills_column": 0}
    made = {"community_id": 1, "chosen_at": NOON}
    with transaction():
        db.session.add(RosterChoice(heads="right", **made, **right))
    with pytest.raises(IntegrityError), transaction():
        db.session.add(RosterChoice(heads="wrong", **made, **(right | wrong)))
    with pytest.raises(IntegrityError), transaction():
        db.session.add(RosterChoice(heads="right", **made, **right))
    assert db.session.scalar(select(func.count()).select_from(RosterChoice)) == 1


def token(page: Page) -> dict[str, object]:
    """The token of a form on the page."""
    return {"csrf_token": str(page.soup.select("input[name=csrf_token]")[0]["value"])}

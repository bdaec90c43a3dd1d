"""A desk's code is a door that one person can open: the account stays a helped one until another
organizer has seen the person, and for three days it does nothing that lasts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.accounts.facts import SignIn, rows
from tests.accounts.opening import NEW, NOON, opened, opened_in, seen, seen_in_the_old_days
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.town import viewer_of
from volboard.accounts.commands import (
    add_family,
    agree_to_help,
    change_family,
    change_own_name,
    change_password,
    refuse_held,
)
from volboard.accounts.commands.forgetting import forget_old_codes
from volboard.accounts.errors import AgreedAlready, HelpedLately
from volboard.accounts.help_queries import held, helped
from volboard.certificates.commands import issue
from volboard.communities import commands as communities
from volboard.communities.errors import NotTheSecond
from volboard.communities.queries import load_viewer
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.rights.commands import erase_account, erase_member
from volboard.rights.email_commands import ask_address, forget_address

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def helper_of(person: Person) -> int | None:
    """Who opened this account, as its session says it."""
    version = rows_of(f"SELECT session_version FROM accounts WHERE id = {person.id}")[0][0]
    viewer = load_viewer(f"{person.id}.{version}")
    assert viewer is not None
    found = helped(person.id)
    assert (viewer.helped_by, viewer.helped_at) == ((found.by, found.at) if found else (None, None))
    return viewer.helped_by


def rows_of(sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(text(sql))]


@both_engines
def test_a_session_says_whose_code_opened_it(inside: Flask, engine: str) -> None:
    assert helper_of(MAI) is None
    opened()
    assert helper_of(MAI) == OLGA.id
    assert helper_of(BAO) is None


def test_a_code_that_nobody_used_opens_nothing(inside: Flask) -> None:
    communities.help_at_the_desk(MAI.phone, viewer_of(OLGA))
    assert helper_of(MAI) is None


def test_a_password_set_in_such_a_session_washes_nothing(inside: Flask) -> None:
    opened()
    change_password(MAI.id, NEW, "yet another word 9")
    assert helper_of(MAI) == OLGA.id


@both_engines
@pytest.mark.parametrize(
    ("who", "by", "at", "still"),
    [
        (MAI, OTTO, NOON + HOUR, None),
        (MAI, OTTO, NOON - HOUR, OLGA.id),
        (MAI, OLGA, NOON + HOUR, OLGA.id),
        (BAO, OTTO, NOON + HOUR, OLGA.id),
    ],
    ids=["by another", "before", "by its issuer", "somebody else"],
)
def test_another_organizer_who_sees_the_person_ends_it(
    inside: Flask, engine: str, who: Person, by: Person, at: datetime, still: int | None
) -> None:
    opened()
    seen(who.id, by, at)
    assert helper_of(MAI) == still


@pytest.mark.parametrize(("at", "still"), [(NOON + HOUR, None), (NOON - HOUR, OLGA.id)])
def test_in_the_old_days_it_was_not_kept_who_saw_the_person(
    inside: Flask, at: datetime, still: int | None
) -> None:
    opened()
    seen_in_the_old_days(MAI.id, at)
    assert helper_of(MAI) == still


def test_each_code_waits_for_another_than_its_issuer(inside: Flask) -> None:
    opened(by=OLGA)
    seen(MAI.id, OTTO, NOON + HOUR)
    assert helper_of(MAI) is None
    opened(by=OLGA, at=NOON + 4 * HOUR)
    opened(by=OTTO, at=NOON + 5 * HOUR)
    assert helper_of(MAI) == OTTO.id
    seen(MAI.id, OLGA, NOON + 8 * HOUR)
    assert helper_of(MAI) == OLGA.id, "nobody but Olga has seen her after Olga's own code"
    seen(MAI.id, ADA, NOON + 12 * HOUR)
    assert helper_of(MAI) is None


def test_seeing_one_of_the_family_will_do(inside: Flask) -> None:
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    opened()
    seen(mother, OTTO, NOON + HOUR)
    assert helper_of(MAI) is None


def test_an_old_code_is_never_forgotten_by_sweeping(inside: Flask) -> None:
    opened()
    assert forget_old_codes(NOON + 400 * DAY) == 0
    assert helper_of(MAI) == OLGA.id


LASTING: dict[str, Callable[[int], object]] = {
    "delete oneself": lambda _child: erase_account(MAI.id),
    "delete one of the family": lambda child: erase_member(MAI.id, child),
    "another name": lambda _child: change_own_name(MAI.id, "买家"),
    "another name for one of the family": lambda child: change_family(MAI.id, child, "买家", ""),
    "take a proof": lambda _child: issue(
        MAI.id, RIVER, clock.today(), clock.today(), False, viewer_of(MAI)
    ),
    "a proof by who gave the code": lambda _child: issue(
        MAI.id, RIVER, clock.today(), clock.today(), False, viewer_of(OLGA)
    ),
    "another address for messages": lambda _child: ask_address(MAI.id, "x@example.org"),
    "no address for messages": lambda _child: forget_address(MAI.id),
}
"""What a stranger in the account could do that its owner could not undo."""


@both_engines
def test_for_three_days_it_does_nothing_that_lasts(inside: Flask, engine: str) -> None:
    child = add_family(MAI.id, "麦苗", "女儿")
    opened()
    for act in LASTING.values():
        with clock.standing_at(NOON + 3 * DAY - HOUR), pytest.raises(HelpedLately):
            act(child)
    with clock.standing_at(NOON + 3 * DAY):
        assert held(MAI.id) is None
        change_family(MAI.id, child, "麦小苗", "女儿")
        forget_address(MAI.id)
        erase_account(MAI.id)


def test_skills_and_age_may_change_at_any_time(inside: Flask) -> None:
    opened()
    with clock.standing_at(NOON + HOUR):
        change_own_name(MAI.id, MAI.name)


def test_another_organizer_at_the_desk_is_the_second(inside: Flask) -> None:
    opened()
    with clock.standing_at(NOON + HOUR):
        refuse_held(MAI.id, OTTO.id)
        for by in (MAI, OLGA):
            with pytest.raises(HelpedLately):
                refuse_held(MAI.id, by.id)


@both_engines
def test_a_second_organizer_agrees_once(inside: Flask, engine: str) -> None:
    child = add_family(MAI.id, "麦苗", "女儿")
    opened()
    with clock.standing_at(NOON + HOUR):
        communities.agree_to_help(1, "我打电话问过她", viewer_of(OTTO))
        change_family(MAI.id, child, "麦小苗", "女儿")
        with pytest.raises(AgreedAlready):
            communities.agree_to_help(1, "我也问过", viewer_of(ADA))
    assert rows_of("SELECT agreed_by, agreed_why FROM desk_codes") == [(OTTO.id, "我打电话问过她")]
    assert helper_of(MAI) == OLGA.id, "to agree is not to have seen her"


def test_agreeing_holds_for_one_code_only(inside: Flask) -> None:
    opened()
    with clock.standing_at(NOON + HOUR):
        communities.agree_to_help(1, "问过", viewer_of(OTTO))
    opened(at=NOON + 2 * HOUR)
    with clock.standing_at(NOON + 3 * HOUR), pytest.raises(HelpedLately):
        change_own_name(MAI.id, "麦大芳")


def test_who_gave_the_code_is_not_the_second_nor_whoever_came_in(inside: Flask) -> None:
    opened()
    with pytest.raises(NotTheSecond):
        communities.agree_to_help(1, "我说是", viewer_of(OLGA))
    opened(OTTO, ADA)
    with pytest.raises(NotTheSecond):
        communities.agree_to_help(2, "我就是", viewer_of(OTTO))
    otto = load_viewer(f"{OTTO.id}.2")
    assert otto is not None
    opened(BAO, ADA)
    with pytest.raises(NotTheSecond):
        communities.agree_to_help(3, "她开的门里的人", otto)
    for stranger in (TIAN, MAI):
        with pytest.raises(NotFound):
            communities.agree_to_help(1, "外人", viewer_of(stranger))


def test_a_code_that_was_never_used_needs_nobody(inside: Flask) -> None:
    communities.help_at_the_desk(MAI.phone, viewer_of(OLGA))
    with pytest.raises(NotFound):
        communities.agree_to_help(1, "没用过", viewer_of(OTTO))
    with pytest.raises(NotFound):
        agree_to_help(1, OTTO.id, "没用过")


@both_engines
@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ("second_organizer_agrees", "agreed_by = issued_by, agreed_at = used_at"),
        ("second_organizer_agrees", "agreed_by = account_id, agreed_at = used_at"),
        ("agreed_by_somebody", "agreed_by = 4"),
        ("used_code_stays_as_it_was", "issued_by = 4"),
        ("used_code_stays_as_it_was", "used_at = NULL"),
        ("used_code_stays_as_it_was", "account_id = 2"),
    ],
)
def test_the_database_keeps_who_opened_the_door(
    inside: Flask, engine: str, guard: str, change: str
) -> None:
    opened()
    with pytest.raises(DatabaseError, match=guard), transaction():
        db.session.execute(text(f"UPDATE desk_codes SET {change}"))
    with pytest.raises(DatabaseError, match="used_code_stays"), transaction():
        db.session.execute(text("DELETE FROM desk_codes"))


def test_the_page_says_what_to_do(app: Flask, as_: SignIn) -> None:
    opened_in(app, at=clock.now())
    mai = Visitor(app).sign_in(MAI.phone, NEW)
    page = mai.open("/me/account").press("存下名字", "main", name="买家")
    assert page.status in (409, 422)
    assert "另一位组织者" in page.whole_text
    assert rows(app, "SELECT name FROM volunteers WHERE id = 1") == [(MAI.name,)]
    page = mai.open("/me/data/delete").press("全部删除", "main", word="删除", password=NEW)
    assert page.status == 422
    assert "另一位组织者" in page.whole_text


def test_the_desk_shows_it_and_another_organizer_agrees(app: Flask, as_: SignIn) -> None:
    opened_in(app, at=clock.now())
    olga = as_(OLGA).open("/organize/desk-help").follow("看一看")
    assert "要请另一位组织者来点" in olga.whole_text
    otto = as_(OTTO).open("/organize/desk-help")
    assert "等另一位看" in otto.whole_text
    page = otto.follow("看一看").press("是本人", "main", why="")
    assert page.status == 422
    assert "请写一句" in page.text(".field__error")
    page = page.press("是本人", "main", why="我刚打电话问过")
    assert "限制放开了" in page.text("#notices")
    assert "有人看过" in page.whole_text
    assert "我刚打电话问过" in page.follow("看一看").whole_text
    for stranger in (TIAN, BAO):
        assert as_(stranger).open("/organize/desk-help/1").status == 404
    assert "麦" not in as_(TIAN).open("/organize/desk-help").text("main")


def test_hostile_words_agree_to_nothing(app: Flask, as_: SignIn) -> None:
    opened_in(app, at=clock.now())
    otto = as_(OTTO)
    form = otto.open("/organize/desk-help/1")
    for words in ("", " \u3000 ", "长" * 81, "a\x00b"):
        assert form.press("是本人", "main", why=words).status == 422
    assert rows(app, "SELECT agreed_by FROM desk_codes") == [(None,)]

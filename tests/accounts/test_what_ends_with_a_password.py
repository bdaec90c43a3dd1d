"""A new password ends everything that the account gave away, and the page says what it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.accounts.facts import SignIn, rows
from tests.accounts.opening import NEW, opened
from tests.communities.handing import accept, an_offer
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, PASSWORD
from tests.support.town import NOON, a_shift, viewer_of
from volboard.accounts.commands import (
    add_family,
    change_password,
    confirm_email,
    issue_desk_code,
    remove_family,
    set_email,
    use_desk_code,
)
from volboard.accounts.errors import WrongCode
from volboard.accounts.giving_away import Ended
from volboard.accounts.queries import account, household, person_by_code
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.rights.email_commands import confirm, token_of
from volboard.signups import hand_overs
from volboard.signups.commands import sign_up
from volboard.signups.feeds import feed_owner, renew_feed
from volboard.signups.hand_over_errors import Withdrawn

BEFORE = NOON - timedelta(days=2)


def given_away() -> tuple[str, str, list[str]]:
    """What Mai gave away: a calendar, a seat, and her mother's and her own card."""
    shift = a_shift()
    with clock.standing_at(BEFORE):
        place = sign_up(MAI.id, shift, MAI.id)
        assert place.signup_id is not None
        seat = hand_overs.offer(place.signup_id, viewer_of(MAI))
        add_family(MAI.id, "陈桂香", "妈妈")
        return renew_feed(MAI.id), seat, [person.code for person in household(MAI.id)]


def by_the_desk() -> Ended:
    return opened(at=BEFORE + timedelta(hours=1)).ended


def by_oneself() -> Ended:
    return change_password(MAI.id, PASSWORD, NEW)


@both_engines
@pytest.mark.parametrize("renew", [by_the_desk, by_oneself])
def test_all_secrets_end_with_the_password(
    inside: Flask, engine: str, renew: Callable[[], Ended]
) -> None:
    feed, seat, cards = given_away()
    theirs = renew_feed(BAO.id)
    ended = renew()
    assert ended == Ended(feeds=1, hand_overs=1, cards=2)
    assert feed_owner(feed) is None
    assert [person_by_code(card) for card in cards] == [None, None]
    assert len({person.code for person in household(MAI.id)}) == 2
    with clock.standing_at(BEFORE + timedelta(hours=2)), pytest.raises(Withdrawn):
        hand_overs.take_over(seat, BAO.id, BAO.id)
    assert feed_owner(theirs) == BAO.id
    assert renew_feed(MAI.id)


def test_a_first_password_takes_no_card_from_anybody(inside: Flask) -> None:
    with transaction():
        db.session.execute(text("UPDATE accounts SET password_hash = NULL WHERE id = 1"))
    feed, _seat, cards = given_away()
    assert change_password(MAI.id, "", NEW) == Ended()
    assert feed_owner(feed) == MAI.id
    assert all(person_by_code(card) for card in cards)


def test_who_was_removed_comes_back_with_another_code(inside: Flask) -> None:
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    code = household(MAI.id)[1].code
    remove_family(MAI.id, mother)
    change_password(MAI.id, PASSWORD, NEW)
    assert add_family(MAI.id, "陈桂香", "妈妈") == mother
    assert person_by_code(code) is None


def test_a_letter_that_waits_for_a_yes_is_void(inside: Flask) -> None:
    set_email(MAI.id, "stranger@example.org")
    token = token_of(MAI.id, "stranger@example.org")
    change_password(MAI.id, PASSWORD, NEW)
    me = account(MAI.id)
    assert me is not None
    assert me.email is None
    set_email(MAI.id, "stranger@example.org")
    with pytest.raises(NotFound):
        confirm(token)
    confirm(token_of(MAI.id, "stranger@example.org"))


def test_an_address_that_was_confirmed_goes_on_hearing(inside: Flask) -> None:
    """Its owner is told there that somebody came in by a code."""
    set_email(MAI.id, "mai@example.org")
    assert confirm_email(MAI.id, "mai@example.org")
    opened()
    me = account(MAI.id)
    assert me is not None
    assert me.email == "mai@example.org"


def test_the_page_tells_what_ended(app: Flask) -> None:
    with app.app_context():
        given_away()
        code = issue_desk_code(MAI.id, OLGA.id)
    page = Visitor(app).open("/sign-in/code")
    page = page.press("设新密码并登录", "main", phone=MAI.phone, code=code, password=NEW)
    for words in ("登录", "日历链接", "1 个转让名额的链接", "2 个人的签到码", "重新印"):
        assert words in page.text("#notices")
    page = page.visitor.open("/me/account").press(
        "存下新密码", "main", current=NEW, password="yet another word 9"
    )
    assert "2 个人的签到码" in page.text("#notices")
    assert "日历" not in page.text("#notices")


def test_whoever_takes_an_office_keeps_nothing_of_the_squatters(
    app: Flask, as_: SignIn
) -> None:  # fmt: skip
    with app.app_context():
        feed = renew_feed(BAO.id)
    page = accept(Visitor(app), BAO.phone, an_offer(app, BAO))
    assert "日历链接" in page.text("#notices")
    with app.app_context():
        assert feed_owner(feed) is None
        assert person_by_code("code-2") is None


@both_engines
def test_a_wrong_code_ends_nothing(inside: Flask, engine: str) -> None:
    feed, _seat, cards = given_away()
    code = issue_desk_code(MAI.id, OLGA.id)
    with transaction():
        db.session.execute(text("UPDATE desk_codes SET used_at = issued_at"))
    with pytest.raises(WrongCode):
        use_desk_code(MAI.phone, code, NEW)
    assert feed_owner(feed) == MAI.id
    assert person_by_code(cards[0]) is not None
    assert rows(inside, "SELECT session_version FROM accounts WHERE id = 1") == [(1,)]

"""A code of the desk opened an account: its owner and the other organizers are told."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.facts import SignIn
from tests.accounts.opening import NEW, NOON, opened, opened_in
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN
from tests.support.outbox import told, words_to
from tests.support.town import viewer_of
from volboard.accounts.commands import issue_desk_code, quick_account, use_desk_code
from volboard.accounts.errors import WrongCode
from volboard.accounts.rules import CODE_ATTEMPTS
from volboard.communities import commands as communities
from volboard.core import clock
from volboard.core.db import db
from volboard.messages.commands import Notice, tell
from volboard.messages.models import Message
from volboard.messages.rules import FIXED, Kind


@both_engines
def test_the_person_and_the_others_are_told_not_who_gave_it(inside: Flask, engine: str) -> None:
    opened()
    assert told(MAI) == [Kind.HELPED]
    assert told(OTTO) == [Kind.HELP_GIVEN]
    assert [told(one) for one in (OLGA, TIAN, ADA, BAO)] == [[], [], [], []]
    [words] = words_to(MAI)
    assert words.startswith("6 月 19 日 星期五 12:00，有人用服务台的验证码进了您的账号")
    assert "0453-3120001" in words
    assert MAI.name not in words_to(OTTO)[0]


def test_a_code_that_nobody_used_tells_nothing(inside: Flask) -> None:
    communities.help_at_the_desk(MAI.phone, viewer_of(OLGA))
    for _try in range(CODE_ATTEMPTS):
        with pytest.raises(WrongCode):
            use_desk_code(MAI.phone, "1", NEW)
    assert told(MAI) == told(OTTO) == []


def test_it_rings_at_night_too(inside: Flask) -> None:
    night = NOON + timedelta(hours=12)
    opened(at=night)
    assert db.session.scalars(select(Message.due_at)).all() == [night, night]
    with clock.standing_at(night + timedelta(hours=1)):
        tell([Notice("k", Kind.PROMOTED, "shift:1", MAI.id, RIVER, {}, "/me")])
    assert db.session.scalars(select(Message.due_at).where(Message.key == "k")).one() > night


def test_each_code_is_told_of(inside: Flask) -> None:
    opened()
    opened(at=NOON + timedelta(hours=1))
    assert told(MAI) == [Kind.HELPED, Kind.HELPED]


def test_where_one_organizes_alone_the_admin_is_told(inside: Flask) -> None:
    opened(TIAN, TIAN)
    assert told(ADA) == [Kind.HELP_GIVEN]
    communities.revoke(OTTO.id, RIVER, ADA.id)
    opened(MAI, OLGA)
    assert told(ADA) == [Kind.HELP_GIVEN, Kind.HELP_GIVEN]


def test_who_lives_in_two_communities_has_both_told(inside: Flask) -> None:
    communities.settle(MAI.id, RAIL)
    opened()
    assert (told(OTTO), told(TIAN)) == ([Kind.HELP_GIVEN], [Kind.HELP_GIVEN])


def test_who_lives_nowhere_is_told_all_the_same(inside: Flask) -> None:
    person = quick_account("王小芳", "13911112222")
    with clock.standing_at(NOON):
        code = issue_desk_code(person.account_id, ADA.id)
        use_desk_code("13911112222", code, NEW)
    kinds = select(Message.kind).where(Message.account_id == person.account_id)
    assert db.session.scalars(kinds).all() == [Kind.HELPED]


def test_it_stands_on_the_page_and_leads_to_it(app: Flask, as_: SignIn) -> None:
    opened_in(app, at=clock.now())
    mai = Visitor(app).sign_in(MAI.phone, NEW)
    assert "有人进了您的账号" in mai.open("/me/messages").whole_text
    otto = as_(OTTO)
    assert "服务台帮过一个人" in otto.open("/me/messages").whole_text
    with app.app_context():
        path = select(Message.path).where(Message.account_id == OTTO.id)
        where = db.session.scalars(path).one()
    assert "是不是本人" in otto.open(where).whole_text


def test_no_community_words_the_warning_away(as_: SignIn) -> None:
    olga = as_(OLGA)
    for kind in FIXED:
        assert olga.open(f"/organize/communities/1/texts/{kind}").status == 404
    assert "有人进了您的账号" not in olga.open("/organize/messages/texts").whole_text

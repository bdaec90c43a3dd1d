"""The admin hands power to a person, not to whoever holds a number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.communities.handing import FRESH, accept, an_offer
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, PASSWORD, RAIL, RIVER, TIAN
from volboard.accounts.commands import appoint_admin, change_password, set_email
from volboard.accounts.errors import WrongCode
from volboard.accounts.models import Account
from volboard.communities import commands
from volboard.communities.forgetting import forget_old_power_codes
from volboard.communities.queries import offices
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.rights.commands import erase_account

NOON = datetime(2026, 6, 19, 4, tzinfo=UTC)
LOG = "SELECT account_id, community_id, change, how, done_by FROM power_log ORDER BY id"


def test_the_admin_gives_a_code_and_its_holder_accepts(app: Flask, as_: SignIn) -> None:
    page = as_(ADA).open("/admin").press(
        "给一个接任的验证码", "main", phone=BAO.phone, community="2"
    )  # fmt: skip
    code = "".join(filter(str.isdecimal, page.text("#code")))
    assert len(code) == 12
    assert "138****0002" in page.whole_text
    assert rows(app, "SELECT * FROM memberships WHERE account_id = 2") == []
    page = accept(Visitor(app), BAO.phone, code)
    assert page.text("h1") == "组织"
    assert "铁北社区的组织者" in page.text("#notices")
    assert rows(app, LOG)[-1] == (BAO.id, RAIL, "gained", "code", ADA.id)


def test_who_had_signed_up_first_with_the_number_gets_nothing(app: Flask, as_: SignIn) -> None:
    """Seen: whoever had joined with a future organizer's number got /organize and all numbers."""
    squatter = as_(BAO)
    code = an_offer(app, BAO)
    assert squatter.open("/organize").status == 404
    true_one = accept(Visitor(app), BAO.phone, code).visitor
    assert true_one.open("/organize").status == 200
    assert squatter.open("/organize").text("h1") == "登录"
    page = Visitor(app).open("/sign-in")
    assert page.press("登录", "main", phone=BAO.phone, password=PASSWORD).status == 422


def test_an_address_that_the_squatter_set_hears_nothing_more(inside: Flask) -> None:
    set_email(BAO.id, "squatter@example.org")
    with transaction():
        db.session.get_one(Account, BAO.id).email_confirmed_at = NOON
    offer = commands.offer_office(BAO.phone, RAIL, ADA.id)
    commands.accept(BAO.phone, offer.code, FRESH)
    assert db.session.get_one(Account, BAO.id, populate_existing=True).email is None


@both_engines
def test_a_code_gives_power_once(inside: Flask, engine: str) -> None:
    code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    commands.accept(BAO.phone, code, FRESH)
    commands.revoke(BAO.id, RAIL, ADA.id)
    with pytest.raises(WrongCode):
        commands.accept(BAO.phone, code, FRESH)
    assert offices(BAO.id) == frozenset()


@both_engines
def test_four_who_accept_at_once_are_one(app: Flask, engine: str) -> None:
    code, start = an_offer(app, BAO), Barrier(4)

    def press(number: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                return bool(commands.accept(BAO.phone, code, f"password of {number}"))
            except WrongCode:
                return False

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(press, range(4))) == [False, False, False, True]
    assert rows(app, "SELECT session_version FROM accounts WHERE id = 2") == [(2,)]
    assert [line for line in rows(app, LOG) if line[0] == BAO.id] == [
        (BAO.id, RAIL, "gained", "code", ADA.id)
    ]


@both_engines
def test_a_code_that_is_withdrawn_while_it_is_used_is_one_or_the_other(
    app: Flask, engine: str
) -> None:
    code, start = an_offer(app, BAO), Barrier(2)

    def done(act: str) -> bool:
        with app.app_context():
            start.wait()
            try:
                if act == "accept":
                    return bool(commands.accept(BAO.phone, code, FRESH))
                commands.withdraw(1, ADA.id)
            except (WrongCode, NotFound):
                return False
            return True

    with ThreadPoolExecutor(2) as crowd:
        accepted, withdrawn = crowd.map(done, ("accept", "withdraw"))
    assert accepted is not withdrawn
    with app.app_context():
        assert (offices(BAO.id) == {RAIL}) is accepted


@both_engines
def test_a_code_dies_after_five_wrong_tries(inside: Flask, engine: str) -> None:
    code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    for _try in range(5):
        with pytest.raises(WrongCode):
            commands.accept(BAO.phone, "0" * 11, FRESH)
    with pytest.raises(WrongCode):
        commands.accept(BAO.phone, code, FRESH)
    assert offices(BAO.id) == frozenset()


@pytest.mark.parametrize(("after", "works"), [(timedelta(hours=71), True), (timedelta(3), False)])
def test_a_code_lasts_three_days(inside: Flask, after: timedelta, works: bool) -> None:
    with clock.standing_at(NOON):
        code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    with clock.standing_at(NOON + after):
        if works:
            assert commands.accept(BAO.phone, code, FRESH).community_id == RAIL
        else:
            with pytest.raises(WrongCode):
                commands.accept(BAO.phone, code, FRESH)


def test_only_a_digest_of_the_code_is_kept(inside: Flask) -> None:
    code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    [(digest,)] = rows(inside, "SELECT code_hash FROM power_codes")
    assert digest.startswith("$argon2id$")
    assert code not in digest
    commands.accept(BAO.phone, code, FRESH)
    assert rows(inside, "SELECT code_hash FROM power_codes") == [("",)]


def test_the_admin_withdraws_a_code(app: Flask, as_: SignIn) -> None:
    code, ada = an_offer(app, BAO), as_(ADA)
    page = ada.open("/admin").press("收回验证码", "main")
    assert "没有用了" in page.text("#notices")
    assert "还没接的" not in page.whole_text
    assert accept(Visitor(app), BAO.phone, code).status == 422


def test_a_newer_code_ends_the_older_one_for_the_same_office_only(inside: Flask) -> None:
    older = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    other = commands.offer_office(BAO.phone, RIVER, ADA.id).code
    newer = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    with pytest.raises(WrongCode):
        commands.accept(BAO.phone, older, FRESH)
    commands.accept(BAO.phone, newer, FRESH)
    commands.accept(BAO.phone, other, FRESH)
    assert offices(BAO.id) == {RAIL, RIVER}


def test_a_dismissal_ends_the_code_that_would_undo_it(inside: Flask) -> None:
    commands.grant(BAO.id, RAIL, ADA.id)
    code = commands.offer_office(BAO.phone, RAIL, None).code
    commands.revoke(BAO.id, RAIL, ADA.id)
    with pytest.raises(WrongCode):
        commands.accept(BAO.phone, code, FRESH)


def test_a_changed_password_leaves_the_offer(inside: Flask) -> None:
    """The squatter can end nothing: the code is the admin's."""
    code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    change_password(BAO.id, PASSWORD, "the squatter's new one")
    assert commands.accept(BAO.phone, code, FRESH).community_id == RAIL


def test_the_code_of_one_is_no_code_of_another(inside: Flask) -> None:
    code = commands.offer_office(BAO.phone, RAIL, ADA.id).code
    with pytest.raises(WrongCode):
        commands.accept(MAI.phone, code, FRESH)


def test_an_old_code_that_nobody_used_goes(inside: Flask) -> None:
    with clock.standing_at(NOON):
        commands.offer_office(BAO.phone, RAIL, ADA.id)
        commands.accept(BAO.phone, commands.offer_office(BAO.phone, RAIL, ADA.id).code, FRESH)
    assert forget_old_power_codes(NOON + timedelta(days=3)) == 0
    assert forget_old_power_codes(NOON + timedelta(days=4)) == 1
    assert rows(inside, "SELECT count(*) FROM power_codes") == [(1,)]


def test_hostile_texts_give_nobody_power(app: Flask, visitor: Visitor) -> None:
    an_offer(app, BAO)
    before = everything(app)
    good = {"phone": MAI.phone, "code": "123456789012", "password": FRESH}
    for attack in attacked(visitor, "/sign-in/office", "接任", good):
        assert attack.answer.status == 422, attack
    assert everything(app) == before


def test_the_sixth_code_in_a_minute_waits(visitor: Visitor) -> None:
    codes = [accept(visitor, BAO.phone, "1").status for _try in range(6)]
    assert codes == [422] * 5 + [429]


def test_everybody_with_power_reads_who_has_it_from_whom(app: Flask, as_: SignIn) -> None:
    accept(Visitor(app), BAO.phone, an_offer(app, BAO))
    with app.app_context():
        commands.revoke(BAO.id, RAIL, ADA.id)
    tian, olga = as_(TIAN).open("/organize/power"), as_(OLGA).open("/organize/power")
    assert "艾达（账号 6）给的验证码，本人接的" in tian.whole_text
    assert "艾达（账号 6）取消的" in tian.whole_text
    assert "鲍国强" not in olga.whole_text, "another community's"
    assert "欧阳兰" in olga.whole_text
    assert "整个网站" in olga.whole_text, "who runs the site has power here, too"
    assert as_(ADA).open("/organize/power").texts(".person__name")[:2] == ["鲍国强", "鲍国强"]
    assert as_(ADA).open("/organize/power?page=2").status == 200
    assert as_(MAI).open("/organize/power").status == 404


@both_engines
def test_who_had_power_stays_on_record_as_a_number(inside: Flask, engine: str) -> None:
    commands.grant(BAO.id, RAIL, ADA.id)
    appoint_admin(BAO.id)
    commands.offer_office(BAO.phone, RIVER, ADA.id)
    erase_account(BAO.id)
    lines = [line for line in rows(inside, LOG) if line[0] == BAO.id]
    assert lines == [
        (BAO.id, RAIL, "gained", "admin", ADA.id), (BAO.id, None, "gained", "admin", None),
        (BAO.id, None, "lost", "leaving", BAO.id), (BAO.id, RAIL, "lost", "leaving", BAO.id),
    ]  # fmt: skip
    [(digest, withdrawn)] = rows(inside, "SELECT code_hash, withdrawn_at FROM power_codes")
    assert digest == ""
    assert withdrawn is not None


GUARDED = (
    ("power_log", "UPDATE power_log SET done_by = 5"),
    ("power_log", "DELETE FROM power_log"),
    ("office_is_on_record", "INSERT INTO memberships (account_id, community_id, granted_at)"
                            " VALUES (2, 2, '2026-01-01')"),
    ("office_ends_on_record", "DELETE FROM memberships WHERE account_id = 3"),
    ("office_stays_where_it_is", "UPDATE memberships SET community_id = 2"
                                 " WHERE account_id = 3"),
    ("office_stays_where_it_is", "UPDATE memberships SET account_id = 2 WHERE account_id = 3"),
    ("admin_is_on_record", "UPDATE accounts SET is_admin = true WHERE id = 2"),
    ("admin_is_on_record", "UPDATE accounts SET is_admin = false WHERE id = 6"),
    ("nobody_is_born_admin", "INSERT INTO accounts (phone, is_admin, created_at)"
                             " VALUES ('+8613900000000', true, '2026-01-01')"),
    ("power_code_tries_run_out", "UPDATE power_codes SET attempts = 6"),
    ("power_code_ends_once", "UPDATE power_codes SET used_at = NULL"),
    ("power_code_ends_once", "UPDATE power_codes SET issued_by = NULL"),
)  # fmt: skip
"""What the database refuses, and the guard that does."""


@both_engines
def test_the_database_refuses_power_without_a_record(inside: Flask, engine: str) -> None:
    commands.accept(BAO.phone, commands.offer_office(BAO.phone, RIVER, ADA.id).code, FRESH)
    for guard, statement in GUARDED:
        with pytest.raises(DatabaseError, match=guard), transaction():
            db.session.execute(text(statement))


@both_engines
def test_an_office_has_one_open_code(inside: Flask, engine: str) -> None:
    commands.offer_office(BAO.phone, RIVER, ADA.id)
    again = text(
        "INSERT INTO power_codes (account_id, community_id, code_hash, issued_at, expires_at)"
        " SELECT account_id, community_id, 'x', issued_at, expires_at FROM power_codes"
    )
    with pytest.raises(DatabaseError), transaction():
        db.session.execute(again)

"""Whoever gets into an account wipes no trace by deleting it: numbers stay, words go."""

from datetime import timedelta

from flask import Flask

from tests.accounts.facts import SignIn, rows
from tests.accounts.opening import NEW, NOON, opened, opened_in
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL
from tests.support.town import viewer_of
from volboard.accounts.commands import record_phone_view
from volboard.communities import commands as communities
from volboard.core import clock
from volboard.rights.commands import erase_account
from volboard.rights.export_queries import copy_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@both_engines
def test_who_looked_and_who_let_somebody_in_stays_without_a_word(
    inside: Flask, engine: str
) -> None:
    with clock.standing_at(NOON):
        record_phone_view(MAI.id, OLGA.id, "/codes/code-1")
        communities.help_at_the_desk(MAI.phone, viewer_of(OLGA))
    opened(at=NOON + HOUR)
    with clock.standing_at(NOON + 2 * HOUR):
        communities.agree_to_help(2, "麦小芳的女儿说的", viewer_of(OTTO))
        erase_account(MAI.id)
    assert rows(inside, "SELECT account_id, viewed_by, place FROM phone_views") == [
        (MAI.id, OLGA.id, "")
    ]
    assert rows(
        inside,
        "SELECT account_id, issued_by, code_hash, agreed_by, agreed_why, used_at IS NULL"
        " FROM desk_codes ORDER BY id",
    ) == [(MAI.id, OLGA.id, "", None, "", True), (MAI.id, OLGA.id, "", OTTO.id, "", False)]


def test_the_desk_still_sees_that_there_was_somebody(app: Flask, as_: SignIn) -> None:
    opened_in(app, at=clock.now() - 4 * DAY)
    with app.app_context():
        erase_account(MAI.id)
    page = as_(ADA).open("/organize/desk-help")
    assert "欧阳兰" in page.text("main")
    assert "麦" not in page.text("main")


def test_what_the_deleted_did_to_others_stays_too(inside: Flask) -> None:
    communities.grant(BAO.id, RAIL, ADA.id)
    record_phone_view(MAI.id, BAO.id, "/organize/shifts/1/roster")
    opened(MAI, BAO, NOON)
    erase_account(BAO.id)
    assert rows(inside, "SELECT viewed_by, place FROM phone_views") == [
        (BAO.id, "/organize/shifts/1/roster")
    ]
    assert rows(inside, "SELECT issued_by FROM desk_codes") == [(BAO.id,)]


def test_the_copy_of_everything_holds_the_record(inside: Flask) -> None:
    opened(at=NOON)
    communities.grant(MAI.id, RAIL, ADA.id)
    communities.offer_office(MAI.phone, 1, ADA.id)
    sheets = {sheet.table: sheet.rows for sheet in copy_of(MAI.id).sheets}
    [code], [power], [offer] = sheets["desk_codes"], sheets["power_log"], sheets["power_codes"]
    assert code["issued_by"] == "欧*兰"
    assert "code_hash" not in code
    assert (power["change"], power["done_by"], power["community_id"]) == (
        "gained",
        "艾*",
        "铁北社区",
    )
    assert "code_hash" not in offer


def test_my_page_says_who_let_somebody_in(app: Flask) -> None:
    opened_in(app, at=clock.now())
    mai = Visitor(app).sign_in(MAI.phone, NEW)
    page = mai.open("/me/data")
    assert "欧*兰给的验证码" in page.whole_text
    assert "以前不能改名字" in page.whole_text
    with app.app_context():
        communities.agree_to_help(1, "问过", viewer_of(OTTO))
    page = mai.open("/me/data")
    assert "奥*明说是本人" in page.whole_text
    assert "以前不能改名字" not in page.whole_text


def test_the_notice_tells_what_stays(visitor: Visitor, as_: SignIn) -> None:
    told = visitor.open("/privacy").whole_text
    assert "用过的只留时间和编号" in told
    assert "谁当上、不当了组织者和管理员" in told
    assert "只剩编号和时间" in as_(BAO).open("/me/data/delete").whole_text

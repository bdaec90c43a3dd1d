"""The first admin, the communities and their organizers are made on the command line."""

import re

import pytest
from click import Command
from click.testing import Result
from flask import Flask

from tests.accounts.facts import rows
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, PASSWORD, RAIL
from volboard.cli import create_admin, create_community, grant_organizer

NEW = "13911112222"
SECRET = "two words and 7"


def run(app: Flask, command: Command, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(command, arguments)


def code_of(answer: Result) -> str:
    """The code that a command printed."""
    found = re.search(r"：([0-9 ]+)$", answer.output, re.MULTILINE)
    assert found is not None, answer.output
    return found[1].replace(" ", "")


def accept(app: Flask, phone: str, code: str) -> Page:
    page = Visitor(app).open("/sign-in/office")
    return page.press("接任", "main", phone=phone, code=code, password=SECRET)


def test_a_fresh_installation_has_no_account(app: Flask) -> None:
    assert rows(app, "SELECT phone FROM accounts WHERE id > 6") == []


def test_the_first_admin_accepts_with_the_code_that_is_printed(app: Flask) -> None:
    answer = run(app, create_admin, NEW, "王小芳")
    assert answer.exit_code == 0, answer.output
    assert "/sign-in/office" in answer.output
    assert rows(app, "SELECT count(*) FROM accounts WHERE is_admin") == [(1,)]
    page = accept(app, NEW, code_of(answer))
    assert page.text("h1") == "管理网站"
    assert rows(app, "SELECT change, how, done_by FROM power_log WHERE account_id = 7") == [
        ("gained", "code", None)
    ]


def test_whoever_holds_the_number_gets_nothing_by_the_command(app: Flask) -> None:
    squatter = Visitor(app).sign_in(MAI.phone, PASSWORD)
    answer = run(app, create_admin, "--code", MAI.phone, "另一个名字")
    assert answer.exit_code == 0, answer.output
    assert squatter.open("/admin").status == 404
    assert accept(app, MAI.phone, code_of(answer)).text("h1") == "管理网站"
    assert squatter.open("/me").text("h1") == "登录"
    assert rows(app, "SELECT name FROM volunteers WHERE id = 1") == [("麦小芳",)]


def test_an_admin_who_lost_the_password_gets_in_by_the_command(app: Flask) -> None:
    page = accept(app, ADA.phone, code_of(run(app, create_admin, ADA.phone, "艾达")))
    assert page.text("h1") == "管理网站"
    assert rows(app, "SELECT how FROM power_log WHERE account_id = 6") == [("before",)]


@pytest.mark.parametrize(("phone", "name"), [("123", "王小芳"), ("", "王小芳"), (NEW, " ")])
def test_a_wrong_name_or_number_ends_with_a_sentence(app: Flask, phone: str, name: str) -> None:
    answer = run(app, create_admin, "--code", phone, name)
    assert answer.exit_code == 1
    assert "请写" in answer.output
    assert rows(app, "SELECT count(*) FROM accounts") == [(6,)]


def test_a_community_and_its_organizer(app: Flask) -> None:
    made = run(app, create_community, "dongshan", "东山社区", "牡丹江市", "东山路", "0453-1")
    assert made.exit_code == 0, made.output
    again = run(app, create_community, "dongshan", "东山社区", "牡丹江市", "东山路", "0453-1")
    assert again.exit_code == 1
    offered = run(app, grant_organizer, BAO.phone, "tiebei")
    assert offered.exit_code == 0, offered.output
    assert rows(app, "SELECT * FROM memberships WHERE account_id = 2") == []
    assert accept(app, BAO.phone, code_of(offered)).text("h1") == "组织"
    assert rows(app, "SELECT community_id, granted_by FROM memberships WHERE account_id = 2") == [
        (RAIL, None)
    ]
    assert run(app, grant_organizer, NEW, "tiebei").exit_code == 1
    assert run(app, grant_organizer, BAO.phone, "nowhere").exit_code == 1

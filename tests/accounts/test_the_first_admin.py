"""The first admin, the communities and their organizers are made on the command line."""

import pytest
from click import Command
from click.testing import Result
from flask import Flask

from tests.accounts.facts import rows
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, PASSWORD, RAIL
from volboard.cli import create_admin, create_community, grant_organizer

NEW = "13911112222"
SECRET = "two words and 7"


def run(app: Flask, command: Command, *arguments: str, typed: str = "") -> Result:
    runner = app.test_cli_runner()
    return runner.invoke(command, arguments, input=typed)


def test_a_fresh_installation_has_no_account(app: Flask) -> None:
    assert rows(app, "SELECT phone FROM accounts WHERE id > 6") == []


def test_the_admin_chooses_a_password_unseen(app: Flask) -> None:
    answer = run(
        app, create_admin, NEW, "王小芳", typed=f"12345678\n12345678\n{SECRET}\n{SECRET}\n"
    )
    assert answer.exit_code == 0, answer.output
    assert "太容易猜到" in answer.output
    assert SECRET not in answer.output
    admin = Visitor(app).sign_in(NEW, SECRET)
    assert admin.open("/admin").text("h1") == "管理网站"


def test_the_admin_gets_a_code_instead(app: Flask) -> None:
    answer = run(app, create_admin, "--code", NEW, "王小芳")
    code = answer.output.split("：")[1].split()[0]
    page = Visitor(app).open("/sign-in/code")
    page.press("设新密码并登录", "main", phone=NEW, code=code, password=SECRET)
    assert page.visitor.open("/admin").status == 200


def test_somebody_known_keeps_name_and_password(app: Flask) -> None:
    answer = run(app, create_admin, MAI.phone, "另一个名字")
    assert answer.exit_code == 0, answer.output
    assert Visitor(app).sign_in(MAI.phone, PASSWORD).open("/admin").status == 200
    assert rows(app, "SELECT name FROM volunteers WHERE id = 1") == [("麦小芳",)]


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
    assert run(app, grant_organizer, BAO.phone, "tiebei").exit_code == 0
    assert rows(app, "SELECT community_id, granted_by FROM memberships WHERE account_id = 2") == [
        (RAIL, None)
    ]
    assert run(app, grant_organizer, NEW, "tiebei").exit_code == 1
    assert run(app, grant_organizer, BAO.phone, "nowhere").exit_code == 1

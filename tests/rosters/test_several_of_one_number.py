"""A roster names several people with one number; the household says who is of it."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.rosters.files import an_xlsx
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, TIAN, Person
from volboard.accounts.commands import add_family
from volboard.accounts.household_queries import proposed_to
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.queries import account_by_phone, household
from volboard.accounts.rules import FAMILY_SIZE
from volboard.communities.models import Residency
from volboard.core.db import db
from volboard.messages.models import Message

As = Callable[[Person], Visitor]
Sender = Callable[..., Page]
NEW = "13900000001"


def says(page: Page) -> list[str]:
    return page.texts(".person__note")


def asked(app: Flask, account_id: int) -> list[str]:
    with app.app_context():
        return [one.name for one in proposed_to(account_id)]


def family(app: Flask, account_id: int) -> list[str]:
    with app.app_context():
        return [one.name for one in household(account_id)]


def test_further_names_of_a_new_number_are_persons_of_their_own(
    app: Flask, as_: As, send: Sender
) -> None:
    names = ("平安", "平小宝", "平大山", "平安")
    page = send(as_(OLGA), an_xlsx([(name, NEW) for name in names]))
    single = "和第 2 行同一个手机号：单独加，等那家认了再进那家"
    assert says(page) == ["加进来", single, single, "和第 2 行是同一个人，只加一次"]
    page = page.press("加进来 3 人", asked="y")
    assert "加进来 3 人" in page.text(".notice")
    with app.app_context():
        home = account_by_phone(NEW)
        assert home is not None
        settled = select(Volunteer.name).join(
            Residency, Residency.account_id == Volunteer.account_id
        )
        names = set(db.session.scalars(settled.where(Residency.community_id == 1)))
        assert {"平安", "平小宝", "平大山"} <= names
        told = select(func.count()).where(Message.account_id == home.id)
        assert db.session.scalar(told) == 1, "one message, however many"
    assert family(app, home.id) == ["平安"]
    assert asked(app, home.id) == ["平小宝", "平大山"]


def test_a_known_number_with_another_name_is_asked_about_once(
    app: Flask, as_: As, send: Sender
) -> None:
    with app.app_context():
        add_family(MAI.id, "麦奶奶", "妈妈")
    rows = [(name, MAI.phone) for name in ("麦小芳", "麦奶奶", "王小芳")]
    rows.append(("客人", BAO.phone))
    other = "这个号码已经有了，叫别的名字：单独加，等那家认了再进那家"
    page = send(as_(OLGA), an_xlsx(rows))
    single = "和第 2 行同一个手机号：单独加，等那家认了再进那家"
    assert says(page) == ["已经有了，不动", "已经有了，不动", single, other]
    page.press("加进来 2 人", asked="y")
    assert family(app, MAI.id) == ["麦小芳", "麦奶奶"]
    assert (asked(app, MAI.id), asked(app, BAO.id)) == (["王小芳"], ["客人"])
    again = send(as_(OLGA), an_xlsx(rows))
    assert says(again) == ["已经有了，不动"] * 4


def test_ones_own_number_takes_no_stranger(app: Flask, as_: As, send: Sender) -> None:
    page = send(as_(OLGA), an_xlsx([("欧妈妈", OLGA.phone)]))
    assert says(page) == ["已经有了，不动"]


def test_no_roster_tells_by_which_name_somebody_goes_elsewhere(
    app: Flask, as_: As, send: Sender
) -> None:
    """Tian lives in the other community: right name and wrong name read and end alike."""
    with app.app_context():
        before = db.session.query(Account).count()
    for name in (TIAN.name, "别的人"):
        page = send(as_(OLGA), an_xlsx([(name, TIAN.phone)]))
        said = says(page)
        assert said in (["加进来"], ["已经有了，不动"])
        if said == ["加进来"]:
            page.press("加进来 1 人", asked="y")
    assert asked(app, TIAN.id) == []
    with app.app_context():
        assert db.session.query(Account).count() == before


def test_more_names_than_a_household_holds_keep_the_file_out(as_: As, send: Sender) -> None:
    rows = [(f"家人{number}", NEW) for number in range(FAMILY_SIZE + 3)]
    page = send(as_(OLGA), an_xlsx(rows))
    assert says(page)[-2:] == ["不能加：一个手机号写了太多人"] * 2

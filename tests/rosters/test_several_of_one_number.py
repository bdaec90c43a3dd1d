"""A roster names several people with one number; the household says who is of it."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.rosters.files import an_xlsx
from tests.support.browser import Page, Visitor, fields
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


def sent(page: Page) -> dict[str, object]:
    form = page.form("加进来")
    return fields(form, form.select("button")[0]) | {"asked": "y"}


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
        here = set(db.session.scalars(settled.where(Residency.community_id == 1)))
        assert {"平安", "平小宝", "平大山"} <= here
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


def test_a_name_that_only_sounds_alike_is_one_person_unless_somebody_says_two(
    app: Flask, as_: As, send: Sender
) -> None:
    with app.app_context():
        add_family(MAI.id, "曾小燕", "妈妈")
    rows = [("麦晓芳", MAI.phone), ("Mai Xiaofang", MAI.phone), ("层小燕", MAI.phone),
            ("平安", NEW), ("评安", NEW), ("平大山", NEW)]  # fmt: skip
    page = send(as_(OLGA), an_xlsx(rows))
    said = "同一个手机号上有读音一样的“{}”：当作同一个人，不另加".format
    assert says(page) == [said("麦小芳"), said("麦晓芳"), said("曾小燕"), "加进来", said("平安"),
                          "和第 5 行同一个手机号：单独加，等那家认了再进那家"]  # fmt: skip
    two = page.soup.select('[name="two"]')
    assert [box["value"] for box in two] == ["2", "3", "4", "6"]
    assert not any(box.has_attr("checked") for box in two)
    page.press("加进来", asked="y")
    assert family(app, MAI.id) == ["麦小芳", "曾小燕"], "nobody doubled"
    assert asked(app, MAI.id) == []
    again = send(as_(OLGA), an_xlsx(rows))
    again.visitor.post(f"{again.url}/take", sent(again) | {"two": ["2", "6", "99", "x"]})
    assert asked(app, MAI.id) == ["麦晓芳"]
    with app.app_context():
        home = account_by_phone(NEW)
        assert home is not None
    assert asked(app, home.id) == ["平大山", "评安"]
    assert says(send(as_(OLGA), an_xlsx(rows)))[0] == "已经有了，不动"


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


def test_no_more_either_where_they_all_sound_alike(as_: As, send: Sender) -> None:
    alike = [f"王{one}{two}" for one in "芳方房防放" for two in "芳方房防放"][: FAMILY_SIZE + 3]
    page = send(as_(OLGA), an_xlsx([(name, NEW) for name in alike]))
    assert says(page)[-2:] == ["不能加：一个手机号写了太多人"] * 2


def test_who_forgets_to_say_that_they_were_asked_ticks_nothing_again(as_: As, send: Sender) -> None:
    page = send(as_(OLGA), an_xlsx([("平安", NEW), ("评安", NEW)]))
    refused = page.press("加进来", two="3")
    assert refused.status == 422
    (box,) = refused.soup.select('[name="two"]')
    assert box.has_attr("checked")

"""Somebody gets a proof on their own page or at the desk, reads it, and it is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests.certificates.service import LATER, a_make_up, a_service, proof_of
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.past import known_from_before
from volboard.accounts.commands import add_family
from volboard.certificates.models import Certificate
from volboard.config import ROOT
from volboard.core import clock
from volboard.core.db import db

As = Callable[[Person], Visitor]
NEVER = ("官方", "国家标准", "已认证")


@pytest.fixture(autouse=True)
def served(app: Flask) -> None:
    """Mai served twice, and has an hour that was entered afterwards."""
    with app.app_context():
        a_service(MAI, title="端午包粽子", place="社区一楼活动室")
        a_service(MAI, days=3, minutes=50)
        a_make_up(MAI)


def mine(as_: As, person: Person = MAI, **values: Any) -> Page:
    with clock.standing_at(LATER):
        page = as_(person).open("/me/certificates")
        return page.press("开证明", within="main", **values) if values else page


def issued(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(db.select(Certificate.number)).one())


def test_three_touches_make_a_proof_of_everything(app: Flask, as_: As) -> None:
    with clock.standing_at(LATER):
        page = as_(MAI).open("/me").follow("证明")
        assert "麦小芳 · 沿河社区 · 3 小时 50 分" in page.whole_text
        page = page.press("开证明", within="main")
    number = issued(app)
    assert page.url == f"/certificates/{number}"
    words = page.text(".proof").replace(" ", "")
    for told in (
        "志愿服务记录证明（本社区出具）", f"编号 {number}", "兹证明 麦小芳（志愿者编号 1）",
        "于 2027 年 6 月 9 日至 2027 年 7 月 9 日，参加沿河社区组织的志愿服务 3 次",
        "服务时长合计 3 小时 50 分（230 分钟）。其中补录 1 小时。",
        "2027-06-09 12:00–14:00", "端午包粽子 · 包粽子", "社区一楼活动室",
        "补录的活动 · 包粽子 补录", "本人或家人自助开具", "0453-3120001", "河畔路 1 号",
        "出具日期 2027 年 7 月 9 日", "盖章",
    ):  # fmt: skip
        assert told.replace(" ", "") in words, told
    assert not any(word in page.whole_text for word in NEVER)
    assert page.soup.select(".proof .code-sheet svg path")
    with clock.standing_at(LATER):
        assert number in as_(MAI).open("/me/certificates").text(".people")


def test_no_page_and_no_paper_claims_what_only_the_state_can_say() -> None:
    slice_of = [ROOT / "volboard" / "certificates", ROOT / "templates" / "certificates"]
    files = [path for folder in slice_of for path in folder.iterdir() if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert not any(word in path.read_text("utf-8") for word in NEVER), path.name


def test_a_family_is_offered_with_each_one_who_served(app: Flask, as_: As) -> None:
    with app.app_context():
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        known_from_before((mother,))
        a_service(Person(mother, "陈桂香", ""), days=5, account=MAI.id)
    page = mine(as_)
    assert page.texts(".choice__text")[:2] == [
        "麦小芳 · 沿河社区 · 3 小时 50 分", "陈桂香 · 沿河社区 · 2 小时"
    ]  # fmt: skip
    assert mine(as_, who="", first_day="2027-06-09").status == 422
    answer = mine(as_, who=f"{mother}-1", shows_name="on")
    assert "兹证明 陈桂香" in answer.text(".proof")


def test_nobody_gets_a_proof_of_somebody_elses_hours(app: Flask, as_: As) -> None:
    with app.app_context():
        a_service(BAO, days=6)
    for forged in ("2-1", "1-2", "0-0", "-1-1", "1", "x", "1-1-1"):
        answer = mine(as_, who=forged)
        assert answer.status == 422, forged
        assert answer.text("#who-error")
    with app.app_context():
        assert db.session.query(Certificate).count() == 0


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"first_day": "2027-07-01", "last_day": "2027-06-01"}, "last_day", "不晚于今天"),
        ({"last_day": "2027-07-10"}, "last_day", "不晚于今天"),
        ({"first_day": "2027-07-01"}, "last_day", "没有记下时长"),
        ({"first_day": ""}, "first_day", "请写开始的日子"),
        ({"last_day": ""}, "last_day", "请写结束的日子"),
        ({"first_day": "昨天"}, "first_day", "日期请写成"),
        ({"first_day": "2027-02-30"}, "first_day", "日期请写成"),
        ({"first_day": "0001-01-01"}, "first_day", ""),
        ({"last_day": "9999-12-31"}, "last_day", ""),
        ({"last_day": "2027\x00"}, "last_day", "日期请写成"),
        ({"first_day": "9" * 9000}, "first_day", "日期请写成"),
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(
    app: Flask, as_: As, values: dict[str, Any], field: str, sentence: str
) -> None:
    page = mine(as_, **values)
    assert page.status == 422
    assert len(page.text(f"#{field}-error")) > 5
    assert sentence in page.text(f"#{field}-error")
    kept = page.soup.select_one(f"#{field}")
    assert kept is not None
    assert kept["value"] == values.get(field, kept["value"])
    with app.app_context():
        assert db.session.query(Certificate).count() == 0


def test_without_hours_the_page_says_how_to_earn_them(as_: As) -> None:
    page = mine(as_, BAO)
    assert "还没有可以证明的时长" in page.whole_text
    assert not page.soup.select('main form[method="post"]')


def test_the_desk_issues_for_a_resident_and_signs_for_it(app: Flask, as_: As) -> None:
    with clock.standing_at(LATER):
        page = as_(OLGA).open("/organize").follow("证明").follow("给居民开一张")
        page = page.press("开证明", within="main", name="麦小芳", phone="138 0000 0001")
        assert "经办人 欧阳兰" in page.text(".proof")
        listed = as_(OTTO).open("/organize/certificates")
    assert "麦*芳" in listed.text(".people")
    assert "麦小芳" not in listed.whole_text
    assert issued(app) in listed.text(".people")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "麦小", "phone": MAI.phone}, "name"),
        ({"name": "麦小芳", "phone": "13999999999"}, "name"),
        ({"name": "麦小芳", "phone": BAO.phone}, "name"),
        ({"name": "田铁生", "phone": TIAN.phone}, "name"),
        ({"name": "", "phone": MAI.phone}, "name"),
        ({"name": "#let", "phone": "x"}, "phone"),
        ({"name": "鲍国强", "phone": BAO.phone}, "last_day"),
    ],
)
def test_the_desk_learns_nothing_of_people_elsewhere(
    app: Flask, as_: As, values: dict[str, Any], field: str
) -> None:
    with clock.standing_at(LATER):
        page = as_(OLGA).open("/organize/certificates/new").press("开证明", within="main", **values)
    assert page.status == 422
    assert len(page.text(f"#{field}-error")) > 4
    with app.app_context():
        assert db.session.query(Certificate).count() == 0


def test_a_strange_community_cannot_be_forged_at_the_desk(as_: As) -> None:
    with clock.standing_at(LATER):
        page = as_(OLGA).open("/organize/certificates/new")
        answer = page.press("开证明", within="main", name="麦小芳", phone=MAI.phone, community="2")
    assert answer.status == 422


def test_only_the_household_and_its_organizers_read_a_proof(app: Flask, as_: As) -> None:
    with app.app_context():
        number = proof_of()
    for person in (BAO, TIAN):
        for kind in ("", ".pdf?x", ".png?page=7"):
            assert as_(person).open(f"/certificates/{number}{kind}").status == 404, person.name
    for person in (MAI, OLGA, OTTO, ADA):
        assert as_(person).open(f"/certificates/{number}").status == 200, person.name
    visitor = Visitor(app)
    for kind in ("", ".pdf", ".png"):
        answer = visitor.client.get(f"/certificates/{number}{kind}")
        assert (answer.status_code, answer.headers["Location"][:9]) == (303, "/sign-in?")


@pytest.mark.parametrize(
    "number", ["1", "x", "001-2027-000009-27", "001-2027-000001-00", "9" * 400, "%00", "'--", "a b"]
)
def test_a_number_that_nobody_has_is_not_found(as_: As, number: str) -> None:
    for kind in ("", ".pdf", ".png"):
        assert as_(ADA).open(f"/certificates/{number}{kind}").status == 404
    assert as_(ADA).open(f"/organize/certificates/{number}/revoke").status == 404


def test_pressing_too_often_is_slowed_down(app: Flask, as_: As) -> None:
    with clock.standing_at(LATER):
        page = as_(MAI).open("/me/certificates")
        answers = [page.press("开证明", within="main").status for _again in range(31)]
    assert answers == [200] * 30 + [429]
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM certificates")).scalar_one() == 1

"""Somebody reads what is kept about them, takes a copy, agrees, takes that back, and leaves."""

import json
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests.conftest import both_engines
from tests.rights.planting import AFTER, CHILD, NAME, PHONE, a_full_life, a_service
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, PASSWORD, TIAN, Person
from tests.support.statements import counted
from tests.support.town import a_shift
from volboard.accounts.commands import add_family, record_phone_view
from volboard.accounts.models import Consent, Volunteer
from volboard.accounts.rules import GONE, NOTICE_VERSION, ConsentKind
from volboard.core import clock
from volboard.core.db import Base, db, transaction
from volboard.rights.export_queries import copy_of
from volboard.rights.owned import EXPLAINED, OWNED
from volboard.rights.workbook import workbook

As = Callable[[Person], Visitor]


def consents(app: Flask, volunteer_id: int) -> list[tuple[str, str, int, bool]]:
    with app.app_context():
        query = select(Consent).where(Consent.volunteer_id == volunteer_id).order_by(Consent.id)
        rows = db.session.scalars(query).all()
        return [(one.kind, one.version, one.given_by, one.withdrawn_at is None) for one in rows]


def test_every_table_is_in_the_copy_or_explained() -> None:
    assert OWNED.keys() | EXPLAINED.keys() == Base.metadata.tables.keys()
    assert not OWNED.keys() & EXPLAINED.keys()


def test_no_secret_is_in_the_copy() -> None:
    """A column that sounds like one is left out by name."""
    for name, rows in OWNED.items():
        for column in Base.metadata.tables[name].columns:
            if "hash" in column.name or "password" in column.name or "nonce" in column.name:
                assert column.name in rows.secret, f"{name}.{column.name}"


@both_engines
def test_a_copy_holds_all_that_was_said_and_done(inside: Flask, engine: str) -> None:
    home = a_full_life()
    said = json.dumps([sheet.rows for sheet in copy_of(home.account).sheets], ensure_ascii=False,
                      default=str)  # fmt: skip
    for words in (NAME, CHILD, PHONE, "canary 会急救", "canary 女儿", "canary 让他先上",
                  "canary 身体不好", "canary 我病了", "canary 他病了", "canary 早走了",
                  "canary 少记了", "canary 没有少", "canary 不是我", "canary 忘了签",
                  "canary 谢谢大家", "canary 有位置了", "看护队", "欧*兰"):  # fmt: skip
        assert words in said, words
    for secret in ("canary-hash", "canary-feed", "canary-hand-over", "canary-request-key"):
        assert secret not in said
    others = [sheet.rows for sheet in copy_of(home.account).sheets if sheet.table != "certificates"]
    assert OLGA.name not in json.dumps(others, ensure_ascii=False, default=str)


def test_a_copy_says_nothing_of_anybody_else(inside: Flask) -> None:
    home = a_full_life(4)
    said = json.dumps([sheet.rows for sheet in copy_of(BAO.id).sheets], ensure_ascii=False,
                      default=str)  # fmt: skip
    assert "canary" not in said
    assert NAME not in said
    organizer = copy_of(OLGA.id)
    rows = {sheet.table: sheet.rows for sheet in organizer.sheets}
    assert rows["attendances"] == ()
    assert rows["hour_entries"] == ()
    assert home.account != OLGA.id


@both_engines
def test_a_long_life_is_copied_with_as_many_statements_as_a_short_one(
    inside: Flask, engine: str
) -> None:
    home = a_full_life(8)
    with counted(inside) as for_little:
        little = copy_of(home.account)
    with transaction():
        for number in range(8, 24):
            a_service(home, number)
    with counted(inside) as for_much:
        much = copy_of(home.account)
    rows = [sum(len(sheet.rows) for sheet in copy.sheets) for copy in (little, much)]
    assert rows[1] > rows[0] + 100
    assert len(for_much) == len(for_little)
    assert len(workbook(much)) > len(workbook(little))


def test_the_copy_arrives_as_a_file_with_a_chinese_name(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    for ending in ("json", "xlsx"):
        answer = mai.open(f"/me/data.{ending}").response
        assert answer.status_code == 200
        assert "我的信息" in unquote(answer.headers["Content-Disposition"])
        assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(mai.open("/me/data.json").response.get_data())
    assert told["notice"] == NOTICE_VERSION
    assert any(row["name"] == MAI.name for sheet in told["sheets"] for row in sheet["rows"]
               if sheet["table"] == "volunteers")  # fmt: skip


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://evil"])
def test_every_cell_of_the_workbook_is_text(app: Flask, as_: As, start: str) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Volunteer, MAI.id).skills = start
    content = as_(MAI).open("/me/data.xlsx").response.get_data()
    cells = [cell for page in load_workbook(BytesIO(content)) for row in page for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert start in [cell.value for cell in cells]
    assert not any(isinstance(cell.value, int | float) for cell in cells)
    assert not any(cell.hyperlink for cell in cells)
    assert "+86" + MAI.phone in [cell.value for cell in cells]


def test_signing_up_writes_down_what_was_agreed_to(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        shift = a_shift(starts_at=AFTER)
    with clock.standing_at(AFTER.replace(day=1)):
        page = visitor.open(f"/shifts/{shift}/sign-up")
        above = page.form("报名", "main").select_one("p.field__hint a[href='/privacy']")
        assert above is not None
        assert not page.soup.select("main input[type=checkbox]")
        page.press("报名", "main", name="新来的", phone="13900001234")
    with app.app_context():
        new = db.session.scalars(select(Volunteer).where(Volunteer.name == "新来的")).one()
    assert consents(app, new.id) == [("use", NOTICE_VERSION, new.account_id, True)]


@pytest.mark.parametrize("path", ["/join", "/shifts/1/sign-up", "/"])
def test_the_notice_is_one_tap_away(app: Flask, visitor: Visitor, path: str) -> None:
    with app.app_context():
        a_shift(starts_at=clock.now().replace(year=2030))
    page = visitor.open(path)
    assert page.soup.select("a[href='/privacy']")
    told = visitor.open("/privacy")
    assert NOTICE_VERSION in told.whole_text
    assert "0453-3120001" in told.whole_text
    assert "200 天" in told.whole_text


def test_a_consent_is_given_and_taken_back_as_easily(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    page = mai.open("/me/data")
    assert not page.soup.select("main input[type=checkbox]")
    page.press("同意", "main .people")
    assert consents(app, MAI.id) == [("public_name", NOTICE_VERSION, MAI.id, True)]
    mai.open("/me/data").press("收回", "main .people")
    assert consents(app, MAI.id) == [("public_name", NOTICE_VERSION, MAI.id, False)]


@pytest.mark.parametrize("stranger", [BAO, OLGA, ADA, TIAN])
@pytest.mark.parametrize("kind", ConsentKind)
def test_nobody_agrees_for_somebody_else(
    app: Flask, as_: As, stranger: Person, kind: ConsentKind
) -> None:
    them = as_(stranger)
    token = str(them.open("/me/data").soup.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    for ending in ("", "/withdraw"):
        url = f"/me/data/{MAI.id}/consents/{kind}{ending}"
        assert them.post(url, {"csrf_token": token}).status == 404
    assert consents(app, MAI.id) == []


def test_a_new_wording_is_shown_and_agreed_to(app: Flask, as_: As) -> None:
    with app.app_context(), transaction():
        db.session.add(Consent(volunteer_id=MAI.id, kind="use", version="2020-01-01",
                               given_by=MAI.id, given_at=clock.now()))  # fmt: skip
    page = as_(MAI).open("/me/data")
    assert "换了新版" in page.text(".notice")
    page = page.press("看过了，同意")
    assert "换了新版" not in page.whole_text
    assert consents(app, MAI.id) == [
        ("use", "2020-01-01", MAI.id, False), ("use", NOTICE_VERSION, MAI.id, True)
    ]  # fmt: skip


def test_who_looked_at_my_number_stands_there_with_the_reason(app: Flask, as_: As) -> None:
    with app.app_context():
        record_phone_view(MAI.id, OLGA.id, "/organize/shifts/1/gate")
    page = as_(MAI).open("/me/data")
    assert "欧*兰" in page.whole_text
    assert "在门口签到时" in page.whole_text
    assert "欧*兰" not in as_(BAO).open("/me/data").whole_text


def test_a_child_needs_its_guardian(app: Flask, as_: As) -> None:
    page = as_(MAI).open("/me/family").press("加上", "main", name="小朋友", age="child")
    assert page.status == 422
    assert "监护人" in page.text(".field__error")
    with app.app_context():
        assert db.session.query(Volunteer).filter_by(name="小朋友").count() == 0
    page = page.press("加上", "main", name="小朋友", age="child", guardian="y", skills="唱歌")
    assert page.status == 200
    with app.app_context():
        child = db.session.query(Volunteer).filter_by(name="小朋友").one()
        assert (child.age_band, child.skills) == ("child", "唱歌")
    assert [(kind, by) for kind, _v, by, _in in consents(app, child.id)] == [
        ("use", MAI.id), ("guardian", MAI.id)
    ]  # fmt: skip
    again = as_(MAI).open(f"/me/family/{child.id}").press("存下", "main", skills="跳舞")
    assert again.status == 200


def test_nobody_under_fourteen_agrees_alone(app: Flask, as_: As) -> None:
    page = as_(MAI).open("/me/account")
    token = str(page.form("存下名字").select("input")[0]["value"])
    said = {"csrf_token": token, "name": MAI.name, "age": "child", "skills": ""}
    assert as_(MAI).client.post("/me/account", data=said).status_code in (302, 303, 400, 422)
    with app.app_context():
        assert db.session.get_one(Volunteer, MAI.id).age_band == ""


@pytest.mark.parametrize(
    ("word", "password", "status"),
    [
        ("删", PASSWORD, 422),
        ("删除", "wrong-password", 422),
        ("", "", 422),
        ("删除", PASSWORD, 200),
    ],
)
def test_deleting_takes_the_word_and_the_password(
    app: Flask, as_: As, word: str, password: str, status: int
) -> None:
    mai = as_(MAI)
    page = mai.open("/me/data/delete").press("全部删除", "main", word=word, password=password)
    assert page.status == status
    with app.app_context():
        name = db.session.get_one(Volunteer, MAI.id).name
    assert name == (GONE if status == 200 else MAI.name)
    assert ("/sign-in" in mai.open("/me").url) == (status == 200)


def test_whoever_reads_english_writes_delete(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    mai.client.set_cookie("language", "en")
    form = mai.open("/me/data/delete")
    assert 'Write the word "delete"' in form.text("main")
    assert form.press("Delete everything", "main", word="remove", password=PASSWORD).status == 422
    page = form.press("Delete everything", "main", word="Delete", password=PASSWORD)
    assert page.status == 200
    with app.app_context():
        assert db.session.get_one(Volunteer, MAI.id).name == GONE


def test_one_of_the_family_is_deleted_by_their_own_household(app: Flask, as_: As) -> None:
    with app.app_context():
        child = add_family(MAI.id, CHILD, "女儿")
    url = f"/me/data/{child}/delete"
    for stranger in (BAO, OLGA, ADA):
        assert as_(stranger).open(url).status == 404
    page = as_(MAI).open(url).press("全部删除", "main", word="删除", password=PASSWORD)
    assert page.status == 200
    with app.app_context():
        assert db.session.get_one(Volunteer, child).name == GONE
        assert db.session.get_one(Volunteer, MAI.id).name == MAI.name

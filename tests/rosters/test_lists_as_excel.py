"""Lists that an organizer takes home as Excel files, opened again as Excel would."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family, give_consent, withdraw_consent
from volboard.accounts.identity_models import NameChange
from volboard.accounts.models import PhoneView, Volunteer
from volboard.accounts.pinyin import as_written
from volboard.accounts.rules import ConsentKind
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.events.models import Event
from volboard.hours.make_ups import approve, ask
from volboard.rosters.rules import hours
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
Cells = list[list[object]]
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠1",
    "=cmd|' /C x'!A0",
)
DAYS = "from=2027-06-01&to=2027-06-30"


def sheets(page: Page) -> dict[str, Cells]:
    """The file's sheets as rows of cells, after checking that no cell is anything but data."""
    assert page.status == 200, page.whole_text[:300]
    book = openpyxl.load_workbook(BytesIO(page.response.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "a formula, a link or an error"
    assert all(cell.hyperlink is None for cell in cells)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def post(by: Visitor, url: str, **values: str) -> Page:
    """Press a button of the page, which carries the token."""
    token = by.open("/organize/rosters").soup.select("input[name=csrf_token]")[0]["value"]
    return by.post(url, {"csrf_token": str(token), **values})


@pytest.fixture
def served(app: Flask) -> int:
    """Mai came for two hours and Bao waited; Otto's hours were entered afterwards."""
    with app.app_context():
        with clock.standing_at(NOON - timedelta(days=1)):
            shift = a_shift(an_event(title="端午包粽子"), capacity=1, title="煮粽子")
            sign_up(MAI.id, shift, MAI.id)
            sign_up(BAO.id, shift, BAO.id)
        with clock.standing_at(NOON):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with clock.standing_at(NOON + timedelta(hours=2)):
            close_shift(shift, viewer_of(OLGA))
        with clock.standing_at(NOON + timedelta(hours=3)):
            came, left = NOON, NOON + timedelta(minutes=59)
            make_up = ask(
                shift, BAO.id, came, left, "手机没电", viewer_of(OLGA), Phone("a" * 32, "")
            )
            approve(make_up, viewer_of(OTTO), Phone("b" * 32, ""))
        return shift


def seen(app: Flask) -> list[tuple[int, int, str]]:
    """Whose number was looked at, by whom and where."""
    with app.app_context():
        rows = db.session.execute(select(PhoneView.account_id, PhoneView.viewed_by, PhoneView.place)
                                  .order_by(PhoneView.account_id))  # fmt: skip
        return [(row[0], row[1], row[2]) for row in rows]


def rename(app: Flask, person: Person, name: str) -> None:
    """Call somebody by a name that no form would take."""
    with app.app_context(), transaction():
        db.session.add(NameChange(volunteer_id=person.id, old_name=person.name, new_name=name,
                                  how="tidied", asked_by=person.id, at=clock.now()))  # fmt: skip
        db.session.flush()
        db.session.execute(
            update(Volunteer).where(Volunteer.id == person.id).values(**as_written(name))
        )
        db.session.execute(update(Event).values(title=name, place=name, contact_name=name))


def test_the_list_of_an_event_tells_who_came_from_when_to_when(
    app: Flask, as_: As, served: int
) -> None:
    rows = sheets(post(as_(OLGA), "/organize/events/1/roster.xlsx"))["名单"]
    assert rows[0][3:5] == ["姓名", "手机号"]
    assert rows[1] == ["煮粽子", "2027-06-09", "12:00–14:00", MAI.name, MAI.phone, "报上了", None,
                       "到了", "12:00", None, 120]  # fmt: skip
    assert (rows[2][3], rows[2][5], rows[2][10]) == (BAO.name, "候补", 59)


def test_full_numbers_keep_their_digits_and_whoever_looked_is_on_record(
    app: Flask, as_: As, served: int
) -> None:
    olga = as_(OLGA)
    rows = sheets(olga.open("/organize/events/1/roster.xlsx"))["名单"]
    assert [row[4] for row in rows[1:]] == ["138****0001", "138****0002"]
    assert seen(app) == []
    with counted(app) as statements:
        rows = sheets(post(olga, "/organize/events/1/roster.xlsx"))["名单"]
    assert [row[4] for row in rows[1:]] == [MAI.phone, BAO.phone]
    place = "/organize/events/1/roster.xlsx"
    assert seen(app) == [(MAI.id, OLGA.id, place), (BAO.id, OLGA.id, place)]
    assert sum("INSERT INTO phone_views" in one for one in statements) == 1


def test_the_people_of_a_community_with_family_team_and_minutes(
    app: Flask, as_: As, served: int
) -> None:
    with app.app_context():
        add_family(MAI.id, "陈桂香", "妈妈")
    rows = sheets(post(as_(OLGA), "/organize/people.xlsx"))["志愿者"]
    names = [row[0] for row in rows[1:]]
    assert names[:3] == [MAI.name, "陈桂香", BAO.name]
    assert TIAN.name not in names
    mai = dict(zip(rows[0], rows[1], strict=True))
    assert (mai["手机号"], mai["在本社区的分钟"], mai["家人"]) == (MAI.phone, 120, None)
    assert dict(zip(rows[0], rows[2], strict=True))["家人"] == "妈妈"
    assert len(seen(app)) == len({row[1] for row in rows[1:]})


def test_hours_stand_with_their_evidence_and_make_ups_are_summed_apart(
    as_: As, served: int
) -> None:
    found = sheets(as_(OLGA).open(f"/organize/hours.xlsx?{DAYS}"))
    lines = [dict(zip(found["每一条"][0], row, strict=True)) for row in found["每一条"][1:]]
    by_name = {str(line["姓名"]): line for line in lines}
    assert (by_name[MAI.name]["分钟"], by_name[MAI.name]["哪一种"]) == (120, "签到")
    assert by_name[MAI.name]["手机尾号"] == "0001"
    assert "由欧阳兰在门口签到" in str(by_name[MAI.name]["凭据"])
    assert (by_name[BAO.name]["哪一种"], by_name[BAO.name]["原因"]) == ("补录", "手机没电")
    sums = {row[0]: row[2:] for row in found["每个人的合计"][1:]}
    assert sums == {MAI.name: [120, 0], BAO.name: [59, 59]}


def test_only_who_agreed_is_handed_to_another_system_and_the_others_are_a_number(
    app: Flask, as_: As, served: int
) -> None:
    with app.app_context():
        give_consent(MAI.id, ConsentKind.HAND_OVER, MAI.id)
        give_consent(BAO.id, ConsentKind.HAND_OVER, BAO.id)
        withdraw_consent(BAO.id, ConsentKind.HAND_OVER, BAO.id)
    days = {"from": "2027-06-01", "to": "2027-06-30"}
    found = sheets(post(as_(OLGA), "/organize/national.xlsx", **days))
    assert found["服务记录"][0] == [
        "姓名", "证件类型", "证件号码", "联系方式", "活动名称", "活动日期", "开始时间", "结束时间",
        "地点", "服务对象", "服务内容", "服务时长(小时)", "服务时长(分钟)", "组织单位", "负责人",
        "记录人", "评价",
    ]  # fmt: skip
    assert found["服务记录"][1:] == [
        [MAI.name, None, None, MAI.phone, "端午包粽子", "2027-06-09", "12:00", "14:00",
         "社区活动室", None, "煮粽子", 2, 120, "沿河社区", "欧阳兰", "欧阳兰", None]
    ]  # fmt: skip
    notes = " ".join(str(row[0]) for row in found["说明"])
    assert "1 人没有同意交给其他系统，没有写进来" in notes
    assert "证件号码是空的：本社区不收集" in notes
    assert not any(word in notes for word in ("官方", "国家标准", "已认证"))
    assert seen(app) == [(MAI.id, OLGA.id, "/organize/national.xlsx")]


@pytest.mark.parametrize(("minutes", "shown"), [(59, 0.9), (60, 1.0), (119, 1.9), (6, 0.1), (5, 0)])
def test_hours_are_rounded_down_to_one_decimal(minutes: int, shown: float) -> None:
    assert hours(minutes) == shown


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_name_begins_with_it_is_text_in_every_file(
    app: Flask, as_: As, served: int, name: str
) -> None:
    rename(app, MAI, name)
    with app.app_context():
        give_consent(MAI.id, ConsentKind.HAND_OVER, MAI.id)
    olga, days = as_(OLGA), {"from": "2027-06-01", "to": "2027-06-30"}
    kept = name.replace("\r", "_x000D_")
    for page in (
        post(olga, "/organize/events/1/roster.xlsx"),
        post(olga, "/organize/people.xlsx"),
        olga.open(f"/organize/hours.xlsx?{DAYS}"),
        post(olga, "/organize/national.xlsx", **days),
    ):
        cells = [cell for rows in sheets(page).values() for row in rows for cell in row]
        assert name in cells or kept in cells or name.replace("\r", "\n") in cells


def test_files_arrive_under_a_chinese_name_and_are_kept_by_nobody_on_the_way(
    as_: As, served: int
) -> None:
    headers = as_(OLGA).open("/organize/events/1/roster.xlsx").response.headers
    name = quote("端午包粽子-名单-2027-06-09.xlsx", safe="")
    assert headers["Content-Disposition"] == (
        f"attachment; filename=\"roster-1.xlsx\"; filename*=UTF-8''{name}"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_title_cannot_break_out_of_the_file_name(app: Flask, as_: As, served: int) -> None:
    rename(app, MAI, '粽子";\r\nSet-Cookie: a=b')
    headers = as_(OLGA).open("/organize/events/1/roster.xlsx").response.headers
    assert "a=b" not in [cookie.partition(";")[0] for cookie in headers.getlist("Set-Cookie")]
    assert headers["Content-Disposition"].count('"') == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [("from=&to=2027-06-30", "请写开始的日子"), ("from=2027-06-30&to=2027-06-01", "在开始之前"),
     ("from=abc&to=2027-06-30", "日期请写成")],
)  # fmt: skip
def test_days_that_cannot_be_are_asked_for_again(as_: As, days: str, words: str) -> None:
    page = as_(OLGA).open(f"/organize/hours.xlsx?{days}")
    assert page.status == 422
    assert words in page.whole_text


def test_the_lists_of_another_community_do_not_exist(as_: As, served: int) -> None:
    tian, olga = as_(TIAN), as_(OLGA)
    assert tian.open("/organize/events/1/roster.xlsx").status == 404
    assert post(tian, "/organize/events/1/roster.xlsx").status == 404
    for url in ("/organize/people.xlsx?", f"/organize/hours.xlsx?{DAYS}&", "/organize/rosters?"):
        assert olga.open(f"{url}community={RAIL}").status == 404
        assert olga.open(f"{url}community=x").status == 404
        assert tian.open(f"{url}community={RAIL}").status == 200
    assert post(olga, "/organize/people.xlsx", community=str(RAIL)).status == 404


def test_the_page_leads_to_every_file(as_: As, served: int) -> None:
    page = as_(OLGA).open("/organize").follow("名单")
    assert page.text("h1") == "名单"
    for link in page.soup.select("a.button[href*='.xlsx']"):
        assert page.visitor.open(str(link["href"])).status == 200
    assert page.press("下载时长").status == 200
    assert page.press("下载供录入的记录").status == 200
    assert RIVER == 1

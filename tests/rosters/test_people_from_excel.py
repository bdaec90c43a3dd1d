"""An organizer chooses a file, reads what would happen to each row, and says yes."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from tests.rosters import files
from tests.rosters.conftest import Sender, post
from tests.rosters.files import LAN, PING, a_csv, an_xlsx
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, viewer_of
from volboard.accounts.models import Account, Consent, Volunteer
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.db import Base, db
from volboard.rosters.drafts import purge_drafts
from volboard.rosters.models import RosterDraft, RosterImport, RosterListing
from volboard.teams.commands import TeamDraft, create_team
from volboard.teams.models import TeamMember
from volboard.teams.rules import TeamKind

As = Callable[[Person], Visitor]
Count = Callable[[type[Base]], int]
Who = Callable[[str], Volunteer | None]
TWO = [PING, LAN]


def yes(page: Page, people: int) -> Page:
    """Say that everybody was asked, and press the button."""
    return page.press(f"加进来 {people} 人", asked="y")


def says(page: Page) -> list[str]:
    """What the preview says of each row."""
    return page.texts(".person__note")


def test_a_file_is_shown_row_by_row_and_taken_in_with_one_press(
    as_: As, send: Sender, count: Count, who: Who
) -> None:
    before = count(Account)
    preview = send(as_(OLGA), an_xlsx(TWO))
    assert says(preview) == ["加进来", "加进来"]
    assert "现在还没有加" in preview.whole_text
    assert count(Account) == before
    page = yes(preview, 2)
    assert "加进来 2 人" in page.text(".notice")
    assert (count(Account), count(RosterDraft), count(RosterImport)) == (before + 2, 0, 1)
    found = who(PING[1])
    assert found is not None
    assert (found.name, found.is_self, found.relation) == ("平安", True, "")
    assert found.initials.startswith("pa")


def test_new_people_are_unverified_without_a_password_at_home_and_were_asked(
    app: Flask, as_: As, send: Sender
) -> None:
    yes(send(as_(OLGA), an_xlsx([PING])), 1)
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.phone == "+86" + PING[1])).one()
        assert (account.password_hash, account.verified_at, account.is_admin) == (None, None, False)
        home = select(Residency.community_id).where(Residency.account_id == account.id)
        assert db.session.scalars(home).all() == [RIVER]
        consent = db.session.scalars(select(Consent).where(Consent.given_by == OLGA.id)).one()
        assert consent.kind == "use"


def test_nobody_is_added_before_the_organizer_says_that_they_were_asked(
    as_: As, send: Sender, count: Count
) -> None:
    before = count(Account)
    page = send(as_(OLGA), an_xlsx([PING])).press("加进来 1 人")
    assert page.status == 422
    assert "请先问过名单上的人" in page.text(".field__error")
    assert count(Account) == before


def test_the_same_file_a_second_time_adds_nobody_and_says_so(
    as_: As, send: Sender, count: Count
) -> None:
    olga, data = as_(OLGA), an_xlsx(TWO)
    yes(send(olga, data), 2)
    before = count(Account)
    preview = send(olga, data)
    assert says(preview) == ["已经有了，不动"] * 2
    assert "已经加过一次" in preview.whole_text
    assert "没有新的人要加" in preview.whole_text
    assert count(Account) == before


def test_one_bad_row_keeps_the_whole_file_out(as_: As, send: Sender, count: Count) -> None:
    before, olga = count(Account), as_(OLGA)
    preview = send(olga, an_xlsx([PING, ("兰花", "1390000")]))
    assert says(preview) == ["加进来", "不能加：手机号不是 11 位的手机号码"]
    assert "1 行不能加" in preview.text(".notice__title")
    assert not preview.soup.select("form[action$='/take']")
    forced = olga.post(f"{preview.url}/take", {"asked": "y", **token(preview)})
    assert forced.status == 409
    assert "一行都没有加" in forced.whole_text
    assert count(Account) == before


def test_half_of_the_rows_bad_are_listed_alone_and_printed(as_: As, send: Sender) -> None:
    rows = [one if n % 2 else (one[0], one[1][:9]) for n, one in enumerate(files.people(240))]
    preview = send(as_(OLGA), an_xlsx(rows))
    assert "120 行不能加" in preview.text(".notice__title")
    assert len(says(preview)) == 100
    assert "邻居100" in preview.follow("下一页").whole_text
    bad = preview.follow("只看不能加的")
    assert set(says(bad)) == {"不能加：手机号不是 11 位的手机号码"}
    assert len(says(bad.follow("下一页"))) == 20
    assert len(preview.follow("打印要改的行").texts("tbody tr")) == 120


def test_what_was_not_read_is_said(as_: As, send: Sender) -> None:
    book = files.opened(an_xlsx([(*PING, ""), (*LAN, ""), ("桂", "x")]))
    sheet = book.worksheets[0]
    sheet.merge_cells("C2:C3")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("附表")
    words = send(as_(OLGA), files.saved(book)).whole_text
    assert "这几列没有读，不会加进来：技能、备注。" in words
    assert "1 行在表里是隐藏的，没有读。" in words
    assert "1 列在表里是隐藏的，没有读。" in words
    assert "表里有合并的格子" in words
    assert "这几张表没有读：附表。" in words


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_text_files_come_in_too(as_: As, send: Sender, encoding: str) -> None:
    assert says(send(as_(OLGA), a_csv(TWO, encoding), "名单.csv")) == ["加进来", "加进来"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "请先选一个文件"),
        (b"x" * 2_100_000, "文件超过 2 MB 了"),
        (files.a_bomb(), "解开以后大得不正常"),
        (files.with_part(an_xlsx([PING]), "xl/vbaProject.bin", b""), "带着宏"),
        (an_xlsx([("平安", "兰花")], ("甲", "乙")), "没有找到“姓名”和“手机号”"),
    ],
    ids=["no file", "too big", "bomb", "macro", "no headings"],
)
def test_a_file_that_is_not_read_says_why_beside_the_field_and_leaves_nothing(
    as_: As, send: Sender, count: Count, data: bytes, words: str
) -> None:
    page = send(as_(OLGA), data, "名单.xlsx" if data else "")
    assert page.status == 422
    assert words in page.text("#roster-error")
    assert count(RosterDraft) == 0


def test_only_this_route_takes_more_than_a_form(as_: As, send: Sender) -> None:
    def sent(url: str, size: int) -> int:
        file = FileStorage(BytesIO(b"x" * size), "a.csv", "roster")
        return post(as_(OLGA), url, {"roster": file}).status

    assert sent("/organize/rosters/import", 300_000) == 400  # it was read, and has no token
    assert sent("/organize/certificates/new", 300_000) == 413
    assert sent("/organize/national.xlsx", 300_000) == 413
    assert sent("/organize/rosters/import", 5_000_000) == 413


def test_new_people_join_the_team_that_the_file_names(
    app: Flask, as_: As, send: Sender, who: Who
) -> None:
    with app.app_context():
        create_team(RIVER, TeamDraft("红帽队", TeamKind.RESIDENT, "帮忙"), viewer_of(OLGA))
    yes(send(as_(OLGA), an_xlsx([(*PING, "红帽队", "剪纸、书法"), LAN])), 2)
    found = who(PING[1])
    assert found is not None
    assert found.skills == "剪纸,书法"
    with app.app_context():
        assert db.session.scalars(select(TeamMember.volunteer_id)).all() == [found.id]


def test_nobody_who_exists_is_changed_or_renamed(as_: As, send: Sender, who: Who) -> None:
    preview = send(as_(OLGA), an_xlsx([("别的名字", BAO.phone, "", "开车"), PING]))
    asked = "这个号码已经有了，叫别的名字：单独加，等那家认了再进那家"
    assert says(preview) == [asked, "加进来"]
    yes(preview, 2)
    bao = who(BAO.phone)
    assert bao is not None
    assert (bao.name, bao.skills) == (BAO.name, "")


def test_a_number_that_is_at_home_elsewhere_looks_like_any_other_before_and_after(
    app: Flask, as_: As, send: Sender, count: Count, who: Who
) -> None:
    olga, data = as_(OLGA), an_xlsx([("田某", TIAN.phone), PING])
    preview = send(olga, data)
    assert says(preview) == ["加进来", "加进来"]
    assert "加进来 2 人" in yes(preview, 2).text(".notice")
    assert says(send(olga, data)) == ["已经有了，不动"] * 2
    with app.app_context():
        homes = select(Residency.community_id).where(Residency.account_id == TIAN.id)
        assert db.session.scalars(homes).all() == [RAIL]
    tian = who(TIAN.phone)
    assert tian is not None
    assert tian.name == TIAN.name
    assert count(RosterListing) == 1


def test_a_preview_is_its_organizers_alone(as_: As, send: Sender, count: Count) -> None:
    url = send(as_(OLGA), an_xlsx([PING])).url
    for other in (OTTO, TIAN, ADA):
        visitor = as_(other)
        for address in (url, f"{url}/bad"):
            assert visitor.open(address).status == 404
        started = visitor.open("/organize/rosters/import")
        assert visitor.post(f"{url}/take", {"asked": "y", **token(started)}).status == 404
        visitor.post(f"{url}/drop", token(started))
    assert count(RosterDraft) == 1


def test_a_file_for_another_community_is_not_read(as_: As, send: Sender, count: Count) -> None:
    page = send(as_(OLGA), an_xlsx([PING]), community=RAIL)
    assert page.status == 422
    assert count(RosterDraft) == 0


def test_a_preview_is_gone_after_an_hour_and_with_the_next_file(
    app: Flask, as_: As, send: Sender, count: Count
) -> None:
    olga = as_(OLGA)
    with clock.standing_at(NOON):
        first = send(olga, an_xlsx([PING])).url
        second = send(olga, an_xlsx([LAN])).url
        assert olga.open(first).status == 404
        assert count(RosterDraft) == 1
    with clock.standing_at(NOON + timedelta(minutes=61)):
        gone = olga.open(second)
        assert gone.status == 404
        assert "预览只留一小时" in gone.whole_text
        with app.app_context():
            assert purge_drafts() == 1
    assert count(RosterDraft) == 0


def test_what_was_read_can_be_thrown_away(as_: As, send: Sender, count: Count) -> None:
    page = send(as_(OLGA), an_xlsx([PING])).press("不加了")
    assert "读到的也删掉了" in page.text(".notice")
    assert count(RosterDraft) == 0


def test_five_thousand_rows_take_a_fixed_number_of_statements(
    app: Flask, as_: As, send: Sender, count: Count
) -> None:
    olga, before = as_(OLGA), count(Account)
    with counted(app) as statements:
        preview = send(olga, files.a_long_xlsx(files.people(5_000)))
        assert len(statements) < 25
        statements.clear()
        page = yes(preview, 5_000)
        assert len(statements) < 90, "5,000 people are written in batches"
    assert "加进来 5000 人" in page.text(".notice")
    assert count(Account) == before + 5_000


def token(page: Page) -> dict[str, object]:
    """The token of a form on the page."""
    return {"csrf_token": str(page.soup.select("input[name=csrf_token]")[0]["value"])}

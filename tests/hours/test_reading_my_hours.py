"""A volunteer reads every minute credited, and why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, Person
from tests.support.past import known_from_before
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, walk_in
from volboard.core import clock
from volboard.hours.commands import correct
from volboard.hours.confirming import confirm_all
from volboard.hours.queries import ledger
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
DEVICE = "微信 iPhone · a3f91c"


def served(
    app: Flask, volunteer: int, account: int, days: int = 0, minutes: float | None = 65,
    out_by: Person = OLGA,
) -> int:  # fmt: skip
    """Two hours were planned at noon so many days later; they stayed these minutes."""
    start = NOON + timedelta(days=days)
    with app.app_context():
        with clock.standing_at(start - timedelta(hours=24)):
            event = an_event(starts_at=start, ends_at=start + timedelta(hours=2))
            shift = a_shift(event, starts_at=start)
            sign_up(volunteer, shift, account)
        with clock.standing_at(start):
            check_in(shift, volunteer, viewer_of(OLGA), "gate", DEVICE)
        if minutes is not None:
            with clock.standing_at(start + timedelta(minutes=minutes)):
                check_out(shift, volunteer, viewer_of(out_by))
        with clock.standing_at(start + timedelta(minutes=130)):
            close_shift(shift, viewer_of(OLGA))
    return shift


def test_who_has_no_hours_is_invited(as_: As) -> None:
    page = as_(MAI).open("/me/hours")
    assert page.text("h1") == "我的服务时长"
    assert "还没有服务时长" in page.text(".empty")
    assert page.soup.select_one('.empty a[href="/"]')


def test_a_line_says_who_saw_it_when_and_how(app: Flask, as_: As) -> None:
    served(app, MAI.id, MAI.id)
    with at(200):
        page = as_(MAI).open("/me/hours")
    assert page.text(".ring__figure") == "1 小时 5 分"
    assert page.text(".ring__caption") == "再有 98 小时 55 分到一星"
    assert page.text(".entry__when") == "6 月 9 日 星期三 12:00–13:05 · 计划 2 小时"
    assert page.text(".entry__duration") == "1 小时 5 分"
    assert page.text(".entry__evidence") == f"6 月 9 日 12:00 由欧*兰在门口签到 · {DEVICE}"
    assert "欧阳兰" not in page.text("main")
    assert not page.soup.select(".entry__reason")


def test_a_forgotten_sign_out_is_marked_with_the_rule(app: Flask, as_: As) -> None:
    served(app, MAI.id, MAI.id, minutes=None)
    with at(200):
        page = as_(MAI).open("/me/hours")
    assert "忘了签退：按规则算到计划结束，14:00。" in page.text(".entry__actions")


def test_a_walk_in_reads_that_they_walked_in(app: Flask, as_: As) -> None:
    shift = a_gate(app, BAO)
    with app.app_context():
        with at(0):
            walk_in(shift, MAI.name, MAI.phone, "", viewer_of(OLGA), DEVICE)
        with at(130):
            close_shift(shift, viewer_of(OLGA))
            assert confirm_all(shift, [1], viewer_of(OTTO)) == 1
    with at(200):
        assert "由欧*兰现场报名并签到" in as_(MAI).open("/me/hours").text(".entry__evidence")


def test_a_correction_is_read_beside_what_it_took_back(app: Flask, as_: As) -> None:
    served(app, MAI.id, MAI.id)
    with app.app_context(), at(300):
        line = ledger(MAI.id).lines[0]
        correct(line.id, NOON, NOON + timedelta(minutes=90), "看错了表", viewer_of(OTTO))
    with at(400):
        page = as_(MAI).open("/me/hours")
    assert page.text(".ring__figure") == "1 小时 30 分"
    assert page.texts(".entry__duration") == ["1 小时 30 分", "−1 小时 5 分", "1 小时 5 分"]
    assert page.texts(".entry__reason") == ["更正：看错了表", "冲正：看错了表"]
    assert "由奥*明更正" in page.texts(".entry__evidence")[0]
    assert page.text(".entry:last-child .chip") == "已冲正"


def test_a_family_member_has_a_page_and_a_stranger_has_none(app: Flask, as_: As) -> None:
    with app.app_context(), at(-2000):
        grandma = add_family(MAI.id, "麦奶奶", "妈妈")
        known_from_before((grandma,))
    served(app, grandma, MAI.id)
    with at(200):
        mai = as_(MAI)
        assert mai.open("/me/hours").text(".empty")
        page = mai.open("/me/hours").follow("麦奶奶")
        assert page.text("h1") == "麦奶奶的服务时长"
        assert page.text(".ring__figure") == "1 小时 5 分"
        for stranger in (BAO.id, grandma + 1, 0, -1, "x", "", "9" * 30, "1 OR 1=1"):
            assert mai.open("/me/hours", query={"person": stranger}).status == 404


def test_the_months_are_those_of_beijing(app: Flask, as_: As) -> None:
    for days in (0, 1, 30):
        served(app, MAI.id, MAI.id, days)
    with at(31 * 24 * 60):
        page = as_(MAI).open("/me/hours")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select(".bars tbody tr")]
    assert len(rows) == 12
    assert rows[-2:] == ["6月 2 小时 10 分", "7月 1 小时 5 分"]
    assert rows[0] == "8月 0 分"
    assert len(page.soup.select(".bars__bar")) == 2


@pytest.mark.parametrize("asked", ["0", "-1", "x", "", "2", "99999999999999999999", "1.5"])
def test_pages_out_of_range_show_the_nearest(app: Flask, as_: As, asked: str) -> None:
    served(app, MAI.id, MAI.id)
    with at(200):
        page = as_(MAI).open("/me/hours", query={"page": asked})
    assert len(page.soup.select(".entry")) == 1


def test_older_lines_are_on_the_next_page_in_as_many_statements(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    served(app, MAI.id, MAI.id)
    with at(200):
        mai.open("/me/hours")
        with counted(app) as few:
            mai.open("/me/hours")
    for days in range(1, 33):
        served(app, MAI.id, MAI.id, days, out_by=OTTO)
    with clock.standing_at(NOON + timedelta(days=33)):
        with counted(app) as many:
            page = mai.open("/me/hours")
        assert len(page.soup.select(".entry")) == 30
        assert page.text(".ring__figure") == "35 小时 45 分"
        older = page.follow("下一页")
        assert len(older.soup.select(".entry")) == 3
        assert older.text(".ring__figure") == "35 小时 45 分"
        assert older.follow("上一页").url.endswith("/me/hours")
    assert len(many) == len(few) <= 9, many

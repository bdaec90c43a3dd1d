"""Everything recorded in one's name: by year and month, what was made up apart, and the night."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, Person
from tests.support.past import known_from_before
from tests.support.town import NOON, a_shift, viewer_of
from tests.support.worth import hold_worth
from volboard.accounts.commands import add_family
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.core.devices import Phone
from volboard.home.hours_views import Period
from volboard.hours.make_ups import approve, ask
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
LATE = datetime.fromisoformat("2027-12-31T22:30:00+08:00")
NEXT_DAY = datetime.fromisoformat("2028-01-02T12:00:00+08:00")


def served(volunteer: int, start: datetime, minutes: int = 60) -> int:
    """Two hours were planned and so many minutes served; needs a context."""
    with clock.standing_at(start - timedelta(hours=4)):
        shift = a_shift(starts_at=start)
        sign_up(volunteer, shift, MAI.id)
    with clock.standing_at(start):
        check_in(shift, volunteer, viewer_of(OLGA), "gate", "test")
    with clock.standing_at(start + timedelta(minutes=minutes)):
        check_out(shift, volunteer, viewer_of(OLGA))
    with clock.standing_at(start + timedelta(hours=2)):
        close_shift(shift, viewer_of(OLGA))
    return shift


@pytest.mark.parametrize(
    ("year", "month", "first", "after"),
    [(2027, 0, "2027-01-01", "2028-01-01"), (2027, 1, "2027-01-01", "2027-02-01"),
     (2027, 12, "2027-12-01", "2028-01-01")],
)  # fmt: skip
def test_a_period_ends_where_the_next_begins_in_beijing(
    year: int, month: int, first: str, after: str
) -> None:
    within = tuple(datetime.fromisoformat(f"{day}T00:00:00+08:00") for day in (first, after))
    assert Period(year, month).within == within


def test_hours_are_read_by_year_and_month_and_the_total_stays(app: Flask, as_: As) -> None:
    with app.app_context():
        served(MAI.id, NOON)
        served(MAI.id, LATE, 45)
    with clock.standing_at(NEXT_DAY):
        mai = as_(MAI)
        page = mai.open("/me/hours").press("看看有哪些", year="2027", month="12")
        assert page.texts(".entry__duration") == ["45 分"]
        assert page.text(".strong-line") == "这段时间 45 分"
        assert page.text(".ring__figure") == "1 小时 45 分"
        assert page.follow("全部显示").texts(".entry__duration") == ["45 分", "1 小时"]
        assert len(mai.open("/me/hours?year=2027").soup.select(".entry")) == 2
        assert "这段时间没有记录" in mai.open("/me/hours?year=2028").whole_text


@pytest.mark.parametrize(
    "query",
    ["year=abc", "year=0", "year=1999", "year=99999", "month=12", "year=2027&month=13", "page=x",
     "year=2027&month=-1", "page=99999999999999999999", "year=%00"],
)  # fmt: skip
def test_what_makes_no_sense_is_read_as_not_asked(app: Flask, as_: As, query: str) -> None:
    with app.app_context():
        served(MAI.id, NOON)
    with clock.standing_at(NEXT_DAY):
        page = as_(MAI).open(f"/me/hours?{query}")
    assert (page.status, page.texts(".entry__duration")) == (200, ["1 小时"])


def test_the_filter_stays_with_the_member_of_the_family(app: Flask, as_: As) -> None:
    with app.app_context(), clock.standing_at(NOON - timedelta(days=1)):
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        known_from_before((mother,))
    with app.app_context():
        served(mother, NOON, 30)
        served(MAI.id, NOON + timedelta(days=1))
    with clock.standing_at(NEXT_DAY):
        page = as_(MAI).open(f"/me/hours?person={mother}").press("看看有哪些", year="2027")
        assert page.text("h1") == "陈桂香的服务时长"
        assert page.texts(".entry__duration") == ["30 分"]


def test_what_was_made_up_is_marked_and_summed_apart(app: Flask, as_: As) -> None:
    with app.app_context():
        served(MAI.id, NOON)
        start = NOON + timedelta(hours=5)
        shift = a_shift(starts_at=start)
        with clock.standing_at(start + timedelta(hours=2)):
            close_shift(shift, viewer_of(OLGA))
            times = start, start + timedelta(minutes=50)
            asked = ask(shift, MAI.id, *times, "手机没电", viewer_of(OLGA), Phone("a" * 32, "甲"))
            approve(asked, viewer_of(OTTO), Phone("b" * 32, "乙"))
    with clock.standing_at(NEXT_DAY):
        page = as_(MAI).open("/me/hours")
    assert "一共 1 小时 50 分，其中补录 50 分" in page.whole_text
    assert page.texts(".entry[data-kind=makeup] .chip") == ["补录"]
    assert "补录：手机没电" in page.text(".entry[data-kind=makeup]")
    assert not page.soup.select(".entry[data-kind=credit] .chip")


def test_what_the_night_adds_is_told(app: Flask, as_: As) -> None:
    with app.app_context():
        hold_worth(night_percent=50)
        served(MAI.id, LATE)
    with clock.standing_at(NEXT_DAY):
        page = as_(MAI).open("/me/hours")
    assert page.text(".entry__duration") == page.text(".ring__figure") == "1 小时 30 分"
    assert "其中夜间 1 小时，按社区的规定多记 30 分" in page.text(".entry")

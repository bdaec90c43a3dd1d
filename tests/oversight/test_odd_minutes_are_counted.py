"""What is odd is told in minutes, to somebody who has no hand in it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from tests.oversight.odd_rows import LATER, a_line, a_make_up, a_witness, correct, lay_bare, reverse
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.town import NOON, viewer_of
from volboard.attendance.models import AttendanceLog
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.models import HourEntry
from volboard.oversight.commands import review
from volboard.oversight.errors import OwnPresses
from volboard.oversight.queries import not_reviewed, odd_desk
from volboard.oversight.rules import MOST_ROWS

As = Callable[[Person], Visitor]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST = "/organize/anomalies"


def minutes(by: Person = ADA) -> list[int]:
    """Of each odd thing that this person is shown, by rule."""
    with clock.standing_at(LATER + DAY):
        waiting = sorted(odd_desk(viewer_of(by)).waiting, key=lambda one: one.anomaly.rule)
        return [one.minutes for one in waiting]


@pytest.fixture
def alone(app: Flask) -> None:
    """Olga alone made twenty hours and ten minutes, all of them of this week."""
    with app.app_context():
        lay_bare()
        for days, lasts in ((2, 610), (3, 600)):
            begins = clock.now().replace(hour=4, minute=0) - days * DAY
            a_line(BAO, begins, lasts, seen_by=OLGA.id, recorded_by=OLGA.id)


def test_a_sentence_names_the_account_and_its_minutes(as_: As, alone: None) -> None:
    page = as_(ADA).open(LIST)
    sentence = page.text(".card__text")
    assert "其中 20 小时 10 分（100%，2 条）从头到尾只有欧*兰一个组织者经手" in sentence
    assert "关系到" not in sentence
    assert OLGA.name not in page.whole_text
    one = page.follow("从头到尾一个人经手")
    assert "有 20 小时以上的时长，又占本社区的 60% 以上" in one.text("main .hint")
    assert "只列最近" not in one.whole_text
    assert len(one.soup.select(".people a")) == 2


def test_the_list_sums_the_minutes_of_what_waits(app: Flask, as_: As, alone: None) -> None:
    with app.app_context():
        for hours in (4, 3):
            a_line(MAI, clock.now() - hours * HOUR, 90)
    page = as_(ADA).open(LIST)
    assert "加起来关系到 23 小时 10 分" in page.text("section[aria-labelledby=waiting-title] .hint")
    assert "关系到 3 小时。" in page.whole_text


def test_whose_minutes_they_are_says_nothing_of_them(app: Flask, alone: None) -> None:
    with app.app_context():
        key = f"alone-{OLGA.id}-2"
        with pytest.raises(OwnPresses):
            review(RIVER, key, "我一个人做的", viewer_of(OLGA))
        review(RIVER, key, "问过了，那几天只有她在", viewer_of(OTTO))
        assert not_reviewed((RIVER,)) == 0


def test_neither_of_two_who_correct_each_other_says_it_was_seen(inside: Flask) -> None:
    lay_bare()
    for number in range(3):
        correct(a_line(MAI, NOON - number * DAY, minutes=60, seen_by=ADA.id), OLGA, 80)
    with clock.standing_at(LATER + DAY):
        (one,) = odd_desk(viewer_of(ADA)).waiting
        for person in (OLGA, OTTO):
            with pytest.raises(OwnPresses):
                review(RIVER, one.anomaly.key, "没事", viewer_of(person))


def test_who_brought_it_in_late_does_not_review_it(inside: Flask) -> None:
    lay_bare()
    a_witness(a_line(MAI, NOON, 180, seen_by=ADA.id, recorded_by=ADA.id), OLGA, late=500)
    with clock.standing_at(LATER + DAY):
        (one,) = odd_desk(viewer_of(OTTO)).waiting
        with pytest.raises(OwnPresses):
            review(RIVER, one.anomaly.key, "没事", viewer_of(OLGA))
        review(RIVER, one.anomaly.key, "停电了，她第二天补的", viewer_of(OTTO))


def test_many_rows_are_told_as_many_and_the_newest_are_listed(app: Flask, as_: As) -> None:
    with app.app_context():
        lay_bare()
        begins = clock.now().replace(hour=4, minute=0) - DAY
        for number in range(MOST_ROWS + 1):
            a_line(MAI, begins - number * 10 * HOUR, 30, seen_by=OLGA.id, recorded_by=OLGA.id)
    one = as_(ADA).open(LIST).follow("从头到尾一个人经手")
    assert "25 小时 30 分（100%，51 条）" in one.whole_text
    assert "只列最近的 50 条，时长按全部 51 条算。" in one.whole_text
    assert len(one.soup.select(".people a")) == MOST_ROWS


def test_minutes_of_lines_make_ups_and_what_lies_elsewhere(inside: Flask) -> None:
    lay_bare()
    a_make_up(after=timedelta(seconds=5))
    assert minutes() == [60]
    a_line(MAI, NOON)
    a_line(MAI, NOON + HOUR, 90, community=2)
    assert minutes() == [60, 210, 210]
    assert minutes(OTTO) == [60, 120]
    assert minutes(TIAN) == [90]


def test_a_run_of_corrections_is_about_the_minutes_taken_back(inside: Flask) -> None:
    lay_bare()
    for number in range(5):
        reverse(a_line(BAO, NOON - number * DAY))
    assert minutes() == [600]


def test_a_press_is_about_what_its_presence_came_to(inside: Flask) -> None:
    lay_bare()
    line = db.session.get_one(HourEntry, a_line(MAI))
    press = {"attendance_id": line.attendance_id, "action": "in", "at": NOON, "by": OLGA.id,
             "device": "", "flag": "clamped"}  # fmt: skip
    with transaction():
        db.session.execute(insert(AttendanceLog), [press])
    assert minutes() == [120]
    reverse(line.id)
    assert minutes() == [0]

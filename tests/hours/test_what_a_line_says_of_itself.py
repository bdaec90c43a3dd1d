"""Each line says when they came, from when it counts and why, who signed them out, and by which
rule: to its owner, on the page of a question, and to the organizer who looks into it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.home.planting import counted_statements
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, RIVER, Person
from tests.support.town import NOON, a_shift, viewer_of
from tests.support.worth import hold_worth
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.hours.commands import correct
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
NEVER = None
NEXT_DAY = NOON + timedelta(days=1)


def served(came: int, left: int | None, closed: int = 125, noon: datetime = NOON) -> int:
    """A shift from noon to two, in minutes after noon; needs a context."""
    with clock.standing_at(noon - timedelta(hours=4)):
        shift = a_shift(starts_at=noon)
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(noon + timedelta(minutes=came)):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    if left is not None:
        with clock.standing_at(noon + timedelta(minutes=left)):
            check_out(shift, MAI.id, viewer_of(OTTO))
    with clock.standing_at(noon + timedelta(minutes=closed)):
        close_shift(shift, viewer_of(OLGA))
    return shift


EARLY = "从 12:00 算起：岗位这时开始，早到的不算。"
LATE = "从 12:10 算起：签到的时候。"


@pytest.mark.parametrize(
    ("came", "left", "closed", "said"),
    [
        (-20, 90, 125, [EARLY, "13:30 由奥*明签退，算到这时。"]),
        (0, 120, 125, ["从 12:00 算起：签到的时候。", "14:00 由奥*明签退，算到这时。"]),
        (10, 121, 125, [LATE, "14:01 由奥*明签退，算到 14:00：岗位这时结束。"]),
        (10, NEVER, 125, [LATE, "忘了签退：按规则算到计划结束，14:00。14:05 由欧*兰关门。"]),
        (10, NEVER, 60, [LATE, "忘了签退：按规则算到关门的时候，13:00。13:00 由欧*兰关门。"]),
        (10, NEVER, 1440,
         [LATE, "忘了签退：按规则算到计划结束，14:00。6 月 10 日 12:00 由欧*兰关门。"]),
    ],
)  # fmt: skip
def test_a_line_says_from_when_until_when_and_why(
    app: Flask, as_: As, came: int, left: int | None, closed: int, said: list[str]
) -> None:
    with app.app_context():
        served(came, left, closed)
    with clock.standing_at(NEXT_DAY + timedelta(hours=1)):
        mai = as_(MAI)
        page = mai.open("/me/hours")
        assert page.texts(".entry .entry__actions > .hint") == said
        asked = mai.open("/me/hours/1/dispute").texts("main .hint li")
        seen = as_(OLGA).open("/organize/hours/1/correct").texts("main .hint li")
    assert asked == seen
    assert "由欧*兰在门口签到" in asked[0]
    assert asked[1:] == said


def test_the_organizer_who_answers_a_question_reads_it_too(app: Flask, as_: As) -> None:
    with app.app_context():
        served(10, 90)
    with clock.standing_at(NEXT_DAY):
        page = as_(MAI).open("/me/hours/1/dispute?claim=wrong_time")
        page.press("提出来", words="我 12 点就到了。")
        page = as_(OTTO).open("/organize/disputes/1")
    assert page.texts("main .plain.hint li")[1:] == [LATE, "13:30 由奥*明签退，算到这时。"]


def test_the_night_s_extra_and_breaks_are_part_of_it(app: Flask, as_: As) -> None:
    with app.app_context():
        hold_worth(RIVER, night_percent=50, night_from=12 * 60, night_to=13 * 60)
        served(0, 90)
    with clock.standing_at(NEXT_DAY):
        said = as_(OLGA).open("/organize/hours/1/correct").texts("main .hint li")
    assert said[-1] == "其中夜间 1 小时，按社区的规定多记 30 分。"


def test_a_corrected_line_does_not_say_what_the_gate_saw(app: Flask, as_: As) -> None:
    with app.app_context():
        served(-20, 90)
        with clock.standing_at(NEXT_DAY):
            correct(1, NOON, NOON + timedelta(minutes=60), "提前走了", viewer_of(OTTO))
    with clock.standing_at(NEXT_DAY):
        entries = as_(MAI).open("/me/hours").soup.select(".entry")
    hints = [len(entry.select(".entry__actions > .hint")) for entry in entries]
    assert sorted(hints) == [0, 0, 2], "only the line of the gate speaks of the gate"


def test_more_lines_take_no_more_statements(app: Flask, as_: As) -> None:
    counts = []
    for day in range(3):
        with app.app_context():
            served(-20, 90, noon=NOON + timedelta(days=day))
        with clock.standing_at(NEXT_DAY + timedelta(days=day)):
            mai = as_(MAI)
            mai.open("/me")
            with counted_statements(app) as statements:
                mai.client.get("/me/hours")
            counts.append(len(statements))
    assert len(set(counts)) == 1

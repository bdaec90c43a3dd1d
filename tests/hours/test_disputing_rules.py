"""What holds for every dispute, whoever asks: whose it is, how many, and who may answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.hours.disputing import opened
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.totals import total_minutes
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours import dispute_commands as commands
from volboard.hours.commands import correct
from volboard.hours.dispute_desk_queries import dispute, dispute_desk
from volboard.hours.dispute_errors import (
    AlreadyAnswered,
    AlreadyDisputed,
    LineReplaced,
    OwnDispute,
    TooManyDisputes,
)
from volboard.hours.models import Dispute

As = Callable[[Person], Visitor]
LATER = 24 * 60


@both_engines
def test_nobody_answers_for_their_own_household(inside: Flask, engine: str) -> None:
    shift = a_gate(inside, OTTO)
    with at(0):
        check_in(shift, OTTO.id, viewer_of(OLGA), "gate", "test")
    with at(130):
        close_shift(shift, viewer_of(OLGA))
        mine = commands.open_dispute(1, "wrong_time", "早到了", viewer_of(OTTO))
        for press in (commands.answer_dispute, commands.take_back):
            with pytest.raises(OwnDispute):
                press(mine, "好的", viewer_of(OTTO))
        assert db.session.get_one(Dispute, mine).answer == ""
        commands.answer_dispute(mine, "没有", viewer_of(OLGA))


@both_engines
def test_only_the_household_disputes_and_only_its_organizers_answer(
    inside: Flask, engine: str, line: int
) -> None:
    with at(LATER):
        for stranger in (BAO, OLGA, TIAN, ADA):
            with pytest.raises(NotFound):
                opened(by=stranger)
        mine = opened()
        for stranger in (MAI, BAO, TIAN):
            with pytest.raises(NotFound):
                commands.answer_dispute(mine, "好", viewer_of(stranger))
            with pytest.raises(NotFound):
                dispute(mine, viewer_of(stranger))
        assert dispute_desk(viewer_of(TIAN)).waiting == ()
        assert [row.id for row in dispute_desk(viewer_of(ADA)).waiting] == [mine]


@both_engines
def test_one_open_dispute_a_line_and_the_same_words_are_one(
    inside: Flask, engine: str, line: int
) -> None:
    first = opened()
    assert opened() == first
    with pytest.raises(AlreadyDisputed):
        opened("not_me", "不是我")
    commands.answer_dispute(first, "看过了", viewer_of(OTTO))
    commands.answer_dispute(first, "看过了", viewer_of(OTTO))
    for words, by in (("另一句", OTTO), ("看过了", OLGA)):
        with pytest.raises(AlreadyAnswered):
            commands.answer_dispute(first, words, viewer_of(by))
    with pytest.raises(AlreadyAnswered):
        commands.take_back(first, "收回", viewer_of(OTTO))
    assert opened() != first
    assert total_minutes(MAI.id) == 120


@both_engines
def test_a_line_that_was_replaced_is_disputed_on_the_new_one(
    inside: Flask, engine: str, line: int
) -> None:
    with at(LATER):
        correct(1, NOON, NOON + timedelta(hours=1), "早退", viewer_of(OTTO))
        for entry in (1, 2):
            with pytest.raises(LineReplaced):
                commands.open_dispute(entry, "wrong_time", "不对", viewer_of(MAI))
        commands.open_dispute(3, "wrong_time", "不对", viewer_of(MAI))


@both_engines
def test_ten_a_day_and_tomorrow_again(inside: Flask, engine: str, line: int) -> None:
    with at(0):
        for number in range(commands.MOST_A_DAY):
            commands.answer_dispute(opened(words=f"第 {number} 次"), "看了", viewer_of(OTTO))
        with pytest.raises(TooManyDisputes):
            opened()
    with at(12 * 60 - 1), pytest.raises(TooManyDisputes):
        opened()
    with at(12 * 60):
        opened()


def test_the_oldest_stands_first_by_a_running_clock(inside: Flask, line: int) -> None:
    opened("not_me", "一")
    assert [row.days for row in dispute_desk(viewer_of(OLGA)).waiting] == [0]
    assert clock.now() >= dispute(1, viewer_of(OLGA)).opened_at

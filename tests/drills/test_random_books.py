"""Whatever organizers press in whatever order, the ledger is what a child would have kept."""

import os
from collections.abc import Callable
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.drills import ledger_hands as hands
from tests.drills.ledger_model import Book, Wish
from tests.drills.ledger_town import found
from tests.drills.rush import ROUNDS
from tests.support.cast import OTTO
from tests.support.totals import total_minutes
from tests.support.town import viewer_of
from volboard.attendance.closing import close_shift
from volboard.core.errors import Refusal
from volboard.hours import commands, make_ups
from volboard.hours.queries import ledger

SEQUENCES = int(os.environ.get("VOLBOARD_SEQUENCES", "0")) or (500 * ROUNDS if ROUNDS > 1 else 60)
MINUTE = st.integers(-10, 190)
STAY = st.tuples(MINUTE, MINUTE)
INSIDE = st.tuples(st.integers(0, 180), st.integers(0, 180)).map(sorted).map(tuple)
TIMES = st.one_of(INSIDE, INSIDE, STAY)
ONE = st.integers(0, 99)
STAFF = st.sampled_from(sorted(hands.STAFF))
PHONE = st.sampled_from("ab")


def outcome(act: Callable[[], object]) -> type[Exception] | None:
    """How a command refused, if it did."""
    try:
        act()
    except Refusal as refusal:
        return type(refusal)
    return None


class Ledgers(RuleBasedStateMachine):
    """Two people with a line each or none, and three who organize."""

    @initialize(first=INSIDE, second=INSIDE, pause=INSIDE, night=INSIDE,
                percent=st.sampled_from((0, 50, 100)))  # fmt: skip
    def begin(self, first: Any, second: Any, pause: Any, night: Any, percent: int) -> None:
        self.ids = hands.two_people()
        if night[0] == night[1]:
            percent = 0
        hands.set_night(night[0], night[1] + (night[0] == night[1]), percent)
        came = dict(zip(self.ids, (first, second), strict=True))
        with hands.a_day_later():
            self.posts = hands.posts_of(came, pause)
        self.book = Book(range(*night), percent, range(0))
        for person, times in came.items():
            within = times[0] <= pause[0] < pause[1] <= times[1]
            self.book.pause = range(*pause) if within else range(0)
            self.book.credit(person, times)
        self.pauses = {person: range(*pause) if times[0] <= pause[0] < pause[1] <= times[1]
                       else range(0) for person, times in came.items()}  # fmt: skip
        self.requests: list[int] = []

    @precondition(lambda self: any(self.book.people.values()))
    @rule(who=ONE, line=ONE, times=TIMES, by=STAFF)
    def correct(self, who: int, line: int, times: Any, by: int) -> None:
        people = [person for person, sheets in self.book.people.items() if sheets]
        person = people[who % len(people)]
        number = line % len(self.book.people[person])
        entry = hands.lines_of(person)[number].id
        self.book.pause = self.pauses[person]
        with hands.a_day_later():
            did = outcome(lambda: commands.correct(
                entry, hands.instant(times[0]), hands.instant(times[1]), "因为看错了",
                viewer_of(hands.STAFF[by])))  # fmt: skip
        assert did == self.book.correct(person, number, times, by)

    @rule(who=ONE, post=st.sampled_from("AB"), times=TIMES, by=STAFF, phone=PHONE)
    def ask(self, who: int, post: str, times: Any, by: int, phone: str) -> None:
        wish = Wish(self.ids[who % 2], post, times, by, phone)

        def act() -> None:
            self.requests.append(make_ups.ask(
                self.posts[post], wish.person, hands.instant(times[0]), hands.instant(times[1]),
                "手机没有电了", viewer_of(hands.STAFF[by]), hands.phone(phone)))  # fmt: skip

        with hands.a_day_later():
            assert outcome(act) == self.book.ask(wish)

    @precondition(lambda self: self.requests)
    @rule(number=ONE, by=STAFF, phone=PHONE)
    def approve(self, number: int, by: int, phone: str) -> None:
        place = number % len(self.requests)
        with hands.a_day_later():
            did = outcome(lambda: make_ups.approve(
                self.requests[place], viewer_of(hands.STAFF[by]), hands.phone(phone)))  # fmt: skip
        assert did == self.book.approve(self.book.wishes[place], by, phone)

    @precondition(lambda self: self.requests)
    @rule(number=ONE, by=STAFF, is_own=st.booleans())
    def end(self, number: int, by: int, is_own: bool) -> None:
        place, viewer = number % len(self.requests), viewer_of(hands.STAFF[by])
        with hands.a_day_later():
            did = outcome(lambda: make_ups.withdraw(self.requests[place], viewer, hands.phone("a"))
                          if is_own else make_ups.refuse(self.requests[place], "没有来", viewer,
                                                         hands.phone("a")))  # fmt: skip
        assert did == self.book.end(self.book.wishes[place], by, is_own)

    @rule()
    def close_again(self) -> None:
        with hands.a_day_later():
            assert close_shift(self.posts["A"], viewer_of(OTTO)).credited == 0

    def teardown(self) -> None:
        if not hasattr(self, "requests"):
            return
        for person in self.ids:
            sheets, lines = self.book.people[person], hands.lines_of(person)
            assert [(line.kind, line.minutes, line.extra_minutes) for line in lines] == [
                (sheet.kind, *sheet.worth) for sheet in sheets
            ]
            total = self.book.total(person)
            assert total_minutes(person) == ledger(person).total == total
            assert ledger(person).make_up == self.book.total(person, made_up=True)
            assert hands.is_chained(person, lines)


def test_every_sequence_ends_as_the_model_says(inside: Flask) -> None:
    run_state_machine_as_test(
        Ledgers,
        settings=settings(max_examples=SEQUENCES, stateful_step_count=10, deadline=None,
                          database=None, phases=[Phase.generate],
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
    assert found() == []

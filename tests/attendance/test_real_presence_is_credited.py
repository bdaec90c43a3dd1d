"""What is credited is the real presence within the shift's window, whatever was pressed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.attendance.gate_of_river import at
from tests.attendance.phones import scan, send
from tests.support.cast import MAI, OLGA, OTTO
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, come_back, undo
from volboard.attendance.rules import Press, standing
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.hours.models import HourEntry
from volboard.hours.rules import presence
from volboard.signups.commands import sign_up

TEN_PM = NOON + timedelta(hours=10)
STAYS = {
    "as planned": (NOON, 120, "in 0, out 120", 120),
    "early: from the start": (NOON, 120, "in -45, out 120", 120),
    "early and gone before the start": (NOON, 120, "in -60, out -5", None),
    "late: from the coming": (NOON, 120, "in 25.5, out 120", 94),
    "left early": (NOON, 120, "in 0, out 59.99", 59),
    "out after the end: until the end": (NOON, 120, "in 0, out 124", 120),
    "forgotten: until the end": (NOON, 120, "in 10", 110),
    "overnight": (TEN_PM, 480, "in 0, out 480", 480),
    "over midnight, a break before and after": (TEN_PM, 240, "in 0, out 60, back 90, out 150,"
                                                " back 160, out 240", 200),
    "ends at midnight": (TEN_PM, 120, "in 0, out 120", 120),
    "begins at midnight": (NOON + timedelta(hours=12), 60, "in -1, out 60", 60),
    "re-entered": (NOON, 120, "in 0, out 30, back 60, out 120", 90),
    "re-entered, then forgotten": (NOON, 120, "in 0, out 30, back 60", 90),
    "a break that began before the start": (NOON, 120, "in -30, out -10, back 10, out 120", 110),
    "a break over the end": (NOON, 120, "in 0, out 100, back 119, out 124", 101),
    "breaks of seconds add up": (NOON, 120, "in 0, out 10, back 10.5, out 20, back 20.4, out 120",
                                 119),
    "overlapping breaks of two phones": (NOON, 120, "in 0, out 20, out 30, back 35, back 40,"
                                         " out 120", 105),
    "in twice": (NOON, 120, "in 10, in 40, out 120", 110),
    "out twice": (NOON, 120, "in 0, out 40, out 120", 40),
    "a slip": (NOON, 120, "in 0, undo_in 1, in 30, out 120", 90),
    "never came": (NOON, 120, "out 30, back 40", None),
}  # fmt: skip


def presses(told: str) -> list[tuple[str, float]]:
    return [(words.split()[0], float(words.split()[1])) for words in told.split(",")]


@pytest.mark.parametrize(("starts", "minutes", "told", "credited"), STAYS.values(), ids=STAYS)
def test_the_minutes_at_the_post_are_credited(
    inside: Flask, starts: datetime, minutes: int, told: str, credited: int | None
) -> None:
    shift, offset = a_shift_for_mai(starts, minutes), (starts - NOON).total_seconds() / 60
    with at(offset + minutes + 4):
        send(shift, *(scan(f"nonce-{number}", action, MAI.id, offset + minute)
                      for number, (action, minute) in enumerate(presses(told))))  # fmt: skip
    with at(offset + minutes + 5):
        close_shift(shift, viewer_of(OTTO))
    assert db.session.query(HourEntry.minutes).scalar() == credited


def a_shift_for_mai(starts: datetime, minutes: int) -> int:
    with clock.standing_at(starts - timedelta(hours=3)):
        shift = a_shift(starts_at=starts, minutes=minutes)
        sign_up(MAI.id, shift, MAI.id)
        return shift


class Stopwatch:
    """The reference: somebody who watches the person and knows nothing of logs."""

    def __init__(self) -> None:
        self.edges: list[float] = []
        """Minutes of coming, going, coming …"""

    def press(self, action: str, minute: float) -> None:
        """Do what a gate would do; what makes no sense is not done."""
        here = len(self.edges) % 2 == 1
        last = self.edges[-1] if self.edges else None
        does = {"in": not self.edges, "out": here, "back": bool(self.edges) and not here}
        if does.get(action):
            self.edges.append(minute)
        elif action == "undo" and last is not None and minute - last <= 10:
            self.edges.pop()

    def minutes(self, length: int, closed: float) -> int:
        """Whole minutes within a shift of this length."""
        edges = [*self.edges, closed] if len(self.edges) % 2 else self.edges
        cut = [min(max(edge, 0), length) for edge in edges]
        return int(sum(go - come for come, go in zip(cut[::2], cut[1::2], strict=True)) + 1e-9)


ACTION = st.sampled_from(("in", "in", "out", "out", "back", "back", "undo"))
STEPS = st.lists(st.tuples(ACTION, st.sampled_from((0.5, 1, 4, 9, 10, 11, 25))), max_size=14)


@settings(max_examples=25, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(STEPS)
def test_whatever_is_pressed_the_ledger_agrees_with_a_stopwatch(
    inside: Flask, steps: list[tuple[str, float]]
) -> None:
    shift, watch, minute = a_shift_for_mai(NOON, 120), Stopwatch(), -20.0
    for action, later in steps:
        minute += later
        if minute < 120 and pressed(shift, action, minute):
            watch.press(action, minute)
    with at(125):
        close_shift(shift, viewer_of(OTTO))
    line = db.session.query(HourEntry).filter_by(shift_id=shift).one_or_none()
    assert (line.minutes if line else 0) == watch.minutes(120, 125)
    if line:
        assert NOON <= line.served_from <= line.served_to <= NOON + timedelta(minutes=120)
        at_post = (line.served_to - line.served_from).total_seconds() - line.away_seconds
        assert line.minutes * 60 <= at_post
    with transaction():  # the next example finds nobody busy at noon
        db.session.execute(text("DELETE FROM signups"))


def pressed(shift: int, action: str, minute: float) -> bool:
    """Press at the gate; whether it was done."""
    olga = viewer_of(OLGA)
    does: dict[str, Callable[[], object]] = {
            "in": lambda: check_in(shift, MAI.id, olga, "gate", "test"),
            "out": lambda: check_out(shift, MAI.id, viewer_of(OLGA)),
            "back": lambda: come_back(shift, MAI.id, viewer_of(OTTO)),
            "undo": lambda: undo(shift, MAI.id, viewer_of(OTTO))}  # fmt: skip
    with at(minute):
        try:
            does[action]()
        except Refusal:
            return False
        return True


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("in", "out", "back", "undo_in", "undo_out",
                                           "undo_back")), st.integers(-150, 260),
                          st.sampled_from("AB")), max_size=12), st.integers(1, 300))  # fmt: skip
def test_credited_is_at_most_the_presence_and_that_at_most_the_window(
    told: list[tuple[str, int, str]], closed: int
) -> None:
    def instant(minute: float) -> datetime:
        return NOON + timedelta(minutes=minute)

    found = standing(Press(action, instant(minute), 1, device=phone, nonce=f"{phone}{number}")
                     for number, (action, minute, phone) in enumerate(told))  # fmt: skip
    if found.came is None:
        return
    away = tuple((left.at, back.at) for left, back in found.breaks)
    stay = presence(found.came.at, found.left.at if found.left else None, NOON, instant(120),
                    instant(closed), away)  # fmt: skip
    edges = [press.at for press in found.story] + ([] if found.left else [instant(closed)])
    stays = zip(edges[::2], edges[1::2], strict=True)
    real = sum(max((go - come).total_seconds(), 0) for come, go in stays)
    assert 0 <= stay.minutes <= 120
    assert stay.minutes * 60 <= real

"""Whatever people press in whatever order, from the first signup to the ledger: the rules hold,
and what cannot be done is refused in words."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.attendance.gate_of_river import at
from tests.drills.books import problems
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out, seat_waiting, undo, walk_in
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.events.drafts import ShiftDraft
from volboard.signups.changes import call_off_shift, change_shift
from volboard.signups.commands import cancel, seat_out_of_turn, sign_up
from volboard.signups.places import live_place

PEOPLE = (MAI, BAO, TIAN, ADA, OLGA, OTTO)
BY = st.sampled_from((OLGA, OTTO))
PRESSES = ("sign_up", "give_back", "free", "jump", "in", "in", "out", "undo", "seat", "walk_in",
           "more", "close")  # fmt: skip
PRESS = st.tuples(
    st.sampled_from(PRESSES), st.sampled_from(PEOPLE), BY, st.sampled_from((0, 0, 1, 40, 90))
)
FIRST = [("sign_up", person, OLGA, 0) for person in PEOPLE[:4]]
LAST = [("close", MAI, OLGA, 300), ("close", MAI, OTTO, 1)]
NEVER = {
    "an attendance without a seat": "SELECT count(*) FROM attendances a JOIN shifts s ON "
    "s.id = a.shift_id WHERE s.called_off_at IS NULL AND a.state IN ('present', 'left') AND "
    "NOT EXISTS (SELECT 1 FROM signups p WHERE p.state = 'seated' AND "
    "p.shift_id = a.shift_id AND p.volunteer_id = a.volunteer_id) AND a.shift_id >= :first",
    "two seats at the same time": "SELECT count(*) FROM signups a JOIN signups b ON a.id < b.id "
    "AND a.volunteer_id = b.volunteer_id AND a.state = 'seated' AND b.state = 'seated' "
    "WHERE a.shift_id >= :first",
    "more minutes than there were": "SELECT count(*) FROM hour_entries WHERE shift_id >= :first "
    "AND (minutes * 60 > unixepoch(served_to) - unixepoch(served_from) OR served_from < seen_at)",
    "hours by oneself": "SELECT count(*) FROM hour_entries e JOIN volunteers v ON "
    "v.id = e.volunteer_id WHERE v.account_id IN (e.recorded_by, e.seen_by) "
    "AND e.shift_id >= :first",
    "a line without a closed gate": "SELECT count(*) FROM hour_entries e JOIN shifts s ON "
    "s.id = e.shift_id WHERE e.shift_id >= :first "
    "AND (s.closed_at IS NULL OR s.called_off_at IS NOT NULL)",
}


def press(what: str, person: Person, by: Person, shift: int) -> object:
    olga, place = viewer_of(by), live_place(shift, person.id)
    if what == "sign_up":
        return sign_up(person.id, shift, person.id)
    if what in ("give_back", "free", "jump") and place is None:
        return None
    number = place.signup_id if place else 0
    more = ShiftDraft("包粽子", "service", NOON, NOON + timedelta(hours=2), 3)
    does: dict[str, Callable[[], object]] = {
        "give_back": lambda: cancel(number, viewer_of(person)),
        "free": lambda: cancel(number, olga, "请假"),
        "jump": lambda: seat_out_of_turn(number, "带队", olga),
        "in": lambda: check_in(shift, person.id, olga, "gate", "test"),
        "out": lambda: check_out(shift, person.id, olga),
        "undo": lambda: undo(shift, person.id, olga),
        "seat": lambda: seat_waiting(shift, person.id, "带队", olga, "test"),
        "walk_in": lambda: walk_in(shift, person.name, person.phone, "", olga, "test"),
        "more": lambda: change_shift(shift, more, olga),
        "close": lambda: close_shift(shift, olga),
        "call_off": lambda: call_off_shift(shift, "下雨", olga),
    }
    return does[what]()


@settings(max_examples=12, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.lists(PRESS, min_size=8, max_size=30), st.integers(0, 9))
def test_the_rules_hold(
    inside: Flask, presses: list[tuple[str, Person, Person, int]], rain: int
) -> None:
    shift, other, minute = a_shift(capacity=2), a_shift(capacity=1), -200
    if rain == 0:
        presses = [*presses[:20], ("call_off", MAI, OLGA, 0), *presses[20:]]
    for what, person, by, later in [*FIRST, *presses, *LAST]:
        minute += later
        for target in (shift, other):
            with at(minute):
                try:
                    press(what, person, by, target)
                except Refusal:
                    db.session.rollback()
                check((shift, other), minute)
    with transaction():  # the next example finds nobody busy at noon
        db.session.execute(text("DELETE FROM signups"))


def check(shifts: tuple[int, int], minute: int) -> None:
    """None of what must never be is so at this minute."""
    allowed = {"out of turn"}  # a jump sits before those who wait
    if minute >= 120:  # nobody is seated any more in what is over
        allowed.add("an empty seat while somebody waits")
    for shift in shifts:
        assert set(problems(shift)) <= allowed
    for name, query in NEVER.items():
        assert db.session.scalar(text(query), {"first": shifts[0]}) == 0, name

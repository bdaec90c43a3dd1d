"""Whether the books of a shift are in order after a rush."""

from itertools import product

from sqlalchemy import select

from tests.drills.rush import Press
from volboard.core.db import db
from volboard.events.models import Shift
from volboard.signups.models import Signup


def live_signups(shift_id: int) -> list[tuple[int, int, str]]:
    """Id, volunteer and state of every live place, in the order of commits."""
    db.session.rollback()
    rows = db.session.execute(
        select(Signup.id, Signup.volunteer_id, Signup.state)
        .where(Signup.shift_id == shift_id, Signup.state != "cancelled")
        .order_by(Signup.id)
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


def problems(shift_id: int) -> list[str]:
    """What is wrong with a shift's seats; empty where the rules hold."""
    rows = live_signups(shift_id)
    shift = db.session.get_one(Shift, shift_id, populate_existing=True)
    seated = [signup for signup, _person, state in rows if state == "seated"]
    waiting = [signup for signup, _person, state in rows if state == "waiting"]
    people = [person for _signup, person, _state in rows]
    found = {
        "oversold": len(seated) > shift.capacity,
        "an empty seat while somebody waits": waiting and len(seated) < shift.capacity,
        "somebody twice": len(people) != len(set(people)),
        "counters": (shift.seated, shift.waiting) != (len(seated), len(waiting)),
        "out of turn": seated and waiting and max(seated) > min(waiting),
    }
    return [name for name, is_wrong in found.items() if is_wrong]


def inversions(presses: list[Press], shift_id: int) -> int:
    """Pairs in which one had the answer before the other pressed, and yet stands behind."""
    turn = {person: signup for signup, person, _state in live_signups(shift_id)}
    return sum(
        a.answered < b.sent and turn[a.person] > turn[b.person]
        for a, b in product(presses, presses)
        if a.person != b.person
    )

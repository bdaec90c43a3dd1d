"""Rules on what minutes are worth that came and went within a fortnight are told in minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import both_engines
from tests.oversight.odd_rows import LATER, a_line, lay_bare
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.town import NOON, viewer_of
from tests.support.worth import hold_worth
from volboard.core import clock
from volboard.oversight.commands import review
from volboard.oversight.errors import OwnPresses
from volboard.oversight.marks import Anomaly
from volboard.oversight.queries import find, odd_desk
from volboard.oversight.rules import Rule, day_of

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
MIDNIGHT = NOON - timedelta(hours=12)


def rules_from(*days_ago: int, community: int = RIVER) -> list[int]:
    """One rule after the other, each from so many days ago on; answers their ids."""
    return [hold_worth(community, day_of(NOON - days * DAY), night_percent=10 + number)
            for number, days in enumerate(days_ago)]  # fmt: skip


def at_night(person: Person, days_ago: int, extra: int, seconds: int = 0) -> None:
    """A line that begins at midnight, or so many seconds later, with what the night added."""
    begins = MIDNIGHT - days_ago * DAY + timedelta(seconds=seconds)
    a_line(person, begins, 60, night_minutes=60, extra_minutes=extra)


def found() -> list[Anomaly]:
    with clock.standing_at(LATER):
        return list(find((RIVER,)))


@pytest.mark.parametrize(("days_ago", "told"), [
    ((80, 20, 10, 0), [1]), ((80, 27, 13, 0), []), ((80, 26, 13, 0), [1]), ((80, 10, 0), []),
    ((110, 100, 95, 0), []), ((80, 20, 10), []),
])  # fmt: skip
@both_engines
def test_two_rules_that_held_for_less_than_a_fortnight(
    inside: Flask, days_ago: tuple[int, ...], told: list[int]
) -> None:
    lay_bare()
    ids = rules_from(*days_ago)
    rules_from(*(days + 1 for days in days_ago[:2]), community=RAIL)
    assert [one.key for one in found()] == [f"short_rules-{ids[-2]}" for _one in told]


@both_engines
def test_what_they_added_is_counted_from_midnight_to_midnight(inside: Flask) -> None:
    lay_bare()
    rules_from(80, 20, 10, 0)
    at_night(MAI, 20, 30)
    at_night(BAO, 20, 7, -1)
    at_night(BAO, 0, 5, -1)
    at_night(MAI, 0, 9)
    (one,) = found()
    assert (one.rule, one.amount, one.count) == (Rule.SHORT_RULES, 35, 2)
    assert len(one.rows) == 0
    assert one.hands == {OLGA.id, OTTO.id}


def test_who_made_the_rules_does_not_say_that_they_were_looked_at(inside: Flask) -> None:
    lay_bare()
    rules_from(80, 20, 10, 0)
    with clock.standing_at(LATER):
        (one,) = odd_desk(viewer_of(ADA)).waiting
        for person in (OLGA, OTTO):
            with pytest.raises(OwnPresses):
                review(RIVER, one.anomaly.key, "没事", viewer_of(person))
        review(RIVER, one.anomaly.key, "端午加了两次夜班", viewer_of(ADA))
        assert odd_desk(viewer_of(TIAN)).waiting == ()


def test_the_page_leads_to_all_that_was_changed(app: Flask, as_: As) -> None:
    with app.app_context():
        lay_bare()
        today = clock.today()
        for days in (80, 20, 10, 0):
            hold_worth(since=today - days * DAY, night_percent=days)
    one = as_(ADA).open("/organize/anomalies").follow("规则换得太快")
    assert "有 2 条规则没满 14 天就换了，这些天里夜间一共多算了 0 分。" in one.whole_text
    assert one.follow("规则改过几次").url == f"/communities/{RIVER}/rules"

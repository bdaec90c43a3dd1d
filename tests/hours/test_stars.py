"""A star is reached, stands on public notice, becomes final, and goes if its minutes go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, viewer_of
from tests.support.worth import hold_worth
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.commands import correct
from volboard.hours.dispute_commands import open_dispute
from volboard.hours.models import StarAward
from volboard.hours.star_queries import on_notice, shelves
from volboard.hours.star_rules import climb, notice_ends, rungs, still_stands
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
DAY = 24 * 60


def rule(community: int = RIVER, **columns: Any) -> None:
    """Set a community's rules; needs a context."""
    hold_worth(community, **columns)


def serve(days: int, minutes: int = 120, community: int = RIVER, by: Person = OLGA) -> int:
    """Mai serves so many minutes, at noon after so many days; answers the shift. In a context."""
    start = NOON + timedelta(days=days)
    with clock.standing_at(start - timedelta(hours=3)):
        event = an_event(community, starts_at=start, ends_at=start + timedelta(minutes=minutes))
        shift = a_shift(event, starts_at=start, minutes=minutes)
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(start):
        check_in(shift, MAI.id, viewer_of(by), "gate", "test")
    with clock.standing_at(start + timedelta(minutes=minutes)):
        close_shift(shift, viewer_of(by))
    return shift


def awards() -> list[tuple[int, int, bool]]:
    """Community, star, and whether it stands."""
    rows = db.session.query(StarAward).order_by(StarAward.id).populate_existing()
    return [(one.community_id, one.stars, one.withdrawn_at is None) for one in rows]


@pytest.mark.parametrize(
    ("minutes", "reached"),
    [(0, 0), (-60, 0), (119, 0), (120, 1), (179, 1), (180, 2), (5999, 2), (6000, 3), (9999, 3)],
)
def test_a_rung_is_reached_to_the_minute(minutes: int, reached: int) -> None:
    assert [star for star, _hours in rungs(minutes, (2, 3, 100))] == list(range(1, reached + 1))


@pytest.mark.parametrize(
    ("minutes", "hours", "ladder", "stands"),
    [
        (6000, 100, (100,), True),
        (5999, 100, (100,), False),
        (6000, 100, (500,), True),
        (5999, 100, (500,), False),
        (3000, 100, (50,), True),
        (2999, 100, (50,), False),
    ],
)
def test_a_later_ladder_takes_nothing_away(
    minutes: int, hours: int, ladder: tuple[int, ...], stands: bool
) -> None:
    assert still_stands(minutes, 1, hours, ladder) is stands


def test_a_star_beyond_a_shortened_ladder_rests_on_its_own_rung() -> None:
    assert still_stands(600, 3, 10, (1, 2))
    assert not still_stands(599, 3, 10, (1, 2))


@pytest.mark.parametrize(
    ("reached", "days", "ends"),
    [
        ("2027-06-09T12:00:00+08:00", 7, "2027-06-17T00:00:00+08:00"),
        ("2027-06-09T00:00:00+08:00", 1, "2027-06-11T00:00:00+08:00"),
        ("2027-06-09T23:59:59+08:00", 1, "2027-06-11T00:00:00+08:00"),
        ("2027-06-08T16:00:00+00:00", 1, "2027-06-11T00:00:00+08:00"),
        ("2027-06-09T12:00:00+08:00", 0, "2027-06-09T12:00:00+08:00"),
    ],
)
def test_the_notice_lasts_whole_days_in_beijing(reached: str, days: int, ends: str) -> None:
    assert notice_ends(datetime.fromisoformat(reached), days) == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("minutes", "held", "stars", "percent", "missing"),
    [(0, 0, 0, 0, 120), (60, 0, 0, 50, 60), (120, 0, 1, 0, 120), (180, 1, 1, 50, 60),
     (60, 1, 1, 0, 180), (240, 0, 2, 100, 0), (0, 2, 2, 100, 0), (-30, 0, 0, 0, 120)],
)  # fmt: skip
def test_the_ring_climbs_from_the_star_that_is_held(
    minutes: int, held: int, stars: int, percent: int, missing: int
) -> None:
    found = climb(minutes, (2, 4), held)
    assert (found.stars, found.percent, found.needed - found.reached) == (stars, percent, missing)


@both_engines
def test_a_star_is_made_with_the_line_that_reaches_it(inside: Flask, engine: str) -> None:
    rule(star_ladder="2,4,100")
    serve(0, 60)
    assert awards() == []
    serve(1, 60)
    assert awards() == [(RIVER, 1, True)]
    serve(2, 120)
    assert awards() == [(RIVER, 1, True), (RIVER, 2, True)]
    held = db.session.query(StarAward).order_by(StarAward.id).all()
    assert [one.hours for one in held] == [2, 4]
    assert held[0].reached_at == NOON + timedelta(days=1, minutes=60)


@both_engines
def test_a_correction_that_takes_the_minutes_takes_the_star(inside: Flask, engine: str) -> None:
    rule(star_ladder="2")
    serve(0)
    with at(DAY):
        correct(1, NOON, NOON + timedelta(minutes=119), "早退", viewer_of(OTTO))
        assert awards() == [(RIVER, 1, False)]
        assert on_notice() == ()
    serve(2, 60)
    assert awards() == [(RIVER, 1, False), (RIVER, 1, True)]


@both_engines
def test_a_correction_that_leaves_enough_moves_no_star(inside: Flask, engine: str) -> None:
    rule(star_ladder="1")
    serve(0)
    before = db.session.query(StarAward.id, StarAward.reached_at, StarAward.final_at).all()
    with at(DAY):
        correct(1, NOON, NOON + timedelta(minutes=60), "早退", viewer_of(OTTO))
    after = db.session.query(StarAward.id, StarAward.reached_at, StarAward.final_at).all()
    assert (after, awards()) == (before, [(RIVER, 1, True)])


@both_engines
def test_a_ladder_that_is_raised_takes_no_star(inside: Flask, engine: str) -> None:
    rule(star_ladder="2")
    serve(0)
    rule(star_ladder="50,100")
    serve(1, 60)
    assert awards() == [(RIVER, 1, True)]
    assert shelves((MAI.id,))[MAI.id][0].progress.stars == 1
    with at(2 * DAY):
        correct(2, NOON + timedelta(days=1), NOON + timedelta(days=1), "没来", viewer_of(OTTO))
        assert awards() == [(RIVER, 1, True)]
        correct(1, NOON, NOON + timedelta(minutes=100), "早退", viewer_of(OTTO))
    assert awards() == [(RIVER, 1, False)]


@both_engines
def test_each_community_counts_its_own_minutes_on_its_own_ladder(
    inside: Flask, engine: str
) -> None:
    rule(star_ladder="2")
    rule(RAIL, star_ladder="1,2")
    serve(0, 60)
    serve(1, 60, RAIL, TIAN)
    assert awards() == [(RAIL, 1, True)]
    found = {shelf.community_id: shelf for shelf in shelves((MAI.id,))[MAI.id]}
    assert (found[RIVER].minutes, found[RIVER].progress.stars) == (60, 0)
    assert (found[RAIL].minutes, found[RAIL].progress.stars) == (60, 1)


@both_engines
def test_one_star_is_given_once(inside: Flask, engine: str) -> None:
    rule(star_ladder="1")
    serve(0)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text(
            "INSERT INTO star_awards (volunteer_id, community_id, stars, hours, reached_at,"
            " final_at) SELECT volunteer_id, community_id, stars, hours, reached_at, final_at"
            " FROM star_awards"
        ))  # fmt: skip


def test_a_star_is_on_notice_and_then_final_whatever_is_disputed(app: Flask, as_: As) -> None:
    with app.app_context():
        rule(star_ladder="2", star_notice_days=3)
        serve(0)
        with at(DAY):
            open_dispute(1, "wrong_time", "不对", viewer_of(MAI))
    mai, anybody = as_(MAI), as_(TIAN)
    last = NOON.replace(hour=0) + timedelta(days=4)
    with clock.standing_at(last - timedelta(seconds=1)):
        assert mai.open("/me").text(".seal[data-state=offered]") == "一星 公示到 6 月 12 日"
        assert "一星（公示中）" in mai.open("/me/hours").text(".ring__label")
        page = anybody.open("/stars")
        assert page.text(".person__name") == "麦*芳"
        assert "麦小芳" not in page.whole_text
        assert "满 2 小时" in page.text(".person__note")
        assert page.soup.select_one('a[href^="tel:0453"]')
    with clock.standing_at(last):
        assert mai.open("/me").text(".seal[data-state=credited]") == "一星 2027 年 6 月"
        assert mai.open("/me/hours").text(".ring__label") == "一星"
        assert "现在没有在公示的" in anybody.open("/stars").whole_text


def test_somebody_without_a_star_reads_nothing_of_it(app: Flask, as_: As) -> None:
    with app.app_context():
        serve(0)
    with at(DAY):
        assert not as_(MAI).open("/me").soup.select("main .seal[data-state=offered]")
        assert as_(MAI).open("/me/hours").text(".ring__label") == "还没有星"


def test_the_notice_is_read_without_signing_in_in_few_statements(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        rule(star_ladder="1", star_notice_days=60)
        serve(0)
    with at(DAY):
        visitor.open("/stars")
        with counted(app) as few:
            page = visitor.open("/stars")
    assert page.status == 200
    assert len(few) <= 2, few


def test_a_star_comes_by_a_running_clock(inside: Flask) -> None:
    rule(star_ladder="1", star_notice_days=0)
    start = clock.now() - timedelta(hours=2)
    with clock.standing_at(start - timedelta(hours=1)):
        shift = a_shift(starts_at=start, minutes=60)
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(start):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    close_shift(shift, viewer_of(OLGA))
    (award,) = shelves((MAI.id,))[MAI.id][0].awards
    assert award.is_final
    assert award.reached_at <= clock.now()

"""A community may add for the night: for the night's minutes only, never for the whole shift."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.attendance.gate_of_river import at
from tests.conftest import both_engines
from tests.hours.forging import append, forged, otto_came
from tests.hours.late import OLGAS, OTTOS, REASON
from tests.support.cast import MAI, OLGA, OTTO, RIVER
from tests.support.town import a_shift, viewer_of
from tests.support.worth import hold_worth
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.attendance.models import AttendanceBreak
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import FOUNDING, Worth
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.commands import correct
from volboard.hours.errors import NeedsAnother
from volboard.hours.make_ups import approve, ask
from volboard.hours.models import HourEntry
from volboard.hours.queries import ledger
from volboard.hours.rules import Night, Presence, extra_minutes, presence, read, written
from volboard.signups.commands import sign_up

EVENING = datetime.fromisoformat("2027-06-09T20:00:00+08:00")
HALF = Night(50)


def clocks(begins: str, ends: str) -> tuple[datetime, datetime]:
    """Two clock times in Beijing, the second on the next day where it is not later."""
    day = "2027-06-09T"
    first, last = (datetime.fromisoformat(f"{day}{at}+08:00") for at in (begins, ends))
    return first, last if last > first else last + timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "ends", "night", "dark"),
    [
        pytest.param("08:00", "18:00", HALF, 0, id="by day only"),
        pytest.param("20:00", "22:00", HALF, 0, id="touches the night's beginning"),
        pytest.param("06:00", "08:00", HALF, 0, id="touches the night's end"),
        pytest.param("20:00", "22:01", HALF, 1, id="one minute into the night"),
        pytest.param("05:59", "08:00", HALF, 1, id="the night's last minute"),
        pytest.param("20:00", "23:00", HALF, 60, id="an hour of it before midnight"),
        pytest.param("23:30", "00:30", HALF, 60, id="over midnight"),
        pytest.param("22:00", "06:00", HALF, 480, id="the whole night"),
        pytest.param("21:00", "07:00", HALF, 480, id="the whole night and day on both sides"),
        pytest.param("00:00", "01:00", HALF, 60, id="from midnight on"),
        pytest.param("20:00", "19:59", HALF, 480, id="nearly a whole day holds one night"),
        pytest.param("05:00", "23:00", HALF, 120, id="two ends of two nights"),
        pytest.param("23:00", "01:00", Night(50, 0, 5 * 60), 60, id="a night after midnight only"),
        pytest.param("11:00", "15:00", Night(50, 12 * 60, 13 * 60), 60, id="any window"),
        pytest.param("22:00", "06:00", Night(0), 0, id="off: nothing is even counted"),
    ],
)
def test_only_the_night_s_minutes_count_as_night(
    begins: str, ends: str, night: Night, dark: int
) -> None:
    assert Presence(*clocks(begins, ends), "").night_minutes(night) == dark


@pytest.mark.parametrize(
    ("minutes", "percent", "extra"),
    [(60, 0, 0), (60, 50, 30), (61, 50, 30), (1, 50, 0), (1, 99, 0), (1, 100, 1), (60, 100, 60),
     (480, 20, 96)],
)  # fmt: skip
def test_what_the_night_adds_is_rounded_down(minutes: int, percent: int, extra: int) -> None:
    assert extra_minutes(minutes, Night(percent)) == extra


def test_a_break_in_the_night_is_no_night_work() -> None:
    start, end = clocks("21:00", "01:00")
    away = clocks("23:00", "23:45")
    assert Presence(start, end, "", (away,)).night_minutes(HALF) == 135
    assert Presence(start, end, "", (clocks("21:00", "21:45"),)).night_minutes(HALF) == 180


MOMENT = st.integers(0, 20 * 3600).map(lambda second: EVENING + timedelta(seconds=second))
STAYS = st.lists(st.tuples(MOMENT, MOMENT).map(lambda two: (min(two), max(two))), max_size=4)
NIGHT = st.builds(Night, st.integers(0, 100), st.integers(0, 719), st.integers(720, 1439))


@given(MOMENT, st.none() | MOMENT, MOMENT, MOMENT, MOMENT, STAYS, NIGHT)
def test_extra_is_at_most_night_is_at_most_minutes_is_at_most_presence(
    came: datetime, left: datetime | None, one: datetime, two: datetime, closed: datetime,
    breaks: list[tuple[datetime, datetime]], night: Night,
) -> None:  # fmt: skip
    starts, ends = min(one, two), max(one, two)
    left = None if left is None else max(left, came)
    found = presence(came, left, starts, ends, max(closed, came), tuple(breaks))
    dark = found.night_minutes(night)
    really = ((left or max(closed, came)) - came).total_seconds()
    assert 0 <= extra_minutes(dark, night) <= dark <= found.minutes
    assert found.minutes * 60 <= max(0, min(really, (ends - starts).total_seconds()))
    for gone, back in breaks:
        overlap = (min(back, found.end) - max(gone, found.start)).total_seconds()
        if overlap > 0:
            assert found.away_seconds >= overlap
    assert read(written(found.breaks)) == found.breaks


def pay_for_nights(percent: int) -> None:
    hold_worth(night_percent=percent)


def an_evening(percent: int = 50) -> int:
    """Mai stood at the door from eight to half past eleven; closed after midnight."""
    with clock.standing_at(EVENING - timedelta(hours=5)):
        shift = a_shift(starts_at=EVENING, minutes=300)
        sign_up(MAI.id, shift, MAI.id)
        pay_for_nights(percent)
    with clock.standing_at(EVENING):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with clock.standing_at(EVENING + timedelta(minutes=210)):
        check_out(shift, MAI.id, viewer_of(OLGA))
    with clock.standing_at(EVENING + timedelta(minutes=301)):
        close_shift(shift, viewer_of(OLGA))
    return shift


def test_it_is_off_unless_a_community_wants_it(inside: Flask) -> None:
    assert community_rules(RIVER).worth == FOUNDING == Worth()
    assert FOUNDING.night_percent == 0
    an_evening(percent=0)
    line = ledger(MAI.id).lines[0]
    assert (line.minutes, line.times.night_minutes, line.extra_minutes) == (210, 0, 0)


@pytest.mark.parametrize(("percent", "extra"), [(50, 45), (100, 90), (1, 0)])
def test_a_line_says_what_the_night_added(inside: Flask, percent: int, extra: int) -> None:
    an_evening(percent)
    found = ledger(MAI.id)
    assert (found.lines[0].times.night_minutes, found.lines[0].extra_minutes) == (90, extra)
    assert found.total == 210 + extra


def test_moving_a_stay_into_the_night_needs_another_person(inside: Flask) -> None:
    an_evening()
    with clock.standing_at(EVENING + timedelta(hours=20)):
        later = EVENING + timedelta(minutes=40), EVENING + timedelta(minutes=249)
        with pytest.raises(NeedsAnother):
            correct(1, *later, "晚到晚走", viewer_of(OLGA))
        correct(1, *later, "晚到晚走", viewer_of(OTTO))
    found = ledger(MAI.id)
    assert [(line.minutes, line.extra_minutes) for line in found.lines] == [
        (209, 64), (-210, -45), (210, 45),
    ]  # fmt: skip
    assert found.total == 273


def test_a_make_up_at_night_counts_the_night_too(inside: Flask) -> None:
    with clock.standing_at(EVENING):
        shift = a_shift(starts_at=EVENING, minutes=180)
        pay_for_nights(50)
    with clock.standing_at(EVENING + timedelta(hours=4)):
        close_shift(shift, viewer_of(OLGA))
        times = EVENING + timedelta(hours=2), EVENING + timedelta(hours=3)
        approve(ask(shift, MAI.id, *times, REASON, viewer_of(OLGA), OLGAS), viewer_of(OTTO), OTTOS)
    assert (ledger(MAI.id).total, ledger(MAI.id).make_up) == (90, 90)


@both_engines
@pytest.mark.usefixtures("two_credits")
def test_the_database_lets_nobody_add_beyond_the_night() -> None:
    line = otto_came() | {"recorded_by": OLGA.id, "minutes": 60}
    forged("extra_within_night", **(line | {"night_minutes": 10, "extra_minutes": 11}))
    forged("night_within_minutes", **(line | {"night_minutes": 61, "extra_minutes": 0}))
    forged("entry_sign_fits_its_kind", **(line | {"night_minutes": 10, "extra_minutes": -1}))
    number = append(**(line | {"night_minutes": 10, "extra_minutes": 10}))
    back: dict[str, object] = {**line, "kind": "reversal", "minutes": -60, "reverses": number,
                               "reason": "错"}  # fmt: skip
    forged("reversal_fits_its_entry", **(back | {"night_minutes": -10, "extra_minutes": -9}))
    append(**(back | {"night_minutes": -10, "extra_minutes": -10}))
    more: dict[str, object] = {**line, "kind": "correction", "minutes": 59, "replaces": number,
                               "reason": "错"}  # fmt: skip
    forged("correction_fits_its_entry", **(more | {"night_minutes": 20, "extra_minutes": 12}))
    append(**(more | {"night_minutes": 11, "extra_minutes": 11}))
    assert db.session.query(HourEntry).count() == 5
    with at(0):
        assert ledger(OTTO.id).total == 70


def test_a_break_is_never_paid_for_whatever_is_corrected_in_between(inside: Flask) -> None:
    shift = an_evening(percent=0)
    with clock.standing_at(EVENING - timedelta(hours=4)):
        other = a_shift(starts_at=EVENING + timedelta(hours=6), minutes=120)
        sign_up(MAI.id, other, MAI.id)
    start = EVENING + timedelta(hours=6)
    with clock.standing_at(start):
        came = check_in(other, MAI.id, viewer_of(OLGA), "gate", "test").attendance_id
    with transaction():
        db.session.add(AttendanceBreak(
            attendance_id=came, left_at=start + timedelta(minutes=60), left_by=OLGA.id,
            back_at=start + timedelta(minutes=90), back_by=OLGA.id))  # fmt: skip
    with clock.standing_at(start + timedelta(minutes=130)):
        close_shift(other, viewer_of(OLGA))
        line = ledger(MAI.id).lines[0]
        assert (line.minutes, len(line.times.breaks), shift) == (90, 1, 1)
        shorter = correct(line.id, start, start + timedelta(minutes=30), "走了", viewer_of(OLGA))
        correct(shorter, start, start + timedelta(minutes=100), "没走", viewer_of(OTTO))
    assert [one.minutes for one in ledger(MAI.id).lines[:5:2]] == [70, 30, 90]

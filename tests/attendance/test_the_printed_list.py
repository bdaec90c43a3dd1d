"""The network never came back: the printed list is typed in afterwards, on one page."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.attendance.phones import told
from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.attendance.errors import PaperIncomplete
from volboard.attendance.models import AttendanceLog
from volboard.attendance.paper import PaperLine, take_paper
from volboard.attendance.paper_rules import meant
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours.models import HourEntry
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]


def paper(as_: As, shift: int, person: Person = OLGA) -> Page:
    return as_(person).open(f"/organize/shifts/{shift}/paper")


def save(page: Page, typed: dict[str, str]) -> Page:
    """Fill in these fields and save the list."""
    return page.press("一起存", "", False, **typed)


def came(app: Flask, shift: int) -> dict[int, tuple[str, str, str]]:
    """State and clock times of everybody."""
    with app.app_context():
        return {
            person: (one.state, shown(one.came), shown(one.left))
            for person, one in told(shift).items()
        }


def shown(instant: datetime | None) -> str:
    return clock.local(instant).strftime("%H:%M") if instant else ""


def test_whoever_is_ticked_came_at_the_times_that_are_written(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO)
    with at(150):
        page = paper(as_, shift)
        assert page.soup.select_one("#came-1")["value"] == "12:00"  # type: ignore[index]
        assert page.soup.select_one("#left-1")["value"] == "14:00"  # type: ignore[index]
        done = save(page, {"tick-1": "1", "tick-2": "1", "came-2": "11:50",
                                       "left-2": ""})  # fmt: skip
        assert "2 人录好了" in done.text("#notices")
    assert came(app, shift) == {1: ("left", "12:00", "14:00"), 2: ("present", "11:50", "")}
    with app.app_context():
        assert told(shift)[MAI.id].how == "paper"
        rows = db.session.query(AttendanceLog.how, AttendanceLog.by, AttendanceLog.received_at)
        assert set(rows) == {("paper", OLGA.id, NOON + timedelta(minutes=150))}
        with at(155):
            close_shift(shift, viewer_of(OLGA))
        minutes = dict(db.session.query(HourEntry.volunteer_id, HourEntry.minutes).all())
        assert minutes == {MAI.id: 120, BAO.id: 120}


def test_before_the_end_no_leaving_is_proposed(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(60):
        page = paper(as_, shift)
        assert page.soup.select_one("#left-1")["value"] == ""  # type: ignore[index]
        early = save(page, {"tick-1": "1", "left-1": "13:30"})
    assert "还没到这个时间" in early.text("#tick-1-error")
    assert came(app, shift) == {}


def test_one_wrong_line_and_nobody_is_stored(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO, OTTO)
    with at(150):
        page = save(paper(as_, shift), {
            "tick-1": "1", "came-1": "12:10", "tick-2": "1", "came-2": "", "tick-4": "1",
            "came-4": "13:00", "left-4": "12:30"})  # fmt: skip
        assert page.status == 422
        assert "请写几点到的" in page.text("#tick-2-error")
        assert "比到的早" in page.text("#tick-4-error")
        assert not page.soup.select("#tick-1-error")
        assert page.soup.select_one("#came-1")["value"] == "12:10"  # type: ignore[index]
        assert page.soup.select_one("#tick-4").has_attr("checked")  # type: ignore[union-attr]
        assert len(page.soup.select(".summary a")) == 2
    assert came(app, shift) == {}


@pytest.mark.parametrize(
    ("came_at", "left_at", "words"),
    [("25:00", "", "09:05"), ("十二点", "", "09:05"), ("12:00", "x" * 500, "09:05"),
     ("09:59", "", "不在这个时段"), ("14:00", "", "不在这个时段"), ("03:00", "", "不在这个时段"),
     ("12:00\x00", "", "09:05")],
)  # fmt: skip
def test_a_time_that_cannot_be_is_told_at_its_line(
    app: Flask, as_: As, came_at: str, left_at: str, words: str
) -> None:
    shift = a_gate(app)
    with at(150):
        page = save(paper(as_, shift), {"tick-1": "1", "came-1": came_at,
                                                    "left-1": left_at})  # fmt: skip
    assert (page.status, words in page.text("#tick-1-error")) == (422, True)
    assert came(app, shift) == {}


def test_ones_own_household_is_left_to_another_organizer(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, OLGA)
    with at(150):
        page = paper(as_, shift)
        assert not page.soup.select("#tick-3")
        assert "请另一位组织者来录" in page.text("#paper-3")
        url = f"/organize/shifts/{shift}/paper"
        token = page.form("一起存").select_one("[name=csrf_token]")["value"]  # type: ignore[index]
        page.visitor.post(url, {"csrf_token": token, "tick-3": "1", "came-3": "12:00"})
        assert came(app, shift) == {}
        save(paper(as_, shift, OTTO), {"tick-3": "1"})
    assert came(app, shift) == {3: ("left", "12:00", "14:00")}


@both_engines
def test_the_command_refuses_ones_own_household_and_writes_nobody(app: Flask) -> None:
    shift = a_gate(app, MAI, OLGA)
    with app.app_context(), at(150):
        lines = (PaperLine(MAI.id, NOON, None), PaperLine(OLGA.id, NOON, None))
        with pytest.raises(PaperIncomplete) as refused:
            take_paper(shift, lines, viewer_of(OLGA))
        assert list(refused.value.problems) == [OLGA.id]
        with pytest.raises(NotFound):
            take_paper(shift, lines, viewer_of(TIAN))
        assert told(shift) == {}
        assert take_paper(shift, lines[:1], viewer_of(OLGA)) == 1
        with pytest.raises(PaperIncomplete):
            take_paper(shift, (PaperLine(TIAN.id, NOON, None),), viewer_of(OLGA))


def test_whom_the_gate_let_in_keeps_that_time_and_gets_the_leaving(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, BAO)
    with app.app_context():
        with at(-5):
            check_in(shift, MAI.id, viewer_of(OLGA), "code", "phone")
            check_in(shift, BAO.id, viewer_of(OLGA), "code", "phone")
        with at(30):
            check_out(shift, BAO.id, viewer_of(OLGA))
    with at(150):
        page = paper(as_, shift)
        assert not page.soup.select("#came-1, #tick-2")
        empty = save(page, {"tick-1": "1", "left-1": ""})
        assert (empty.status, "请写几点几分" in empty.text("#tick-1-error")) == (422, True)
        save(page, {"tick-1": "1", "left-1": "13:40"})
    assert came(app, shift) == {1: ("left", "11:55", "13:40"), 2: ("left", "11:55", "12:30")}
    with app.app_context():
        assert told(shift)[MAI.id].how == "code"


@pytest.mark.parametrize(
    ("minute", "words"),
    [(-1, "还没有开始"), (120 + 48 * 60 + 1, "补录"), ("closed", "补录")],
)
def test_the_list_is_typed_in_from_the_start_until_two_days_after(
    app: Flask, as_: As, minute: float | str, words: str
) -> None:
    shift = a_gate(app)
    with at(130):
        stale = paper(as_, shift)
        if minute == "closed":
            with app.app_context():
                close_shift(shift, viewer_of(OLGA))
    with at(140 if minute == "closed" else float(minute)):
        page = paper(as_, shift)
        assert words in page.text(".notice")
        assert not page.soup.select("#tick-1")
        late = save(stale, {"tick-1": "1"})
    assert (late.status, words in late.text(".notice")) == (409, True)
    with app.app_context():
        assert {one.state for one in told(shift).values()} <= {"absent"}


def test_nobody_ticked_stores_nothing_and_says_so(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(150):
        assert "什么都没有存" in paper(as_, shift).press("一起存").text("#notices")
    assert came(app, shift) == {}


def test_an_empty_list_says_what_to_do(app: Flask, as_: As) -> None:
    with app.app_context(), at(-60):
        shift = a_shift()
    with at(150):
        assert "现场报名" in paper(as_, shift).text("main")


def test_a_long_list_costs_as_many_statements_as_a_short_one(app: Flask, as_: As) -> None:
    few, many = a_gate(app, MAI), a_gate(app, BAO, OTTO, TIAN)
    with at(150):
        paper(as_, few)
        with counted(app) as first:
            paper(as_, few)
        with counted(app) as second:
            paper(as_, many)
    assert len(first) == len(second) <= 5


NIGHT = datetime.fromisoformat("2027-06-09T22:00:00+08:00")


@pytest.mark.parametrize(
    ("typed", "starts", "hours", "means"),
    [
        ("22:10", NIGHT, 8, "09 22:10"), ("01:00", NIGHT, 8, "10 01:00"),
        ("06:30", NIGHT, 8, "10 06:30"), ("20:00", NIGHT, 8, "09 20:00"),
        ("12:05", NOON, 2, "09 12:05"), ("10:00", NOON, 2, "09 10:00"),
        ("15:59", NOON, 2, "09 15:59"), ("09:00", NOON, 2, "09 09:00"),
        ("23:30", NIGHT + timedelta(hours=3), 4, "09 23:30"),
        ("00:10", NIGHT + timedelta(hours=3), 4, "10 00:10"),
    ],
)  # fmt: skip
def test_a_clock_time_means_the_one_around_the_shift(
    typed: str, starts: datetime, hours: int, means: str
) -> None:
    ends = starts + timedelta(hours=hours)
    found = meant(time.fromisoformat(typed), starts, ends, starts - timedelta(hours=2))
    assert clock.local(found).strftime("%d %H:%M") == means


def test_with_the_clock_running(app: Flask) -> None:
    with app.app_context():
        begun = clock.now() - timedelta(minutes=30)
        with clock.standing_at(begun - timedelta(hours=1)):
            shift = a_shift(starts_at=begun)
            sign_up(MAI.id, shift, MAI.id)
        assert take_paper(shift, (PaperLine(MAI.id, begun, None),), viewer_of(OLGA), "desk") == 1
        assert told(shift)[MAI.id].came == begun

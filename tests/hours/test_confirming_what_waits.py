"""待确认: presences that rest on one, and who can stand for them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attendance.gate_of_river import a_gate, at
from tests.conftest import both_engines
from tests.hours.test_who_is_told_of_hours import of_everybody
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.totals import total_minutes
from tests.support.town import NOON, a_shift, viewer_of
from volboard.accounts.models import Sighting
from volboard.attendance.closing import Closing, close_shift
from volboard.attendance.commands import check_in, check_out, walk_in
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.hours.confirming import ask_again, confirm, confirm_all, confirm_own, refuse
from volboard.hours.errors import Lapsed, NotLapsed, NotWaiting, OwnHours, OwnPress
from volboard.hours.models import HourEntry, PresenceWitness, Unconfirmed
from volboard.hours.verifying import Book, faults
from volboard.signups.commands import sign_up, sign_up_by_organizer

As = Callable[[Person], Visitor]
DAY = 24 * 60


def olga_signs_up(*people: Person, minutes: int = 120) -> int:
    """A shift at noon; Olga signs these up the day before, checks them in and closes."""
    with at(-DAY):
        shift = a_shift(capacity=9, minutes=minutes)
        for person in people:
            sign_up_by_organizer(person.id, shift, viewer_of(OLGA))
    with at(0):
        for person in people:
            check_in(shift, person.id, viewer_of(OLGA), "gate", "test")
    with at(minutes + 10):
        close_shift(shift, viewer_of(OLGA))
    return shift


def waiting() -> list[Unconfirmed]:
    rows = select(Unconfirmed).where(Unconfirmed.state == "waiting").order_by(Unconfirmed.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


@both_engines
def test_who_signed_up_themself_and_is_known_is_credited_at_once(inside: Flask) -> None:
    shift = a_gate(inside, MAI, BAO)
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(130):
        assert close_shift(shift, viewer_of(OLGA)) == Closing(1, 1, 0, 0)
    assert total_minutes(MAI.id) == 120
    signs = db.session.execute(
        select(PresenceWitness.account_id, PresenceWitness.sign).order_by(PresenceWitness.sign)
    )
    assert [tuple(row) for row in signs] == [(OLGA.id, "press"), (MAI.id, "signup")]
    assert list(faults(Book())) == []


@both_engines
def test_what_one_organizer_made_alone_is_no_line(inside: Flask) -> None:
    olga_signs_up(MAI, BAO)
    assert (total_minutes(MAI.id), total_minutes(BAO.id)) == (0, 0)
    assert [one.lacks for one in waiting()] == ["second", "second"]
    assert db.session.scalar(select(HourEntry.id)) is None


@both_engines
def test_a_second_organizer_confirms_a_shift_with_one_press(inside: Flask) -> None:
    shift = olga_signs_up(MAI, BAO)
    ids = [one.id for one in waiting()]
    with at(DAY):
        assert confirm_all(shift, ids, viewer_of(OLGA)) == 0
        assert confirm_all(shift, ids, viewer_of(OTTO)) == 2
        assert confirm_all(shift, ids, viewer_of(OTTO)) == 0
    assert (total_minutes(MAI.id), total_minutes(BAO.id)) == (120, 120)
    line = db.session.get_one(HourEntry, 1)
    assert (line.recorded_by, line.seen_by) == (OLGA.id, OLGA.id)
    assert (line.served_from, line.minutes) == (NOON, 120)
    assert list(faults(Book())) == []


@both_engines
def test_the_volunteers_own_phone_confirms(inside: Flask) -> None:
    olga_signs_up(MAI)
    (one,) = waiting()
    with pytest.raises(NotFound):
        confirm_own(one.id, viewer_of(BAO))
    with at(DAY):
        assert confirm_own(one.id, viewer_of(MAI))
        with pytest.raises(NotWaiting):
            confirm_own(one.id, viewer_of(MAI))
    assert total_minutes(MAI.id) == 120


def test_who_pressed_confirms_nothing_nor_does_the_own_household(inside: Flask) -> None:
    olga_signs_up(MAI, OTTO)
    mine, ottos = waiting()
    with at(DAY):
        with pytest.raises(OwnPress):
            confirm(mine.id, viewer_of(OLGA))
        with pytest.raises(OwnHours):
            confirm(ottos.id, viewer_of(OTTO))
        with pytest.raises(OwnHours):
            refuse(ottos.id, "不是", viewer_of(OTTO))
        with pytest.raises(NotFound):
            confirm(mine.id, viewer_of(TIAN))
        assert confirm(ottos.id, viewer_of(ADA))
    assert (total_minutes(MAI.id), total_minutes(OTTO.id)) == (0, 120)


@both_engines
def test_a_stranger_needs_a_second_organizer_whatever_their_phone_says(inside: Flask) -> None:
    with at(-DAY):
        shift = a_shift(capacity=9)
    with at(0):
        who = walk_in(shift, "王大妈", "13912345678", "", viewer_of(OLGA), "test").volunteer_id
    with at(130):
        assert close_shift(shift, viewer_of(OLGA)) == Closing(0, 0, 0, 1)
    (one,) = waiting()
    assert one.lacks == "second known"
    owner = viewer_of(Person(who, "王大妈", "13912345678"))
    with at(DAY):
        assert not confirm_own(one.id, owner)
        assert [one.lacks for one in waiting()] == ["known"]
        assert confirm(one.id, viewer_of(OTTO))
    assert total_minutes(who) == 120
    seen = select(Sighting.organizer_id).where(Sighting.volunteer_id == who)
    assert list(db.session.scalars(seen)) == [OLGA.id], "confirming makes nobody known"


@both_engines
def test_who_another_organizer_has_checked_in_is_known(inside: Flask) -> None:
    """The stranger of Otto's evening is credited at Olga's, with a sign of their own."""
    with at(-DAY):
        first, second = a_shift(capacity=9), a_shift(capacity=9, starts_at=NOON + timedelta(days=1))
    with at(0):
        who = walk_in(first, "王大妈", "13912345678", "", viewer_of(OTTO), "test").volunteer_id
    with at(130):
        close_shift(first, viewer_of(OTTO))
    with at(DAY):
        walk_in(second, "王大妈", "13912345678", "", viewer_of(OLGA), "test")
    with at(DAY + 130):
        close_shift(second, viewer_of(OLGA))
    one = waiting()[-1]
    assert (one.shift_id, one.lacks) == (second, "second")
    with at(DAY + 200):
        assert confirm_own(one.id, viewer_of(Person(who, "王大妈", "13912345678")))
    assert total_minutes(who) == 120


def test_twelve_hours_in_thirty_days_rest_on_one_organizer(inside: Flask) -> None:
    for day, minutes in ((0, 600), (1, 110), (2, 60)):
        start = NOON + timedelta(days=day)
        with clock.standing_at(start - timedelta(days=1)):
            shift = a_shift(capacity=9, starts_at=start, minutes=minutes)
            sign_up(MAI.id, shift, MAI.id)
        with clock.standing_at(start):
            check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
        with clock.standing_at(start + timedelta(minutes=minutes + 5)):
            close_shift(shift, viewer_of(OLGA))
    assert total_minutes(MAI.id) == 710
    (one,) = waiting()
    assert one.lacks == "cap"
    with at(4 * DAY):
        assert confirm(one.id, viewer_of(OTTO))
    assert total_minutes(MAI.id) == 770


def test_it_lapses_in_sight_and_can_be_asked_for_again(inside: Flask) -> None:
    olga_signs_up(MAI)
    (one,) = waiting()
    with at(DAY), pytest.raises(NotLapsed):
        ask_again(one.id, "我来了", viewer_of(MAI))
    with at(31 * DAY):
        with pytest.raises(Lapsed):
            confirm_own(one.id, viewer_of(MAI))
        with pytest.raises(Lapsed):
            confirm(one.id, viewer_of(OTTO))
        assert confirm_all(one.shift_id, [one.id], viewer_of(OTTO)) == 0
        with pytest.raises(NotFound):
            ask_again(one.id, "我来了", viewer_of(BAO))
        ask_again(one.id, "我在后厨，李阿姨看见的", viewer_of(MAI))
        assert "confirm_waits" in of_everybody()[OTTO.name]
        assert confirm(one.id, viewer_of(OTTO))
    assert total_minutes(MAI.id) == 120


def test_a_refusal_has_a_word_and_can_be_asked_again(inside: Flask) -> None:
    olga_signs_up(MAI)
    (one,) = waiting()
    with at(DAY):
        refuse(one.id, "点错了人", viewer_of(OTTO))
        with pytest.raises(NotWaiting):
            confirm(one.id, viewer_of(OTTO))
        assert "unconfirmed_refused" in of_everybody()[MAI.name]
        ask_again(one.id, "真的来了", viewer_of(MAI))
        assert confirm(one.id, viewer_of(OTTO))
    assert total_minutes(MAI.id) == 120


def test_the_volunteer_reads_what_it_lacks_and_confirms_on_the_page(app: Flask, as_: As) -> None:
    with app.app_context():
        olga_signs_up(MAI)
    with at(DAY):
        page = as_(MAI).open("/me/hours")
        block = page.text("section[aria-labelledby=unconfirmed-title]")
        assert "只有一个人作证" in block
        assert "欧*兰签到" in block.replace(" ", "")
        page = page.press("是这样，我来了")
        page = as_(MAI).open("/me/hours")
        assert not page.soup.select("section[aria-labelledby=unconfirmed-title]")
    with app.app_context():
        assert total_minutes(MAI.id) == 120


def test_the_desk_lists_what_waits_and_one_press_confirms_it(app: Flask, as_: As) -> None:
    with app.app_context():
        olga_signs_up(MAI, BAO)
    with at(DAY):
        assert "2 个人的时长等您确认" in as_(OTTO).open("/organize").text("main")
        assert "时长等您确认" not in as_(OLGA).open("/organize").text("main")
        own = as_(OLGA).open("/organize/unconfirmed")
        assert not own.soup.select("input[name=who]")
        assert "2 个要等别人确认" in own.text("main")
        as_(OTTO).open("/organize/unconfirmed").press("打了勾的，我都看见来了")
        assert "没有等着的" in as_(OTTO).open("/organize/unconfirmed").text("main")
    with app.app_context():
        assert (total_minutes(MAI.id), total_minutes(BAO.id)) == (120, 120)


def test_a_word_is_asked_for_a_refusal(app: Flask, as_: As) -> None:
    with app.app_context():
        olga_signs_up(MAI)
        (one,) = waiting()
        number = one.id
    with at(DAY):
        form = as_(OTTO).open(f"/organize/unconfirmed/{number}/refuse")
        answer = form.press("不确认", words=" ")
        assert answer.status == 422
        assert "请写为什么" in answer.text(".summary")
        form.press("不确认", words="那天点错了人")
        page = as_(MAI).open("/me/hours")
        assert "那天点错了人" in page.text("section[aria-labelledby=unconfirmed-title]")
        ask = as_(MAI).open(f"/me/hours/unconfirmed/{number}/ask-again")
        assert ask.press("提上去", words="").status == 422
        ask.press("提上去", words="我真的来了，在后厨")
        assert "我真的来了" in as_(OTTO).open("/organize/unconfirmed").text("main")


def test_checking_out_by_a_second_organizer_is_a_second_witness(inside: Flask) -> None:
    with at(-DAY):
        shift = a_shift(capacity=9)
        sign_up_by_organizer(MAI.id, shift, viewer_of(OLGA))
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(60):
        check_out(shift, MAI.id, viewer_of(OTTO))
    with at(130):
        close_shift(shift, viewer_of(OLGA))
    assert total_minutes(MAI.id) == 60

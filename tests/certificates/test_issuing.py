"""Somebody asks for a proof: what it holds, who may ask, and what is refused."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.certificates.service import (
    FIRST,
    LAST,
    LATER,
    a_make_up,
    a_service,
    proof_of,
    stored,
)
from tests.conftest import both_engines
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN
from tests.support.totals import total_minutes
from tests.support.town import NOON, viewer_of
from tests.support.worth import hold_worth
from volboard.accounts.commands import add_family, remove_family
from volboard.certificates.commands import issue, revoke
from volboard.certificates.errors import BadPeriod, NothingServed, Revoked
from volboard.certificates.queries import find
from volboard.certificates.rules import facts_of, is_number
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.hours.commands import correct
from volboard.hours.models import HourChain, HourEntry

pytestmark = both_engines


def test_a_proof_freezes_what_the_ledger_holds(inside: Flask) -> None:
    a_service(MAI, title="端午包粽子", place="社区一楼")
    a_service(MAI, days=2, minutes=45)
    a_make_up(MAI, 60)
    number = proof_of()
    facts = facts_of(stored(number).facts)
    assert is_number(number)
    assert [(line.day, line.minutes, line.make_up) for line in facts.lines] == [
        ("2027-06-09", 120, False), ("2027-06-10", 60, True), ("2027-06-11", 45, False)
    ]  # fmt: skip
    first = facts.lines[0]
    assert (first.came, first.left, first.title, first.content, first.place) == (
        "12:00", "14:00", "端午包粽子", "包粽子", "社区一楼"
    )  # fmt: skip
    assert (facts.minutes, facts.make_up_minutes) == (225, 60)
    assert facts.minutes == total_minutes(MAI.id) == stored(number).minutes
    assert (facts.name, facts.community, facts.phone) == ("麦小芳", "沿河社区", "0453-3120001")
    assert (facts.issued_on, facts.handler, facts.shows_name) == ("2027-07-09", "", False)
    chain = db.session.get_one(HourChain, MAI.id)
    assert facts.ledger_digest == stored(number).ledger_digest == chain.digest
    assert len(facts.seal_digest) == 64


def test_what_was_taken_back_is_left_out_and_what_stands_for_it_counts(inside: Flask) -> None:
    a_service(MAI)
    a_service(MAI, days=1)
    entries = db.session.query(HourEntry).order_by(HourEntry.id).all()
    with clock.standing_at(LATER - timedelta(days=1)):
        half = entries[0].served_from + timedelta(minutes=30)
        correct(entries[0].id, entries[0].served_from, half, "走得早", viewer_of(OTTO))
        correct(entries[1].id, entries[1].served_from, entries[1].served_from, "没来",
                viewer_of(OTTO))  # fmt: skip
    facts = find(proof_of(), viewer_of(MAI)).facts
    assert [(line.day, line.minutes) for line in facts.lines] == [("2027-06-09", 30)]
    assert facts.minutes == 30 == total_minutes(MAI.id)


def test_what_the_night_adds_is_part_of_the_total_and_told(inside: Flask) -> None:
    with transaction():
        hold_worth(night_percent=50, night_from=720, night_to=780)
        db.session.execute(text("UPDATE communities SET in_charge = '沈大姐' WHERE id = 1"))
    a_service(MAI)
    facts = find(proof_of(), viewer_of(MAI)).facts
    assert (facts.minutes, facts.extra_minutes) == (150, 30)
    assert (facts.lines[0].minutes, facts.lines[0].extra_minutes) == (150, 30)
    assert facts.in_charge == "沈大姐"


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ("2027-06-09", "2027-06-09", 120),
        ("2027-06-09", "2027-06-10", 210),
        ("2027-06-10", "2027-07-09", 90),
        ("2020-01-01", "2027-07-09", 210),
    ],
)
def test_a_day_is_a_day_in_beijing(inside: Flask, first: str, last: str, minutes: int) -> None:
    a_service(MAI)
    a_service(MAI, days=0.5, minutes=90)  # begins at midnight
    facts = find(proof_of(first=date.fromisoformat(first), last=date.fromisoformat(last)),
                 viewer_of(MAI)).facts  # fmt: skip
    assert facts.minutes == minutes


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (LAST, FIRST, BadPeriod),
        (FIRST, LAST + timedelta(days=1), BadPeriod),
        (date(2019, 12, 31), LAST, BadPeriod),
        (date.min, date.max, BadPeriod),
        (date(2027, 6, 10), LAST, NothingServed),
        (FIRST, date(2027, 6, 8), NothingServed),
    ],
)
def test_a_period_that_proves_nothing_is_refused(
    inside: Flask, first: date, last: date, refusal: type[Exception]
) -> None:
    a_service(MAI)
    with pytest.raises(refusal):
        proof_of(first=first, last=last)
    assert count() == 0


def test_nothing_is_proven_where_all_was_taken_back(inside: Flask) -> None:
    a_service(MAI)
    entry = db.session.query(HourEntry).one()
    with clock.standing_at(LATER - timedelta(days=1)):
        correct(entry.id, entry.served_from, entry.served_from, "没来", viewer_of(OTTO))
    with pytest.raises(NothingServed):
        proof_of()


def test_only_the_household_and_the_own_desk_may_ask(inside: Flask) -> None:
    a_service(MAI, TIAN)
    for by in (viewer_of(BAO), viewer_of(TIAN), Viewer()):
        with pytest.raises(NotFound):
            proof_of(by=by)
    with transaction():
        db.session.execute(text("DELETE FROM residencies WHERE account_id = 5"))
    with pytest.raises(NotFound):
        proof_of(TIAN, by=viewer_of(OLGA))
    with pytest.raises(NotFound), clock.standing_at(LATER):
        issue(MAI.id, RAIL, FIRST, LAST, False, viewer_of(OLGA))
    with pytest.raises(NotFound), clock.standing_at(LATER):
        issue(999, RIVER, FIRST, LAST, False, viewer_of(OLGA))
    assert count() == 0
    for by in (viewer_of(MAI), viewer_of(OLGA), viewer_of(ADA)):
        assert facts_of(stored(proof_of(by=by)).facts).handler == (
            "" if by.id == MAI.id else by.name
        )


def test_family_is_proven_by_the_account_until_it_is_removed(inside: Flask) -> None:
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    with clock.standing_at(LATER), pytest.raises(NothingServed):
        issue(mother, RIVER, FIRST, LAST, True, viewer_of(MAI))
    remove_family(MAI.id, mother)
    with clock.standing_at(LATER), pytest.raises(NotFound):
        issue(mother, RIVER, FIRST, LAST, True, viewer_of(MAI))


def test_the_same_proof_pressed_twice_is_one(inside: Flask) -> None:
    a_service(MAI)
    first = proof_of()
    assert proof_of(moment=LATER + timedelta(seconds=1)) == first
    assert count() == 1
    assert proof_of(shows_name=True) != first
    assert proof_of(moment=LATER + timedelta(days=1)) != first
    with clock.standing_at(LATER):
        revoke(first, "写错了", viewer_of(OLGA))
    assert proof_of() not in ("", first)
    assert count() == 4


def test_a_running_clock_issues_a_proof_that_holds(inside: Flask) -> None:
    a_service(MAI)
    with pytest.raises(BadPeriod):
        issue(MAI.id, RIVER, FIRST, LAST, False, viewer_of(MAI))  # it is not 2027 yet
    with clock.standing_at(NOON - timedelta(days=400)):
        earlier = NOON - timedelta(days=400)
    a_service(MAI, days=-400)
    number = issue(MAI.id, RIVER, earlier.date() - timedelta(days=1), clock.today(), False,
                   viewer_of(MAI))  # fmt: skip
    assert find(number, viewer_of(MAI)).facts.minutes == 120
    revoke(number, "试一试", viewer_of(OLGA))
    with pytest.raises(Revoked):
        revoke(number, "再来", viewer_of(OLGA))


def count() -> int:
    db.session.rollback()
    return int(db.session.execute(text("SELECT count(*) FROM certificates")).scalar_one())

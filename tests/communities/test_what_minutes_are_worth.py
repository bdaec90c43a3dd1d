"""What minutes are worth is proposed by one organizer, agreed by another, and holds from the
next day on: no night is made for one shift."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.hours.late import OLGAS, OTTOS
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.outbox import told
from tests.support.town import NOON, a_shift, viewer_of
from tests.support.worth import hold_worth
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.communities.errors import (
    AlreadyDecided,
    AlreadyProposed,
    NightTooLong,
    OwnProposal,
    SamePhone,
    SameRules,
)
from volboard.communities.models import WorthRule
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import (
    FOUNDING,
    Worth,
    WorthState,
    first_day,
    is_ladder,
    lowers,
    night_length,
)
from volboard.communities.worth_commands import agree, propose, refuse, withdraw
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.core.errors import NotFound
from volboard.hours.commands import correct
from volboard.hours.make_ups import approve, ask
from volboard.hours.queries import ledger
from volboard.signups.commands import sign_up

As = Callable[[Person], Visitor]
HALF = replace(FOUNDING, night_percent=50)
BRIGHT = Worth(night_percent=100, night_from=6 * 60, night_to=18 * 60)
"""A night that pays for the day, as far as the bounds allow."""
TODAY, TOMORROW = date(2027, 6, 9), date(2027, 6, 10)


def at(days: float = 0) -> Any:
    """The clock stands so many days after noon of the ninth of June."""
    return clock.standing_at(NOON + timedelta(days=days))


def two_agree(worth: Worth, days: float = 0, community: int = RIVER) -> int:
    """Olga proposes and Otto agrees, at once."""
    with at(days):
        made = propose(community, worth, viewer_of(OLGA), OLGAS).id
        agree(made, viewer_of(OTTO), OTTOS)
    return made


def worth_at(days: float) -> Worth:
    with at(days):
        return community_rules(RIVER).worth


@pytest.mark.parametrize(
    ("hours", "fits"),
    [((100,), True), ((100, 300, 600, 1000, 1500), True), ((1, 2, 3, 4, 5), True), ((), False),
     ((1, 2, 3, 4, 5, 6), False), ((0, 1), False), ((100, 100), False), ((300, 100), False),
     ((100_000,), True), ((100_001,), False)],
)  # fmt: skip
def test_a_ladder_rises_with_one_to_five_rungs(hours: tuple[int, ...], fits: bool) -> None:
    assert is_ladder(hours) is fits


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"),
    [(22 * 60, 6 * 60, 480), (0, 1, 1), (1, 0, 1439), (6 * 60, 18 * 60, 720), (60, 60, 0)],
)
def test_a_night_may_cross_midnight(begins: int, ends: int, minutes: int) -> None:
    assert night_length(begins, ends) == minutes


@pytest.mark.parametrize(
    ("change", "is_lower"),
    [
        pytest.param({"night_percent": 49}, True, id="less for the same night"),
        pytest.param({"night_percent": 51}, False, id="more for the same night"),
        pytest.param({"night_from": 1260}, False, id="another night"),
        pytest.param({"night_percent": 0, "night_from": 1260}, True, id="no night at all"),
        pytest.param({"night_percent": 49, "night_to": 300}, False, id="less, but another night"),
        pytest.param({"star_notice_days": 8}, True, id="a longer notice"),
        pytest.param({"star_notice_days": 6}, False, id="a shorter notice"),
        pytest.param({"star_ladder": "200,300"}, False, id="another ladder, also a steeper one"),
        pytest.param({"night_percent": 0, "star_ladder": "1"}, False, id="one down, one up"),
    ],
)
def test_one_person_may_only_lower(change: dict[str, Any], is_lower: bool) -> None:
    assert lowers(HALF, replace(HALF, **change)) is is_lower


def test_a_change_holds_from_the_next_day_and_never_before_what_is_to_come() -> None:
    assert first_day(TODAY, None) == first_day(TODAY, TODAY) == TOMORROW
    assert first_day(TODAY, date(2027, 7, 1)) == date(2027, 7, 1)


@both_engines
def test_two_agree_and_it_holds_from_the_next_day_on(inside: Flask, engine: str) -> None:
    with at():
        made = propose(RIVER, HALF, viewer_of(OLGA), OLGAS)
        assert made.state == WorthState.WAITING
    assert worth_at(30) == FOUNDING
    with at(2):
        agree(made.id, viewer_of(OTTO), OTTOS)
    assert [worth_at(days) for days in (2, 2.49, 2.51, 3)] == [FOUNDING, FOUNDING, HALF, HALF]
    assert community_rules(RAIL).dated == ()


@both_engines
def test_nobody_agrees_alone(inside: Flask, engine: str) -> None:
    made = propose(RIVER, HALF, viewer_of(OLGA), OLGAS).id
    for person, phone, why in (
        (OLGA, OTTOS, OwnProposal), (OTTO, OLGAS, SamePhone), (TIAN, OTTOS, NotFound),
        (MAI, OTTOS, NotFound), (BAO, OTTOS, NotFound),
    ):  # fmt: skip
        with pytest.raises(why):
            agree(made, viewer_of(person), phone)
    with pytest.raises(OwnProposal):
        refuse(made, viewer_of(OLGA), OLGAS)
    with pytest.raises(NotFound):
        withdraw(made, viewer_of(OTTO), OTTOS)
    with pytest.raises(NotFound):
        agree(99, viewer_of(OTTO), OTTOS)
    agree(made, viewer_of(ADA), OTTOS)
    for decide in (agree, refuse):
        with pytest.raises(AlreadyDecided):
            decide(made, viewer_of(OTTO), OTTOS)


def test_with_one_organizer_the_admin_is_the_second_and_is_told(inside: Flask) -> None:
    made = propose(RAIL, HALF, viewer_of(TIAN), OLGAS).id
    assert told(ADA) == ["rule_waits"]
    agree(made, viewer_of(ADA), OTTOS)
    assert (told(ADA), told(TIAN)) == ([], ["rule_decided"])


def test_the_others_are_told_and_the_proposer_hears_what_became_of_it(inside: Flask) -> None:
    made = propose(RIVER, HALF, viewer_of(OLGA), OLGAS).id
    assert (told(OTTO), told(OLGA), told(ADA), told(MAI)) == (["rule_waits"], [], [], [])
    refuse(made, viewer_of(OTTO), OTTOS)
    assert (told(OTTO), told(OLGA)) == ([], ["rule_decided"])
    again = propose(RIVER, HALF, viewer_of(OLGA), OLGAS).id
    withdraw(again, viewer_of(OLGA), OLGAS)
    assert (told(OTTO), told(OLGA)) == ([], ["rule_decided"])
    assert community_rules(RIVER).dated == ()


def test_one_change_waits_at_a_time_and_the_same_again_is_none(inside: Flask) -> None:
    with pytest.raises(SameRules):
        propose(RIVER, FOUNDING, viewer_of(OLGA), OLGAS)
    propose(RIVER, HALF, viewer_of(OLGA), OLGAS)
    with pytest.raises(AlreadyProposed):
        propose(RIVER, BRIGHT, viewer_of(OTTO), OTTOS)
    with pytest.raises(NotFound):
        propose(RIVER, BRIGHT, viewer_of(TIAN), OTTOS)


@both_engines
def test_what_only_lowers_needs_nobody_else_and_holds_from_the_next_day(
    inside: Flask, engine: str
) -> None:
    two_agree(HALF)
    with at(5):
        made = propose(RIVER, FOUNDING, viewer_of(OTTO), OTTOS)
        assert made.state == WorthState.LOWERED
    assert [worth_at(days) for days in (5, 6)] == [HALF, FOUNDING]


def a_day_of_mai(days: float = 0) -> int:
    """Mai serves from noon to two; the gate is closed soon after."""
    start = NOON + timedelta(days=days)
    with at(days - 0.2):
        shift = a_shift(starts_at=start)
        sign_up(MAI.id, shift, MAI.id)
    with at(days):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with clock.standing_at(start + timedelta(minutes=125)):
        close_shift(shift, viewer_of(OLGA))
    return shift


def test_a_night_made_for_one_shift_pays_for_nothing(inside: Flask) -> None:
    """As it was seen: the night was set around the day, a shift closed, and the night set back."""
    two_agree(BRIGHT, -0.1)
    a_day_of_mai()
    with at(0.3):
        propose(RIVER, FOUNDING, viewer_of(OLGA), OLGAS)
    assert (ledger(MAI.id).total, ledger(MAI.id).lines[0].extra_minutes) == (120, 0)


def test_minutes_are_worth_what_held_on_their_day_however_late_they_are_written(
    inside: Flask,
) -> None:
    start = NOON
    with at(-0.2):
        shift = a_shift(starts_at=start)
        sign_up(MAI.id, shift, MAI.id)
    with at():
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    two_agree(BRIGHT, 0.1)
    with at(3):
        close_shift(shift, viewer_of(OLGA))
        line = ledger(MAI.id).lines[0]
        assert (line.minutes, line.extra_minutes) == (120, 0)
        correct(line.id, start, start + timedelta(minutes=90), "走得早", viewer_of(OTTO))
        assert ledger(MAI.id).total == 90
        ends = start + timedelta(minutes=60)
        asked = ask(shift, BAO.id, start, ends, "手机没电了", viewer_of(OLGA), OLGAS)
        approve(asked, viewer_of(OTTO), OTTOS)
        assert ledger(BAO.id).total == 60
    a_day_of_mai(4)
    with at(5):
        propose(RIVER, FOUNDING, viewer_of(OLGA), OLGAS)
    with at(9):
        line = ledger(MAI.id).lines[0]
        assert (line.minutes, line.extra_minutes) == (120, 120)
        half = line.served_from + timedelta(minutes=30)
        correct(line.id, line.served_from, half, "走得早", viewer_of(OTTO))
        assert ledger(MAI.id).lines[0].extra_minutes == 30


@both_engines
def test_the_database_holds_it_too(inside: Flask, engine: str) -> None:
    first = hold_worth(night_percent=50)
    stands: dict[str, Any] = {
        "community_id": RIVER, "replaces": first, "night_percent": 60, "night_from": 1320,
        "night_to": 360, "star_ladder": "100", "star_notice_days": 7, "state": "agreed",
        "proposed_by": OLGA.id, "proposed_at": NOON, "proposed_on": "a", "decided_by": OTTO.id,
        "decided_at": NOON, "decided_on": "b", "holds_from": TOMORROW,
    }  # fmt: skip
    alone = {"state": "lowered", "decided_by": None, "decided_at": None, "decided_on": "",
             "star_ladder": FOUNDING.star_ladder}  # fmt: skip
    midnight = datetime.fromisoformat("2027-06-09T16:00:00+00:00")
    for guard, change in (
        ("another_decides_a_worth", {"decided_by": OLGA.id}),
        ("another_phone_agrees_to_a_worth", {"decided_on": "a"}),
        ("decided_worth_has_a_decider", {"decided_by": None}),
        ("worth_in_force_has_a_day", {"holds_from": None}),
        ("worth_holds_from_the_next_day", {"holds_from": TODAY}),
        ("worth_holds_from_the_next_day", {"decided_at": midnight}),
        ("worth_holds_from_the_next_day", {"holds_from": date(2026, 1, 1)}),
        ("worth_follows_the_last", {"replaces": None}),
        ("night_is_twelve_hours_at_most", {"night_from": 360, "night_to": 359}),
        ("night_is_twelve_hours_at_most", {"night_from": 0, "night_to": 721}),
        ("night_is_a_window", {"night_from": 360}),
        ("night_percent_in_range", {"night_percent": 101}),
        ("star_notice_in_range", {"star_notice_days": 61}),
        (
            "worth_state_known",
            {"state": "set", "holds_from": None, "decided_by": None, "decided_at": None},
        ),
        ("nobody_founds_again", {"state": "founding", "decided_by": None, "decided_at": None}),
        ("worth_lowered_alone", alone | {"night_percent": 51}),
        ("worth_lowered_alone", alone | {"night_percent": 40, "night_to": 420}),
        ("worth_lowered_alone", alone | {"night_percent": 40, "star_ladder": "1"}),
        ("worth_lowered_alone", alone | {"night_percent": 40, "star_notice_days": 6}),
    ):
        with pytest.raises(IntegrityError, match=guard), transaction():
            db.session.execute(insert(WorthRule).values(**(stands | change)))
    with transaction():
        db.session.execute(insert(WorthRule).values(**stands, id=80))
        waiting = {"state": "waiting", "holds_from": None, "decided_by": None, "decided_at": None,
                   "decided_on": "", "replaces": 80, "id": 90}  # fmt: skip
        db.session.execute(insert(WorthRule).values(**(stands | waiting)))
    for guard, statement in (
        ("worth_is_decided_once", "UPDATE worth_rules SET night_percent = 99 WHERE id = 90"),
        ("worth_is_decided_once|follows_the_last",
         f"UPDATE worth_rules SET proposed_by = 4 WHERE id = {first}"),
        ("worth_rules_keep_their_rows", "DELETE FROM worth_rules"),
        ("one_worth_waits|UNIQUE", "INSERT INTO worth_rules (id, community_id, replaces,"
         " night_percent, night_from, night_to, star_ladder, star_notice_days, state, proposed_by,"
         " proposed_at) SELECT 91, community_id, replaces, 0, 1, 2, '1', 1, state, 3, proposed_at"
         " FROM worth_rules WHERE id = 90"),
        ("another_decides_a_worth", "UPDATE worth_rules SET state = 'agreed', decided_by = 3,"
         " decided_at = proposed_at, decided_on = 'z', holds_from = '2027-06-11' WHERE id = 90"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=guard), transaction():
            db.session.execute(text(statement))


def worth_form(as_: As, person: Person = OLGA) -> Page:
    return as_(person).open("/organize/communities/1/rules")


NEW = {"night_percent": "50", "night_from": "21:00", "night_to": "05:00",
       "star_ladder": "30、60，100", "star_notice_days": "3"}  # fmt: skip


def test_two_organizers_do_it_from_their_phones(app: Flask, as_: As) -> None:
    with at():
        page = worth_form(as_).press("提出这些改动", "main", False, **NEW)
        assert "另一位组织者用自己的手机同意" in page.text("#notices")
        assert "不多算 → 21:00–05:00 多算 50%" in page.whole_text
        assert "这是您提的" in page.whole_text
        page = worth_form(as_, OTTO).press("同意，明天起照这个算", "main")
        assert "从明天起照新的算" in page.text("#notices")
        public = Visitor(app).open("/communities/1/rules")
        assert "欧*兰" in public.whole_text
        assert "奥*明" in public.whole_text
        assert "欧阳兰" not in public.whole_text
        assert "6 月 10 日" in public.whole_text
    with app.app_context(), at(1):
        assert community_rules(RIVER).worth == Worth(50, 1260, 300, "30,60,100", 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"star_ladder": ""}, {"star_ladder": "a"}, {"star_ladder": "300、100"},
        {"star_ladder": "0"}, {"star_ladder": "1,2,3,4,5,6"}, {"star_ladder": "-1,2"},
        {"star_ladder": "٣"}, {"star_ladder": "9" * 60}, {"star_notice_days": "61"},
        {"star_notice_days": "-1"}, {"star_notice_days": ""}, {"star_notice_days": "3.5"},
        {"night_percent": "101"}, {"night_percent": "1e9"}, {"night_percent": "9" * 5000},
        {"night_from": ""}, {"night_from": "25:00"}, {"night_to": "21:00"}, {"night_to": "09:01"},
        {"night_from": "06:00", "night_to": "05:59"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_rule_comes_back_with_a_sentence(
    app: Flask, as_: As, wrong: dict[str, Any]
) -> None:
    page = worth_form(as_).press("提出这些改动", "main", False, **(NEW | wrong))
    assert page.status == 422
    assert len(page.texts(".field__error")) == 1
    assert len(page.text(".field__error")) > 5
    with app.app_context():
        assert db.session.query(WorthRule).count() == 0


def test_the_command_knows_the_longest_night_too(inside: Flask) -> None:
    long = replace(HALF, night_from=0, night_to=721)
    with pytest.raises(NightTooLong):
        propose(RIVER, long, viewer_of(OLGA), Phone("a", ""))

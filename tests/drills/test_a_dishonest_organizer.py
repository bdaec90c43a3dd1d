"""A dishonest organizer with several phones presses whatever she likes: no minute that counts
rests on her alone."""

import os
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.drills import crooked_accounts as accounts
from tests.drills import crooked_afterwards as afterwards
from tests.drills import crooked_doors as doors
from tests.drills import crooked_evening as evening
from tests.drills import crooked_worth as worth
from tests.drills.crooked_judge import judged
from tests.drills.crooked_temptations import (
    EARLY,
    TWELVE_HOURS,
    TWO_HOURS,
    better_it,
    half_an_evening,
    tempted,
)
from tests.drills.crooked_temptations import evening as evening_of
from tests.drills.crooked_town import Town, found_a_town, minutes
from tests.drills.ledger_town import found
from tests.drills.rush import ROUNDS
from volboard.accounts.commands import passwords
from volboard.communities import worth_commands
from volboard.communities.errors import OwnProposal
from volboard.communities.rules import FOUNDING
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import Refusal
from volboard.events.models import Shift
from volboard.hours import commands
from volboard.hours.errors import NeedsAnother
from volboard.hours.models import HourEntry, Unconfirmed
from volboard.hours.witness_rules import Case, Lack

DAY = 24 * 60
UNTIL_SHE_COMES = DAY + 1 + EARLY
"""Of `evening_of`: she announces a day later, takes the place and comes at the start."""
Act = Callable[[Town, Random], None]
BOOKS = int(os.environ.get("VOLBOARD_BOOKS", "0")) or 100 * ROUNDS
GUARD_OF = {
    Lack.SECOND: "minutes_rest_on_two_witnesses",
    Lack.KNOWN: "minutes_rest_on_two_witnesses",
    Lack.CAP: "one_organizer_gives_twelve_hours",
    Lack.LATE: "late_evidence_is_confirmed",
    Lack.SUDDEN: "sudden_shift_takes_another",
    Lack.LONG: "sudden_shift_takes_another",
}
"""The trigger that refuses what the rule would let wait."""
GUARDS = {*GUARD_OF.values(), "nobody_confirms_their_own_press", "correction_fits_its_entry"}
C, E, A, D, W = accounts, evening, afterwards, doors, worth
BEFORE: tuple[Act, ...] = (
    E.sign_up_own, E.sign_up_own, E.sign_up_for, C.quick, E.answer_coming, E.give_back, C.desk_code,
    C.more_family, C.rename, E.move_shift, D.hand_over, D.ask_for_help, D.take_in_a_list,
    W.propose_worth, W.agree_worth, W.agree_worth, W.withdraw_worth,
)  # fmt: skip
DURING: tuple[Act, ...] = (
    E.check_in, E.check_in, E.check_in, E.check_out, E.come_back, E.undo, C.walk_in, E.seat,
    E.scan_the_screen, E.scan_the_sheet, E.confirm_arrivals, E.otto_is_there_too, E.sign_up_own,
)  # fmt: skip
AFTER: tuple[Act, ...] = (A.send_offline, A.send_stranger, A.type_a_list, A.late_check_out,
                          A.send_offline)  # fmt: skip
LATER: tuple[Act, ...] = (A.close, A.confirm, A.confirm_all, A.confirm_own, A.confirm_own,
                          A.otto_confirms, A.otto_refuses, A.ask_again, A.correct, A.correct,
                          A.ask_for_more, A.approve, A.dispute, A.take_back, A.send_offline,
                          A.honest_evening, W.propose_worth, W.agree_worth)  # fmt: skip


@pytest.fixture(autouse=True)
def passwords_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes of the desk are hashed slowly on purpose, which proves nothing here."""
    monkeypatch.setattr(passwords, "hashed_password", lambda secret: f"plain {secret}")
    monkeypatch.setattr(passwords, "password_matches",
                        lambda secret, kept: kept == f"plain {secret}")  # fmt: skip


def do(town: Town, rng: Random, act: Act) -> None:
    """One press, at a moment of its own; a refusal is an answer too."""
    town.now += minutes(1)
    with clock.standing_at(town.now):
        try:
            act(town, rng)
            town.done += 1
        except Refusal:
            town.refused += 1


def play(seed: int) -> Town:
    """A book of random evenings; needs a context."""
    rng, town = Random(seed), found_a_town()
    if rng.random() < 0.5:
        for act in (W.propose_worth, W.agree_worth, W.agree_worth):
            do(town, rng, act)
    if rng.random() < 0.9:
        do(town, rng, A.honest_evening)
    for _evening in range(rng.randint(1, 2)):
        town.now += minutes(rng.choice((60, 24 * 60, 9 * 24 * 60)))
        do(town, rng, E.make_shift)
        if town.shifts:
            spend(town, rng)
    return town


def spend(town: Town, rng: Random) -> None:
    """An evening, with what comes before and after it."""
    press_some(town, rng, BEFORE, 6)
    begins = starts_of(town) + minutes(rng.choice((-30, 1, 10)))
    town.now = max(town.now, begins)
    press_some(town, rng, DURING, 6)
    town.now += minutes(rng.choice((60, 240, 900)))
    press_some(town, rng, AFTER, 2)
    town.now += minutes(rng.choice((1, 1, 300, 1500)))
    do(town, rng, A.close_last)
    press_some(town, rng, LATER, 5)


def press_some(town: Town, rng: Random, acts: tuple[Act, ...], most: int) -> None:
    for _press in range(rng.randint(1, most)):
        do(town, rng, rng.choice(acts))


def starts_of(town: Town) -> datetime:
    """When the shift of this evening begins, as it stands now."""
    last = select(Shift.starts_at).where(Shift.id == town.shifts[-1])
    return db.session.scalars(last).one()


def books() -> Iterator[tuple[int, Town]]:
    for seed in range(BOOKS):
        yield seed, play(seed)


def test_no_minute_rests_on_her_alone(inside: Flask) -> None:
    done = refused = 0
    for seed, town in books():
        wrong = list(judged(town))
        assert not wrong, f"book {seed}: {wrong}"
        done, refused = done + town.done, refused + town.refused
    assert found() == []
    lines = db.session.scalar(select(func.count(HourEntry.id))) or 0
    added = db.session.scalar(select(func.sum(HourEntry.extra_minutes))) or 0
    waited = db.session.scalar(select(func.count(Unconfirmed.id))) or 0
    assert lines > BOOKS / 3, "books in which nothing becomes a line prove nothing"
    assert added > BOOKS, "nor do books in which no night adds anything"
    assert waited > BOOKS, "nor do books in which nothing waits"
    assert done > refused, "nor books in which hardly a press is taken"


def test_without_any_rule_the_judge_soon_finds_a_fault(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case, "lacks", ())
    drop_the_guards()
    assert any(list(judged(town)) for _seed, town in books())


@pytest.mark.parametrize("lack", Lack)
def test_each_rule_alone_keeps_something_from_being_a_line(
    inside: Flask, monkeypatch: pytest.MonkeyPatch, lack: Lack
) -> None:
    town = tempted(lack)
    assert not list(judged(town))
    waits = select(Unconfirmed.lacks).where(Unconfirmed.shift_id == town.shifts[-1])
    assert list(db.session.scalars(waits)) == [lack]
    without(lack, monkeypatch)
    drop_the_guards()
    assert list(judged(tempted(lack)))


@both_engines
@pytest.mark.parametrize("lack", Lack)
def test_the_database_refuses_a_line_that_the_program_would_write(
    inside: Flask, monkeypatch: pytest.MonkeyPatch, lack: Lack, engine: str
) -> None:
    without(lack, monkeypatch)
    with pytest.raises(IntegrityError, match=GUARD_OF[lack]):
        tempted(lack)


@both_engines
@pytest.mark.parametrize(("later", "is_refused"), [(30 * DAY - 1, True), (30 * DAY, False)])
def test_the_database_counts_thirty_days_as_the_rule_does(
    inside: Flask, monkeypatch: pytest.MonkeyPatch, later: int, is_refused: bool, engine: str
) -> None:
    town = half_an_evening()
    first = db.session.scalars(select(func.max(HourEntry.served_from))).one()
    town.now = first + minutes(later - UNTIL_SHE_COMES)
    without(Lack.CAP, monkeypatch)
    with pytest.raises(IntegrityError, match="twelve_hours") if is_refused else nullcontext():
        evening_of(town, EARLY, TWELVE_HOURS, True, (0, TWELVE_HOURS))


def without(lack: Lack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program does not know this rule any more."""
    whole = Case.lacks.fget  # type: ignore[attr-defined]

    def fewer(case: Case) -> tuple[Lack, ...]:
        return tuple(one for one in whole(case) if one is not lack)

    monkeypatch.setattr(Case, "lacks", property(fewer))


def test_without_the_rule_of_hands_the_judge_finds_who_bettered_a_line(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = half_an_evening()
    with pytest.raises(NeedsAnother):
        better_it(town)
    assert not list(judged(town))
    monkeypatch.setattr(commands, "had_a_hand", lambda _line, _account: False)
    drop_the_guards()
    better_it(town)
    assert any("bettered" in wrong for wrong in judged(town))


def test_the_judge_finds_a_night_to_which_it_heard_nobody_agree(inside: Flask) -> None:
    town = half_an_evening()
    rule = replace(FOUNDING, night_from=10 * 60, night_to=20 * 60, night_percent=100)
    with clock.standing_at(town.now):
        made = worth_commands.propose(town.community, rule, town.olga, worth.HERS)
        with pytest.raises(OwnProposal):
            worth_commands.agree(made.id, town.olga, worth.ANOTHER)
        worth_commands.agree(made.id, town.otto, worth.ANOTHER)
    agreed = town.now, 100
    evening_of(town, EARLY, TWO_HOURS, True, (0, TWO_HOURS))
    assert any("worth more" in wrong for wrong in judged(town))
    town.worth.append(agreed)
    assert not list(judged(town))


def drop_the_guards() -> None:
    """The database refuses nothing any more."""
    with transaction():
        for guard in GUARDS:
            db.session.execute(text(f"DROP TRIGGER {guard}"))

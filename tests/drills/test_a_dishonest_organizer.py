"""A dishonest organizer with several phones presses whatever she likes: no minute that counts
rests on her alone."""

import os
from collections.abc import Callable
from random import Random

from flask import Flask

from tests.drills import crooked_afterwards as afterwards
from tests.drills import crooked_evening as evening
from tests.drills.crooked_judge import judged
from tests.drills.crooked_town import Town, found_a_town, minutes
from tests.drills.rush import ROUNDS
from volboard.core import clock
from volboard.core.errors import Refusal

Act = Callable[[Town, Random], None]
BOOKS = int(os.environ.get("VOLBOARD_BOOKS", "0")) or 100 * ROUNDS
E, A = evening, afterwards
BEFORE: tuple[Act, ...] = (E.sign_up_own, E.sign_up_own, E.sign_up_for, E.quick, E.answer_coming,
                           E.give_back, E.desk_code, E.more_family, E.rename, E.move_shift)  # fmt: skip
DURING: tuple[Act, ...] = (E.check_in, E.check_in, E.check_in, E.check_out, E.come_back, E.undo,
                           E.walk_in, E.seat, E.scan_the_screen, E.scan_the_sheet,
                           E.confirm_arrivals, E.otto_is_there_too, E.sign_up_own)  # fmt: skip
AFTER: tuple[Act, ...] = (A.send_offline, A.send_stranger, A.type_a_list, A.late_check_out,
                          A.send_offline)  # fmt: skip
LATER: tuple[Act, ...] = (A.close, A.confirm, A.confirm_all, A.confirm_own, A.confirm_own,
                          A.otto_confirms, A.otto_refuses, A.ask_again, A.correct, A.correct,
                          A.ask_for_more, A.approve, A.dispute, A.take_back, A.send_offline,
                          A.honest_evening)  # fmt: skip


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
    if rng.random() < 0.9:
        do(town, rng, A.honest_evening)
    for _evening in range(rng.randint(1, 3)):
        town.now += minutes(rng.choice((60, 24 * 60, 9 * 24 * 60)))
        do(town, rng, E.make_shift)
        for acts, most, then in ((BEFORE, 4, (60, 100)), (DURING, 6, (60, 240, 900)),
                                 (AFTER, 2, (1, 1, 300, 1500))):  # fmt: skip
            for _press in range(rng.randint(1, most)):
                do(town, rng, rng.choice(acts))
            town.now += minutes(rng.choice(then))
        do(town, rng, A.close_last)
        for _press in range(rng.randint(1, 5)):
            do(town, rng, rng.choice(LATER))
    return town


def test_no_minute_rests_on_her_alone(inside: Flask) -> None:
    for seed in range(BOOKS):
        town = play(seed)
        assert not (found := list(judged(town))), f"book {seed}: {found}"

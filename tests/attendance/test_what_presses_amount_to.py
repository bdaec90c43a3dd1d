"""A person's presses, in whatever order they arrive, amount to one standing."""

import random
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drills.rush import ROUNDS
from volboard.attendance.rules import Press, Standing, standing

NINE = datetime(2027, 6, 9, 1, tzinfo=UTC)
A, B = "phone A", "phone B"


def presses(told: str) -> list[Press]:
    """`in 0 A, out 5 B`: action, minutes after nine, and the offline phone, or - for online."""
    found = []
    for number, words in enumerate(filter(None, told.split(", ")), 1):
        action, minute, phone = words.split()
        nonce = "" if phone == "-" else f"{phone}-{number}"
        device = {"A": A, "B": B, "-": "desk"}[phone]
        at = NINE + timedelta(minutes=int(minute))
        found.append(Press(action, at, {"A": 1, "B": 2, "-": 3}[phone], "gate", device, nonce,
                           id=number))  # fmt: skip
    return found


def tale(found: Standing) -> str:
    """`present: in 0, out 5, back 9`."""
    minutes = [(p.action, int((p.at - NINE).total_seconds() // 60)) for p in found.story]
    story = ", ".join(f"{action} {minute}" for action, minute in minutes)
    return f"{found.state}: {story}" if story else str(found.state)


@pytest.mark.parametrize(
    ("told", "amounts_to"),
    [
        ("", "undone"),
        ("in 0 -", "present: in 0"),
        ("in 0 A, in 1 B", "present: in 0"),
        ("in 0 -, out 5 -", "left: in 0, out 5"),
        ("in 0 A, out 5 A, out 6 B", "left: in 0, out 5"),
        ("out 5 A", "undone"),
        ("back 5 A", "undone"),
        ("in 0 A, back 5 B", "present: in 0"),
        ("in 0 A, out 5 A, in 6 B", "left: in 0, out 5"),
        ("in 0 -, out 5 -, back 9 -", "present: in 0, out 5, back 9"),
        ("in 0 A, out 5 B, back 9 A, out 20 B", "left: in 0, out 5, back 9, out 20"),
        ("in 0 -, undo_in 3 -", "undone"),
        ("in 0 -, undo_in 3 -, in 4 -", "present: in 4"),
        ("in 0 -, undo_in 10 -", "undone"),
        ("in 0 -, undo_in 11 -", "present: in 0"),
        ("in 0 -, out 5 -, undo_out 6 -", "present: in 0"),
        ("in 0 -, out 5 -, back 9 -, undo_back 12 -", "left: in 0, out 5"),
        ("in 0 -, out 5 -, back 9 -, undo_back 12 -, undo_out 13 -", "present: in 0"),
        ("undo_in 3 A", "undone"),
        # A slip that a second phone takes for true: what the other saw stands.
        ("in 0 A, in 1 B, undo_in 2 A", "present: in 1"),
        ("in 0 A, in 1 B, undo_in 2 B", "present: in 0"),
        ("in 0 A, out 5 A, out 7 B, undo_out 8 A", "left: in 0, out 7"),
        # Online one sees what counts, and takes that back.
        ("in 0 A, in 1 -, undo_in 2 -", "present: in 1"),
        # Somebody undoes a coming after which another phone saw a going: it goes too.
        ("in 0 A, out 3 B, undo_in 4 A", "undone"),
        ("absent 120 -", "absent"),
        ("in 0 A, absent 120 -", "present: in 0"),
        ("in 0 -, undo_in 1 -, absent 120 -", "absent"),
    ],
)
def test_the_standing_is_the_fold_of_the_presses_by_their_time(told: str, amounts_to: str) -> None:
    found = presses(told)
    for shuffled in permutations(found):
        assert tale(standing(shuffled)) == amounts_to


def test_presses_of_one_instant_keep_the_order_in_which_they_happened() -> None:
    end = NINE + timedelta(hours=2)
    story = (("in", "z", 1), ("out", "m", 2), ("back", "a", 3))
    cut = [
        Press(action, end, 1, nonce=nonce, meant_at=end + timedelta(minutes=minute))
        for action, nonce, minute in story
    ]
    for shuffled in permutations(cut):
        assert tale(standing(shuffled)) == "present: in 120, out 120, back 120"


def test_online_presses_of_one_instant_keep_the_order_of_the_log() -> None:
    log = presses("in 0 -, undo_in 0 -, in 0 -, out 0 -, undo_out 0 -")
    assert tale(standing(reversed(log))) == "present: in 0"
    assert [press.id for press in standing(log).struck] == [1, 4]


def test_four_hundred_presses_amount_to_the_same_in_any_order() -> None:
    stories = ("in 0 A, in 1 B", "in 0 A, out 60 B", "in 3 A, undo_in 4 B", "out 50 A, in 2 B")
    everything = [(person, press) for person in range(200)
                  for press in presses(stories[person % 4])]  # fmt: skip
    luck, ends = random.Random(7), set()
    for _turn in range(200 if ROUNDS == 1 else 1000):
        luck.shuffle(everything)
        of_each: dict[int, list[Press]] = {}
        for person, press in everything:
            of_each.setdefault(person, []).append(press)
        ends.add(tuple(tale(standing(of_each[person])) for person in range(200)))
    assert len(ends) == 1
    assert set(next(iter(ends))) == {
        "present: in 0", "left: in 0, out 60", "undone", "left: in 2, out 50",
    }  # fmt: skip


ACTIONS = st.sampled_from(("in", "out", "back", "undo_in", "undo_out", "undo_back", "absent"))
ANY = st.lists(st.tuples(ACTIONS, st.integers(0, 40), st.sampled_from("AB-")), max_size=14)


@given(ANY, st.randoms(use_true_random=False))
def test_no_order_of_arrival_changes_the_standing(
    told: list[tuple[str, int, str]], luck: random.Random
) -> None:
    found = presses(", ".join(f"{action} {minute} {phone}" for action, minute, phone in told))
    first = standing(found)
    luck.shuffle(found)
    assert standing(found) == first
    assert standing(first.story).story == first.story
    edges = [press.at for press in first.story]
    assert edges == sorted(edges)
    names = [press.action for press in first.story]
    assert names[:1] in ([], ["in"])
    assert set(names[1::2]) <= {"out"}
    assert set(names[2::2]) <= {"back"}

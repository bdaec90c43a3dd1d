"""300 rosters of every make: everybody has their own number and no other, or somebody is asked."""

import pytest

from tests.rosters.generated import roster
from volboard.rosters.arranging import arranged
from volboard.rosters.judging import judged
from volboard.rosters.reading import read
from volboard.rosters.rules import Verdict

ROSTERS = 300


@pytest.fixture(scope="module")
def asked() -> list[int]:
    """The rosters about which somebody would be asked."""
    return []


@pytest.mark.parametrize("tens", range(ROSTERS // 10))
def test_everybody_with_their_own_number_or_a_question(tens: int, asked: list[int]) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        made = roster(seed)
        reading = arranged(read(made.data, "名单"))
        if reading.is_asked:
            asked.append(seed)
            continue
        lines = list(judged(reading.people.entries, {}))
        found = {line.name: line.phone for line in lines if line.verdict is Verdict.ADD}
        wanted = {name: "+86" + phone for name, phone in made.people.items()}
        told = [line for line in lines if line.is_bad]
        assert not told, (seed, made.about, told)
        assert found == wanted, (seed, made.about)
        assert made.is_sure, (seed, made.about, "it was read although two readings are possible")


def test_few_are_asked_about(asked: list[int]) -> None:
    """A reader that asks about everything would be right about everything, too."""
    unsure = {seed for seed in range(ROSTERS) if not roster(seed).is_sure}
    needless = [seed for seed in asked if seed not in unsure]
    assert unsure <= set(asked)
    assert len(needless) <= ROSTERS // 6, needless

"""A small evening at the gate, by every way in: everybody comes in with three touches at most."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.gate_in_browser import SECRET, TOUCHES, Thumb, a_phone, at_the_gate, server_times
from benchmarks.gate_town import SHARES, Turn, a_town
from tests.support import live

PEOPLE, COMMUNITY = 15, 60


@pytest.fixture
def evening(tmp_path: Path, browser: Browser) -> Iterator[tuple[Thumb, tuple[Turn, ...]]]:
    """An organizer's phone at an open gate, and who comes."""
    shift, turns = a_town(tmp_path, PEOPLE, COMMUNITY)
    with live.serving(tmp_path, 1, **SECRET) as address:
        phone = a_phone(browser, address)
        live.let_it_wait(phone)
        yield at_the_gate(phone, shift), turns
        phone.close()


@pytest.mark.browser
def test_fifteen_people_by_six_ways_with_three_touches_at_most(
    evening: tuple[Thumb, tuple[Turn, ...]], tmp_path: Path
) -> None:
    thumb, turns = evening
    assert {turn.way for turn in turns} == set(SHARES)
    for turn in turns:
        thumb.let_in(turn)
    came = sum(len(turn.guests) for turn in turns)
    thumb.page.goto(thumb.gate)
    expect(thumb.page.locator("#gate-count")).to_contain_text(f"{came} 已到", use_inner_text=True)
    assert sum(thumb.touches.values()) == came >= PEOPLE
    assert max(thumb.touches) <= TOUCHES
    assert thumb.touches[1] >= came - 2, "only a walk-in takes more than one touch"
    times = server_times(tmp_path / "server.log")
    assert sum(len(took) for took in times.values()) > came

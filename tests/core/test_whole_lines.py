"""What stays on one line of a page: a window of the clock, a duration."""

import pytest

from volboard.core.formats import HARD_SPACE, lasting, whole


@pytest.mark.parametrize(("words", "shown"), [
    ("08:30–11:00", '<span class="whole">08:30–11:00</span>'),
    ("星期三 21:30–次日 02:30，集合", '星期三 <span class="whole">21:30–次日 02:30</span>，集合'),
    ("21:30–next day 02:30", '<span class="whole">21:30–next day 02:30</span>'),
    ("21:30–6 月 9 日 02:30", "21:30–6 月 9 日 02:30"),
    ("<b>08:30", "&lt;b&gt;08:30"),
])  # fmt: skip
def test_a_window_of_the_clock_stays_whole_and_words_stay_words(words: str, shown: str) -> None:
    assert str(whole(words)) == shown


def test_a_duration_has_no_space_to_break_at(inside: object) -> None:
    assert " " not in lasting(750)
    assert HARD_SPACE in lasting(750)

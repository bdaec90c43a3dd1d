"""How large a poster's words are set, and how much of its story stands on it."""

import pytest

from volboard.core.posters import SIZES, Words, fit, lines, width

HEAD = Words("包粽子，送到家", "6 月 9 日 星期三 08:30–11:00", "社区活动室", "沿河社区", "五月初五")
SENTENCE = "来的时候带个自家的碗。"


def told(title: str, story: str) -> Words:
    return Words(title, HEAD.when, HEAD.place, HEAD.over, HEAD.lunar, story, "联系：欧阳兰")


@pytest.mark.parametrize(("title", "story", "size", "is_cut"), [
    ("包粽子", SENTENCE, "grand", False),
    ("包粽子", "", "grand", False),
    ("小年扫尘：给独居老人收拾屋子", SENTENCE * 6, "plain", False),
    ("包粽子", SENTENCE * 180, "plain", True),
    ("端" * 60, SENTENCE, "small", False),
    ("端" * 60, SENTENCE * 180, "small", True),
])  # fmt: skip
def test_the_title_is_as_large_as_the_words_allow(
    title: str, story: str, size: str, is_cut: bool
) -> None:
    found = fit(told(title, story))
    assert (found.size, found.is_cut) == (size, is_cut)
    assert (found.story == story) is not is_cut


def test_a_story_ends_with_a_sentence_where_one_ends_in_time() -> None:
    found = fit(told("包粽子", SENTENCE * 180))
    assert found.story.endswith(SENTENCE)
    assert found.story in SENTENCE * 180
    assert fit(told("包粽子", "粥" * 2000)).story.endswith("粥……")


def test_whatever_the_words_the_head_has_its_place_and_the_story_the_rest() -> None:
    worst = Words("端" * 60, "12 月 30 日 星期四 08:30–12 月 31 日 11:00", "楼" * 80,
                  "社" * 20, "闰十二月三十", "粥" * 2000, "名" * 60)  # fmt: skip
    found = fit(worst)
    assert found.size == "small"
    assert SIZES[-1].story_lines(found.story) < SIZES[-1].room(worst)


def test_where_no_line_is_left_there_is_no_story_but_the_way_to_it() -> None:
    found = fit(told("端" * 400, "粥" * 2000))
    assert (found.story, found.is_cut) == ("", True)


@pytest.mark.parametrize(("text", "wide", "count"), [
    ("", 10, 0), ("端" * 10, 10, 1), ("端" * 11, 10, 2), ("W" * 25, 10, 4),
    ("Dragon Boat Festival", 8, 2), ("  ", 10, 1),
])  # fmt: skip
def test_lines_are_counted_with_latin_words_whole(text: str, wide: float, count: int) -> None:
    assert lines(text, wide) == count


def test_a_mark_over_a_letter_takes_no_room() -> None:
    assert width("e\u0301") == width("e")

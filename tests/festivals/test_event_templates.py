"""The ready-made events can be announced as they stand, at times at which people can come."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest

from volboard.festivals.catalog import FESTIVALS, Festival
from volboard.festivals.queries import next_day
from volboard.festivals.templates import (
    SOURCE,
    EventTemplate,
    all_templates,
    find_template,
    occurrence,
    read_template,
    read_templates,
    templates_for,
)

NEVER_PRINTED = ("官方", "国家标准", "已认证", "�", "？？", "！")
RISKY = re.compile("锅|梯|刀|热水|巡|上门|到家|车道|接送")


def entry(**changes: Any) -> dict[str, Any]:
    post = {
        "title": "包粽子", "kind": "service", "start": time(9), "minutes": 120,
        "capacity": 8, "minimum": 2, "briefing": "洗手。",
    }  # fmt: skip
    shift = post | {key: value for key, value in changes.items() if key in post}
    rest = {key: value for key, value in changes.items() if key not in post}
    base = {"key": "x", "festival": "duanwu", "story": "s", "place": "p", "shift": [shift]}
    return base | {"title": "粽子", "title_en": "Zongzi", "story_en": "s"} | rest


@pytest.mark.parametrize("festival", FESTIVALS, ids=lambda festival: festival.key)
def test_every_festival_has_something_ready_to_do(festival: Festival) -> None:
    assert templates_for(festival.key)


def test_there_are_events_for_any_day_and_two_for_dragon_boat() -> None:
    assert len(templates_for(None)) == 6
    assert [found.key for found in templates_for("duanwu")] == ["zongzi", "wish-tree"]
    assert templates_for("halloween") == ()


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.key)
def test_an_event_is_told_in_english_too(template: EventTemplate) -> None:
    assert 0 < len(template.title_en) <= 60
    assert 0 < len(template.story_en) <= 450
    for words in (template.title_en, template.story_en):
        assert words.isascii(), words
        assert "!" not in words, words


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.key)
def test_an_event_reads_like_a_notice_that_a_neighbour_would_write(template: EventTemplate) -> None:
    words = [template.title, template.story, template.place, template.safety]
    words += [text for shift in template.shifts for text in (shift.title, shift.briefing)]
    assert not [word for word in NEVER_PRINTED for text in words if word in text]
    assert len(template.title) <= 16
    assert 2 <= len(re.findall("[。？]", template.story)) <= 4
    assert 40 <= len(template.story) <= 120
    assert len(template.place) <= 20


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.key)
def test_an_event_that_carries_a_risk_says_so(template: EventTemplate) -> None:
    words = [template.title, *(shift.title + shift.briefing for shift in template.shifts)]
    if RISKY.search(" ".join(words)):
        assert len(template.safety) >= 12


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.key)
def test_an_event_begins_and_ends_within_a_day_at_hours_at_which_people_are_awake(
    template: EventTemplate,
) -> None:
    posts = occurrence(template, date(2027, 6, 9))
    starts = [post.starts_at for post in posts]
    assert starts == sorted(starts)
    assert all(post.ends_at > post.starts_at for post in posts)
    assert max(post.ends_at for post in posts) - min(starts) <= timedelta(hours=12)
    assert time(6) <= min(start.time() for start in starts)
    assert {start.date() for start in starts} == {date(2027, 6, 9) + timedelta(template.day_offset)}


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.key)
def test_nobody_takes_part_before_somebody_serves(template: EventTemplate) -> None:
    posts = occurrence(template, date(2027, 6, 9))
    first = {
        kind: [p.starts_at for p in posts if p.shift.kind == kind]
        for kind in ("service", "participant")
    }
    if first["participant"]:
        assert min(first["service"]) <= min(first["participant"])


def test_couplets_are_written_before_new_year_and_sent_out_the_same_day() -> None:
    new_year = next_day("chunjie", date(2026, 12, 31)).date
    posts = occurrence(find_template("couplets"), new_year)
    assert [post.shift.title for post in posts] == ["研墨裁纸", "书写", "派送"]
    assert str(posts[0].starts_at) == "2027-01-25 08:30:00"
    assert str(posts[2].ends_at) == "2027-01-25 15:30:00"


def test_the_watch_of_new_years_eve_ends_after_midnight() -> None:
    last = occurrence(find_template("chuxi-watch"), date(2027, 2, 5))[-1]
    assert str(last.starts_at) == "2027-02-05 21:00:00"
    assert str(last.ends_at) == "2027-02-06 00:30:00"


def test_the_patrol_of_zhongyuan_goes_over_midnight() -> None:
    last = occurrence(find_template("zhongyuan-patrol"), date(2027, 8, 16))[-1]
    assert str(last.ends_at) == "2027-08-17 01:00:00"


def test_chess_players_take_part_and_the_umpire_serves() -> None:
    kinds = {shift.title: shift.kind for shift in find_template("chess-sunset").shifts}
    assert kinds == {"棋手": "participant", "裁判": "service", "茶水": "service"}


def test_a_template_is_found_by_its_key_and_an_unknown_one_is_a_key_error() -> None:
    assert find_template("zongzi").festival_key == "duanwu"
    with pytest.raises(KeyError):
        find_template("turkey")


def test_a_post_may_be_on_the_next_day() -> None:
    template = read_template(entry())
    later = read_template(entry() | {"shift": [entry()["shift"][0] | {"day_offset": 1}]})
    first, second = (occurrence(found, date(2026, 12, 31))[0] for found in (template, later))
    assert str(first.starts_at) == "2026-12-31 09:00:00"
    assert str(second.starts_at) == "2027-01-01 09:00:00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"festival": "halloween"}, "no such festival"),
        ({"festival": None}, "no mark"),
        ({"shift": []}, "no post"),
        ({"shift": entry()["shift"] * 2}, "two posts of one name"),
        ({"kind": "participant"}, "nobody serves"),
        ({"kind": "guest"}, "kind is service or participant"),
        ({"start": "9:00"}, "start is a time of day"),
        ({"minutes": 0}, "minutes are 20 to 720"),
        ({"minutes": -60}, "minutes are 20 to 720"),
        ({"capacity": 41}, "capacity is 2 to 40"),
        ({"minimum": 9}, "minimum is 1 to capacity"),
        ({"briefing": " "}, "the briefing is missing"),
        ({"shift": [entry()["shift"][0] | {"day_offset": 3}]}, "at most a day away"),
    ],
)
def test_a_mistake_in_the_file_is_refused_with_the_name_of_the_template(
    changes: dict[str, Any], words: str
) -> None:
    assert isinstance(read_template(entry()), EventTemplate)
    with pytest.raises(ValueError, match=f"template x: .*{words}"):
        read_template(entry(**changes))


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(TypeError, match="capicity"):
        read_template(entry(shift=[entry()["shift"][0] | {"capicity": 3}]))


def test_two_templates_of_one_key_are_refused() -> None:
    once = SOURCE.read_text(encoding="utf-8")
    assert len(read_templates(once)) == 30
    with pytest.raises(ValueError, match=r"a key must be there once: \['zongzi'\]"):
        read_templates(once.replace('key = "chess-arena"', 'key = "zongzi"'))

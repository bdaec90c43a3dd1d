"""The picture of the year: every festival is there, near its day, and none covers another."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from math import atan2, degrees, hypot
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from volboard.festivals import queries
from volboard.festivals.wheel_layout import (
    CENTER,
    FONT,
    MARK,
    RING_INNER,
    RING_OUTER,
    SIZE,
    Box,
    choose_sides,
    place,
)
from volboard.festivals.yearwheel import WheelDay, YearWheel, angle_of, sign_of, year_wheel

TEMPLATES = Path(__file__).parents[2] / "templates"
YEARS = range(2024, 2041)
ENGLISH = ["Laba", "Little Year", "Eve", "Spring", "Lanterns", "Lei Feng", "Women", "Qingming"]
ENGLISH += ["Labour", "Mothers", "Children", "Dragon Boat", "Fathers", "1 July", "Army", "Qixi"]
ENGLISH += ["Zhongyuan", "Teachers", "Mid-Autumn", "1 October", "Chongyang", "Volunteers"]


def wheel(year: int, today: date = date(2027, 6, 9)) -> YearWheel:
    return year_wheel(year, queries.year(year), today)


def corners(box: Box) -> list[tuple[float, float]]:
    half_width, half_height = box.width / 2, box.height / 2
    return [(box.x + a * half_width, box.y + b * half_height) for a in (-1, 1) for b in (-1, 1)]


def from_center(x: float, y: float) -> float:
    return hypot(x - CENTER, y - CENTER)


def touching(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b)]


@pytest.mark.parametrize("year", YEARS)
def test_no_mark_or_name_covers_another(year: int) -> None:
    boxes = [day.box for day in wheel(year).days]
    assert len(boxes) == 22
    assert touching(boxes) == []


@pytest.mark.parametrize("year", YEARS)
def test_english_names_find_room_too(year: int) -> None:
    days = queries.year(year)
    facts = [
        (angle_of(d.date), name, d.festival.old) for d, name in zip(days, ENGLISH, strict=True)
    ]
    assert touching(list(place(choose_sides(facts)))) == []


def test_the_paper_grows_with_a_name_that_stands_beyond_its_edge() -> None:
    drawn = wheel(2027)
    assert drawn.view_box == f"0 0 {SIZE} {SIZE}"
    first = drawn.days[0]
    long = replace(first, box=replace(first.box, x=20.0, width=140.0))
    assert replace(drawn, days=(long,)).view_box == f"-50 0 {SIZE + 50} {SIZE}"


@pytest.mark.parametrize("year", YEARS)
def test_everything_is_on_the_paper_and_beside_the_ring(year: int) -> None:
    for day in wheel(year).days:
        for x, y in corners(day.box):
            assert 0 <= x <= SIZE
            assert 0 <= y <= SIZE
            assert not RING_INNER < from_center(x, y) < RING_OUTER


@pytest.mark.parametrize("year", YEARS)
def test_a_mark_stands_near_its_own_day(year: int) -> None:
    for day, found in zip(wheel(year).days, queries.year(year), strict=True):
        angle = degrees(atan2(day.box.x - CENTER, CENTER - day.box.y))
        assert abs((angle - angle_of(found.date) + 180) % 360 - 180) < 28, day.label
        rims = [pytest.approx(RING_INNER, abs=0.2), pytest.approx(RING_OUTER, abs=0.2)]
        assert from_center(*day.dot) in rims


def test_boxes_that_share_a_point_overlap_and_neighbours_do_not() -> None:
    box = Box(100, 100, 60, 90)
    assert box.overlaps(Box(159, 189, 60, 90))
    assert not box.overlaps(Box(160, 100, 60, 90))
    assert not box.overlaps(Box(100, 190, 60, 90))
    assert box.overlaps(Box(160, 100, 60, 90), gap=1)


def test_the_line_to_a_mark_ends_at_the_edge_of_its_box() -> None:
    assert Box(100, 100, 60, 90).edge_towards((300, 100)) == (130, 100)
    assert Box(100, 100, 60, 90).edge_towards((100, 0)) == (100, 55)


def test_old_days_stand_outside_and_a_crowded_solar_day_inside() -> None:
    entries = choose_sides(
        [(10, "腊八", True), (15, "甲", False), (60, "乙", False), (65, "丙", False)]
    )
    assert [entry.outside for entry in entries] == [True, False, True, False]


@pytest.mark.parametrize(
    ("day", "angle"),
    [(date(2027, 1, 1), 0.5), (date(2027, 7, 2), 180), (date(2028, 12, 31), 359.5)],
)
def test_the_year_runs_clockwise_from_the_top(day: date, angle: float) -> None:
    assert angle_of(day) == pytest.approx(angle, abs=0.02)


def test_the_hand_points_at_today_and_is_gone_in_another_year() -> None:
    hand = wheel(2027, date(2027, 4, 2)).hand
    assert hand is not None
    assert hand.end == pytest.approx((CENTER + RING_INNER, CENTER), abs=3)
    assert wheel(2028, date(2027, 4, 2)).hand is None


def states(today: date) -> dict[str, str]:
    return {day.mark: day.state for day in wheel(2027, today).days}


def test_the_wheel_knows_what_is_past_today_and_next() -> None:
    on_the_day = states(date(2027, 6, 9))
    assert [on_the_day[key] for key in ("children", "duanwu", "father", "party")] == [
        "past",
        "today",
        "next",
        "coming",
    ]
    assert set(states(date(2026, 6, 9)).values()) == {"coming"}


@pytest.mark.parametrize(
    ("year", "sign"),
    [(2024, "甲辰龙年"), (2026, "丙午马年"), (2027, "丁未羊年"), (2033, "癸丑牛年")],
)
def test_a_year_has_its_sign(year: int, sign: str) -> None:
    assert sign_of(year) == sign


def drawn(shown: YearWheel) -> BeautifulSoup:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["_"] = lambda text, **values: text % values if values else text
    page = environment.get_template("festivals/_year_wheel.html").render(wheel=shown)
    return BeautifulSoup(page, "html.parser")


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [found.text for found in soup.select(selector)]


def test_the_drawing_names_each_festival_and_shows_its_mark() -> None:
    soup = drawn(wheel(2027))
    assert texts(soup, ".year-wheel__day .year-wheel__name") == [
        str(day.festival.short) for day in queries.year(2027)
    ]
    assert (
        len({str(mark) for mark in soup.select(".year-wheel__day svg.mark:has(.mark__accent)")})
        == 22
    )
    assert soup.select("svg.year-wheel[role=img][aria-label='2027 年的节日']")
    assert texts(soup, ".year-wheel__date") == ["6月9日"]
    assert not soup.select("[style]")


def test_a_year_without_today_has_no_hand() -> None:
    soup = drawn(wheel(2028))
    assert not soup.select(".year-wheel__hand, .year-wheel__seal, .year-wheel__date")


def test_a_mark_and_the_name_below_it_fill_their_box() -> None:
    day: WheelDay = wheel(2027).days[0]
    top, bottom = day.box.y - day.box.height / 2, day.box.y + day.box.height / 2
    assert day.mark_at[1] == pytest.approx(top, abs=0.1)
    assert day.mark_middle == (day.mark_at[0] + MARK / 2, day.mark_at[1] + MARK / 2)
    assert day.label_at[0] == pytest.approx(day.mark_middle[0])
    assert day.mark_at[1] + MARK < day.label_at[1] - FONT * 0.8 < day.label_at[1] < bottom

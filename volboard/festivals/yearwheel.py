"""The year as a ring: its months, its festivals and the hand of today, ready to be drawn.

Days that follow the moon stand outside the ring; the others too where there is room, else inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from volboard.festivals.wheel_layout import (
    CENTER,
    MARK,
    RING_INNER,
    RING_OUTER,
    SIZE,
    Box,
    Entry,
    Point,
    at,
    choose_sides,
    place,
)

if TYPE_CHECKING:
    from volboard.festivals.catalog import FestivalDay

HUB = 108
MIDDLE_OF_RING = (RING_OUTER + RING_INNER) / 2
SEASONS = ("winter", *["spring"] * 3, *["summer"] * 3, *["autumn"] * 3, "winter", "winter")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"


@dataclass(frozen=True, slots=True)
class MonthSector:
    number: int
    season: str
    path: str
    label: Point


@dataclass(frozen=True, slots=True)
class WheelDay:
    """A festival on the wheel; `state` is past, today, next or coming, seen from today."""

    mark: str
    label: str
    state: str
    box: Box
    dot: Point
    leader_end: Point

    @property
    def mark_at(self) -> Point:
        """The upper left corner of the mark."""
        return round(self.box.x - MARK / 2, 1), round(self.box.y - self.box.height / 2, 1)

    @property
    def mark_middle(self) -> Point:
        return round(self.box.x, 1), round(self.box.y - self.box.height / 2 + MARK / 2, 1)

    @property
    def label_at(self) -> Point:
        """The middle of the name's base line."""
        return round(self.box.x, 1), round(self.box.y + self.box.height / 2 - 4, 1)


@dataclass(frozen=True, slots=True)
class Hand:
    """The hand of today, from the hub to the ring, and the seal at its end."""

    date: date
    start: Point
    end: Point
    seal: Point


@dataclass(frozen=True, slots=True)
class YearWheel:
    """What templates/festivals/_year_wheel.html draws.

    `sign` names the lunar year that begins in this year: 丁未羊年. `hand` is None if today is
    in another year.
    """

    year: int
    sign: str
    months: tuple[MonthSector, ...]
    days: tuple[WheelDay, ...]
    hand: Hand | None
    size: int = SIZE
    center: float = CENTER
    rims: tuple[int, int] = (RING_INNER, RING_OUTER)
    mark_size: int = MARK
    hub: int = HUB

    @property
    def view_box(self) -> str:
        """The whole paper, and what of a long name (in English) stands beyond its edge."""
        boxes = [day.box for day in self.days]
        left = min([0.0, *(box.x - box.width / 2 for box in boxes)])
        top = min([0.0, *(box.y - box.height / 2 for box in boxes)])
        right = max([float(self.size), *(box.x + box.width / 2 for box in boxes)])
        bottom = max([float(self.size), *(box.y + box.height / 2 for box in boxes)])
        return f"{left:g} {top:g} {right - left:g} {bottom - top:g}"


def year_wheel(year: int, days: Sequence["FestivalDay"], today: date) -> YearWheel:
    """Lay out a year's festivals, named in the language of the request."""
    facts = [(angle_of(day.date), str(day.festival.short), day.festival.old) for day in days]
    entries = choose_sides(facts)
    states = states_of([day.date for day in days], today)
    placed = zip(days, entries, place(entries), states, strict=True)
    return YearWheel(
        year,
        sign_of(year),
        tuple(month_sector(year, month) for month in range(1, 13)),
        tuple(wheel_day(day.festival.mark, entry, box, state) for day, entry, box, state in placed),
        hand_of(today) if today.year == year else None,
    )


def sign_of(year: int) -> str:
    """The name of the lunar year that begins in a solar year: stem, branch and animal."""
    count = year - 4
    return f"{STEMS[count % 10]}{BRANCHES[count % 12]}{ANIMALS[count % 12]}年"


def states_of(days: Sequence[date], today: date) -> list[str]:
    if not days or days[0].year != today.year:
        return ["coming"] * len(days)
    following = min((day for day in days if day > today), default=None)
    special = {today: "today", following: "next"}
    return [special.get(day, "past" if day < today else "coming") for day in days]


def wheel_day(mark: str, entry: Entry, box: Box, state: str) -> WheelDay:
    dot = at(entry.angle, RING_OUTER if entry.outside else RING_INNER)
    return WheelDay(mark, entry.label, state, box, dot, box.edge_towards(dot))


def month_sector(year: int, month: int) -> MonthSector:
    begin = days_to_degrees(date(year, month, 1))
    end = 360.0 if month == 12 else days_to_degrees(date(year, month + 1, 1))
    label = at((begin + end) / 2, MIDDLE_OF_RING)
    return MonthSector(month, SEASONS[month - 1], ring_piece(begin, end), label)


def ring_piece(begin: float, end: float) -> str:
    """The SVG path of the ring between two angles less than 180 degrees apart."""
    a, b = at(begin, RING_OUTER), at(end, RING_OUTER)
    c, d = at(end, RING_INNER), at(begin, RING_INNER)
    outer, inner = f"{RING_OUTER} {RING_OUTER} 0 0 1", f"{RING_INNER} {RING_INNER} 0 0 0"
    return f"M{a[0]} {a[1]}A{outer} {b[0]} {b[1]}L{c[0]} {c[1]}A{inner} {d[0]} {d[1]}z"


def hand_of(today: date) -> Hand:
    angle = angle_of(today)
    return Hand(today, at(angle, HUB), at(angle, RING_INNER), at(angle, MIDDLE_OF_RING))


def angle_of(day: date) -> float:
    """The angle of a day's noon."""
    return days_to_degrees(day, 0.5)


def days_to_degrees(day: date, more: float = 0) -> float:
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return ((day - first).days + more) / (following - first).days * 360

"""Room for marks and names around the ring of the year, so that no two touch. Geometry only.

Lengths are units of the SVG's viewBox; angles are degrees, clockwise, with 1 January at the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import cos, radians, sin

SIZE = 800
CENTER = SIZE / 2
RING_OUTER, RING_INNER = 286, 254
OUTER_TRACK, INNER_TRACK = 345, 192
MARK = 60
FONT = 27
GAP = 4
ROOM = 20  # degrees free on both sides that let a solar day stand outside
STEP = 0.5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """A festival before it has a place: its own angle, its name, and how far out it stands."""

    angle: float
    label: str
    outside: bool

    @property
    def width(self) -> float:
        """A Han character is as wide as the type is high, others about half of that."""
        letters = sum(FONT if ord(letter) > 0x2E80 else FONT * 0.55 for letter in self.label)
        return max(MARK, letters)

    @property
    def track(self) -> float:
        # A wide name stands further out, so that its corner does not touch the ring.
        return OUTER_TRACK + (self.width - MARK) / 4 if self.outside else INNER_TRACK


@dataclass(frozen=True, slots=True)
class Box:
    """What a festival needs on the page, mark above name; x and y are its middle."""

    x: float
    y: float
    width: float
    height: float = MARK + GAP + FONT

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        across = abs(self.x - other.x) < (self.width + other.width) / 2 + gap
        return across and abs(self.y - other.y) < (self.height + other.height) / 2 + gap

    def edge_towards(self, point: Point) -> Point:
        """Where the line from the middle to a point outside leaves the box."""
        dx, dy = point[0] - self.x, point[1] - self.y
        far = max(abs(dx) / (self.width / 2), abs(dy) / (self.height / 2))
        return round(self.x + dx / far, 1), round(self.y + dy / far, 1)


def choose_sides(days: Sequence[tuple[float, str, bool]]) -> tuple[Entry, ...]:
    """Put old days (the third value) outside, and the others too where there is room."""
    outside = [angle for angle, _, old in days if old]
    entries = []
    for angle, label, old in days:
        roomy = all(abs((angle - other + 180) % 360 - 180) >= ROOM for other in outside)
        if roomy and not old:
            outside.append(angle)
        entries.append(Entry(angle, label, old or roomy))
    return tuple(entries)


@lru_cache(maxsize=256)
def place(entries: tuple[Entry, ...]) -> tuple[Box, ...]:
    """Push those that touch away from each other along their tracks, until no two overlap.

    They keep their order around the ring. A new year takes some 25 ms; it is kept.
    """
    angles = [entry.angle for entry in entries]
    boxes = boxes_at(angles, entries)
    for _ in range(600):
        touching = touching_pairs(boxes)
        if not touching:
            break
        for i, j in touching:
            step = STEP if (angles[j] - angles[i]) % 360 < 180 else -STEP
            angles[i] -= step
            angles[j] += step
        boxes = boxes_at(angles, entries)
    return tuple(boxes)


def touching_pairs(boxes: list[Box]) -> list[tuple[int, int]]:
    pairs = combinations(range(len(boxes)), 2)
    return [(i, j) for i, j in pairs if boxes[i].overlaps(boxes[j], GAP)]


def boxes_at(angles: list[float], entries: tuple[Entry, ...]) -> list[Box]:
    pairs = zip(angles, entries, strict=True)
    return [Box(*at(angle, entry.track), entry.width) for angle, entry in pairs]


def at(angle: float, radius: float) -> Point:
    turn = radians(angle)
    return round(CENTER + radius * sin(turn), 1), round(CENTER - radius * cos(turn), 1)

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
    """Of angle, name and whether a day is an old one: those stand outside, others if there is room."""
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
    """Move the boxes along their tracks, as little as needed, until no two overlap."""
    angles = spread(entries)
    for _ in range(180):
        if not any([move_home(angles, entries, index) for index in range(len(entries))]):
            break
    return tuple(boxes_at(angles, entries))


def spread(entries: tuple[Entry, ...]) -> list[float]:
    """Push those that touch away from each other, keeping their order around the ring."""
    angles = [entry.angle for entry in entries]
    for _ in range(600):
        touching = touching_pairs(boxes_at(angles, entries))
        if not touching:
            break
        for i, j in touching:
            step = STEP if (angles[j] - angles[i]) % 360 < 180 else -STEP
            angles[i] -= step
            angles[j] += step
    return angles


def move_home(angles: list[float], entries: tuple[Entry, ...], index: int) -> bool:
    """Let one box go a step back towards its own day, if there is room; tell whether it went."""
    away = angles[index] - entries[index].angle
    if abs(away) < STEP:
        return False
    nearer = angles[index] - (STEP if away > 0 else -STEP)
    box = box_at(nearer, entries[index])
    others = boxes_at(angles, entries)
    del others[index]
    if any(box.overlaps(other, GAP) for other in others):
        return False
    angles[index] = nearer
    return True


def touching_pairs(boxes: list[Box]) -> list[tuple[int, int]]:
    pairs = combinations(range(len(boxes)), 2)
    return [(i, j) for i, j in pairs if boxes[i].overlaps(boxes[j], GAP)]


def boxes_at(angles: list[float], entries: tuple[Entry, ...]) -> list[Box]:
    return [box_at(angle, entry) for angle, entry in zip(angles, entries, strict=True)]


def box_at(angle: float, entry: Entry) -> Box:
    return Box(*at(angle, entry.track), entry.width)


def at(angle: float, radius: float) -> Point:
    turn = radians(angle)
    return round(CENTER + radius * sin(turn), 1), round(CENTER - radius * cos(turn), 1)

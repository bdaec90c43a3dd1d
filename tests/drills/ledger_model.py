"""The ledger as a child would keep it: minutes are beans in a row, taken one by one."""

from dataclasses import dataclass, field

from tests.support.cast import OLGA
from volboard.core.errors import NotFound
from volboard.hours import errors
from volboard.hours import make_up_errors as late

Refused = type[Exception]
WINDOWS = {"A": (0, 120), "B": (60, 180)}
"""The two posts, which overlap, in minutes after noon."""
HANDS = frozenset({OLGA.id})
"""Olga let everybody in and closed both posts."""


@dataclass
class Sheet:
    """One line of somebody's ledger."""

    kind: str
    worth: tuple[int, int]
    """Minutes, and what the night adds."""
    post: str
    times: tuple[int, int]
    hands: frozenset[int]
    """Who had a hand in it: they cannot better it."""
    window: tuple[int, int]
    """Within which a correction must stay."""
    made_up: bool = False
    is_undone: bool = False

    @property
    def holds(self) -> bool:
        return self.kind != "reversal" and not self.is_undone


@dataclass
class Wish:
    """A request for a make-up."""

    person: int
    post: str
    times: tuple[int, int]
    by: int
    phone: str
    is_open: bool = True


@dataclass
class Book:
    """Two people's ledgers, and what is asked for."""

    night: range
    percent: int
    pause: range
    people: dict[int, list[Sheet]] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)

    def beans(self, times: tuple[int, int], pause: range = range(0)) -> tuple[int, int]:
        """Whole minutes, and what the night adds to them."""
        here = [minute for minute in range(*times) if minute not in pause]
        return len(here), sum(minute in self.night for minute in here) * self.percent // 100

    def total(self, person: int, made_up: bool = False) -> int:
        return sum(sum(sheet.worth) for sheet in self.people[person]
                   if sheet.made_up or not made_up)  # fmt: skip

    def credit(self, person: int, times: tuple[int, int]) -> None:
        """What closing writes for somebody who was there."""
        cut = max(times[0], 0), min(times[1], 120)
        worth = self.beans(cut, self.pause)
        self.people[person] = []
        if worth[0] > 0:
            self.people[person].append(Sheet("credit", worth, "A", cut, HANDS, WINDOWS["A"]))

    def correct(self, person: int, number: int, times: tuple[int, int], by: int) -> Refused | None:
        """What a correction does, or why it is refused."""
        old = self.people[person][number]
        if not old.holds:
            return NotFound if old.kind == "reversal" else errors.AlreadyReversed
        if not old.window[0] <= times[0] <= times[1] <= old.window[1]:
            return errors.OutsideMakeUp if old.made_up else errors.OutsideShift
        worth = self.beans(times, range(0) if old.made_up else self.pause)
        if (worth[0], times[0]) == (old.worth[0], old.times[0]):
            return errors.NothingChanged
        if by in old.hands and (worth[0] > old.worth[0] or sum(worth) > sum(old.worth)):
            return errors.NeedsAnother
        old.is_undone = True
        minus = (-old.worth[0], -old.worth[1])
        rest = (old.post, times, old.hands | {by}, old.window, old.made_up)
        self.people[person].append(Sheet("reversal", minus, *rest))
        if worth[0]:
            self.people[person].append(Sheet("correction", worth, *rest))
        return None

    def ask(self, wish: Wish) -> Refused | None:
        """What asking does, or why it is refused."""
        why = self.groundless(wish)
        if why is None and any(one.is_open and one.person == wish.person and one.post == wish.post
                               for one in self.wishes):  # fmt: skip
            why = late.AlreadyAsked
        if why is None:
            self.wishes.append(wish)
        return why

    def approve(self, wish: Wish, by: int, phone: str) -> Refused | None:
        """What an approval does, or why it is refused."""
        if not wish.is_open:
            return late.AlreadyDecided
        if by == wish.by:
            return late.OwnRequest
        why = late.SamePhone if phone == wish.phone else self.groundless(wish)
        if why is None:
            wish.is_open = False
            hands = HANDS | {wish.by, by}
            self.people[wish.person].append(Sheet("make_up", self.beans(wish.times), wish.post,
                                                  wish.times, hands, wish.times, True))  # fmt: skip
        return why

    def end(self, wish: Wish, by: int, is_own: bool) -> Refused | None:
        """What refusing does, or taking back one's own."""
        if not wish.is_open:
            return late.AlreadyDecided
        if is_own != (by == wish.by):
            return NotFound if is_own else late.OwnRequest
        wish.is_open = False
        return None

    def groundless(self, wish: Wish) -> Refused | None:
        """Why these times cannot be entered."""
        first, last = WINDOWS[wish.post]
        if not first <= wish.times[0] < wish.times[1] <= last:
            return late.OutsideTimes
        held = [sheet for sheet in self.people[wish.person] if sheet.holds]
        if any(sheet.post == wish.post for sheet in held):
            return late.HasLine
        if any(sheet.times[0] < wish.times[1] and sheet.times[1] > wish.times[0] for sheet in held):
            return late.ServedElsewhere
        return None

"""A star, a community's shelf of them, and the public notice, as pages read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from volboard.core import clock
from volboard.hours.rules import StarProgress

A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Award:
    """A star that somebody holds; final from `final_at` on."""

    stars: int
    reached_at: datetime
    final_at: datetime

    @property
    def is_final(self) -> bool:
        return clock.now() >= self.final_at

    @property
    def last_day(self) -> datetime:
        """An instant of the last day of the notice."""
        return self.final_at - A_MOMENT


@dataclass(frozen=True)
class Shelf:
    """What somebody has in one community: minutes, stars, and the way to the next."""

    community_id: int
    community_name: str
    minutes: int
    make_up: int
    """Of the minutes, what was entered afterwards."""
    within: int
    """Of the minutes, what was served in the time that was asked for."""
    lines: int
    """How many lines that time has."""
    progress: StarProgress
    awards: tuple[Award, ...]
    """The highest star first."""

    @property
    def shown(self) -> tuple[Award, ...]:
        """The highest final star, and those above it that are on notice still."""
        final = next((number for number, one in enumerate(self.awards) if one.is_final), None)
        return self.awards if final is None else self.awards[: final + 1]


@dataclass(frozen=True)
class Notice:
    """A star on public notice, and where to go with a doubt; pages mask the name unless they may
    show it."""

    volunteer_name: str
    stars: int
    hours: int
    reached_at: datetime
    final_at: datetime
    community_id: int
    community_name: str
    address: str
    phone: str
    in_full: bool
    """Whether the person agreed to be shown by name."""

    @property
    def last_day(self) -> datetime:
        return self.final_at - A_MOMENT

"""The stars of a person, community by community, and those that are on public notice."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from volboard.accounts.models import Volunteer
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import HourEntry, StarAward
from volboard.hours.rules import StarProgress
from volboard.hours.star_rules import climb

A_MOMENT = timedelta(seconds=1)
MOST_SHOWN = 200


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
    """A star on public notice, and where to go with a doubt; pages mask the name."""

    volunteer_name: str
    stars: int
    hours: int
    reached_at: datetime
    final_at: datetime
    community_id: int
    community_name: str
    address: str
    phone: str

    @property
    def last_day(self) -> datetime:
        return self.final_at - A_MOMENT


def shelves(volunteer_ids: tuple[int, ...]) -> Mapping[int, tuple[Shelf, ...]]:
    """The stars of these people in each community where they have lines; two statements.

    The community with most minutes first.
    """
    if not volunteer_ids:
        return {}
    e, worth = HourEntry, func.sum(HourEntry.minutes + HourEntry.extra_minutes)
    rows = db.session.execute(
        select(e.volunteer_id, e.community_id, Community.name, Community.star_ladder, worth)
        .join(Community, Community.id == e.community_id)
        .where(e.volunteer_id.in_(volunteer_ids))
        .group_by(e.volunteer_id, e.community_id, Community.name, Community.star_ladder)
        .order_by(worth.desc(), e.community_id)
    )
    held = _held(volunteer_ids)
    found: dict[int, tuple[Shelf, ...]] = defaultdict(tuple)
    for volunteer, community, name, typed, minutes in rows:
        ladder = tuple(int(hours) for hours in typed.split(","))
        awards = held.get((volunteer, community), ())
        highest = awards[0].stars if awards else 0
        progress = climb(int(minutes), ladder, highest)
        found[volunteer] += (Shelf(community, name, int(minutes), progress, awards),)
    return found


def on_notice() -> tuple[Notice, ...]:
    """The stars that everybody may question, by community, the first to be final first."""
    a, v, c = StarAward, Volunteer, Community
    rows = db.session.execute(
        select(v.name, a.stars, a.hours, a.reached_at, a.final_at, c.id, c.name, c.address, c.phone)
        .join(v, v.id == a.volunteer_id)
        .join(c, c.id == a.community_id)
        .where(a.final_at > clock.now(), a.withdrawn_at.is_(None))
        .order_by(c.id, a.final_at, a.id)
        .limit(MOST_SHOWN)
    )
    return tuple(Notice(*row) for row in rows)


def _held(volunteer_ids: tuple[int, ...]) -> Mapping[tuple[int, int], tuple[Award, ...]]:
    a = StarAward
    rows = db.session.execute(
        select(a.volunteer_id, a.community_id, a.stars, a.reached_at, a.final_at)
        .where(a.volunteer_id.in_(volunteer_ids), a.withdrawn_at.is_(None))
        .order_by(a.stars.desc())
    )
    found: dict[tuple[int, int], tuple[Award, ...]] = defaultdict(tuple)
    for volunteer, community, stars, reached_at, final_at in rows:
        found[volunteer, community] += (Award(stars, reached_at, final_at),)
    return found

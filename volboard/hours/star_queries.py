"""The hours and stars of a person, community by community, and the stars on public notice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select, true

from volboard.accounts.models import Volunteer
from volboard.accounts.queries import agreed_to_name
from volboard.communities.models import Community
from volboard.communities.rule_queries import ladder_today
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import HourEntry, StarAward
from volboard.hours.star_facts import Award, Notice, Shelf
from volboard.hours.star_rules import climb

MOST_SHOWN = 200
WORTH = HourEntry.minutes + HourEntry.extra_minutes
"""What a line adds to a total."""
EVER = true()


def shelves(
    volunteer_ids: Sequence[int], within: ColumnElement[bool] = EVER
) -> Mapping[int, tuple[Shelf, ...]]:
    """What these people have in each community where they have lines; one statement.

    The community with most minutes first. `within` says which lines are those asked for.
    """
    sums, a = _sums(volunteer_ids, within), StarAward
    rows = db.session.execute(
        select(sums.c.volunteer_id, sums.c.community_id, Community.name,
               ladder_today(sums.c.community_id),
               sums.c.minutes, sums.c.make_up, sums.c.within, sums.c.lines,
               a.stars, a.reached_at, a.final_at)
        .join(Community, Community.id == sums.c.community_id)
        .outerjoin(a, and_(a.volunteer_id == sums.c.volunteer_id,
                           a.community_id == sums.c.community_id, a.withdrawn_at.is_(None)))
        .order_by(sums.c.volunteer_id, sums.c.minutes.desc(), sums.c.community_id, a.stars.desc())
    )  # fmt: skip
    found: dict[int, tuple[Shelf, ...]] = defaultdict(tuple)
    for (volunteer, *_community), held in groupby(rows, lambda row: tuple(row[:2])):
        found[volunteer] += (_shelf(list(held)),)
    return found


def on_notice() -> tuple[Notice, ...]:
    """The stars that everybody may question, by community, the first to be final first."""
    a, v, c = StarAward, Volunteer, Community
    rows = db.session.execute(
        select(v.name, a.stars, a.hours, a.reached_at, a.final_at, c.id, c.name, c.address, c.phone,
               agreed_to_name())
        .join(v, v.id == a.volunteer_id)
        .join(c, c.id == a.community_id)
        .where(a.final_at > clock.now(), a.withdrawn_at.is_(None))
        .order_by(c.id, a.final_at, a.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip
    return tuple(Notice(*list(row)) for row in rows)


def _sums(volunteer_ids: Sequence[int], within: ColumnElement[bool]) -> Subquery:
    """The minutes of each of these people in each community."""
    e = HourEntry
    made_up = case((e.make_up_id.is_not(None), WORTH), else_=0)
    return (
        select(e.volunteer_id, e.community_id, func.sum(WORTH).label("minutes"),
               func.sum(made_up).label("make_up"),
               func.sum(case((within, WORTH), else_=0)).label("within"),
               func.sum(case((within, 1), else_=0)).label("lines"))
        .where(e.volunteer_id.in_(volunteer_ids))
        .group_by(e.volunteer_id, e.community_id)
        .subquery()
    )  # fmt: skip


def _shelf(rows: Sequence[Any]) -> Shelf:
    """The rows of one person in one community, one for each star held, the highest first."""
    _volunteer, community, name, typed, *sums = rows[0][:8]
    minutes, make_up, within, lines = (int(number) for number in sums)
    awards = tuple(Award(*row[8:]) for row in rows if row[8] is not None)
    ladder = tuple(int(hours) for hours in typed.split(","))
    progress = climb(minutes, ladder, awards[0].stars if awards else 0)
    return Shelf(community, name, minutes, make_up, within, lines, progress, awards)

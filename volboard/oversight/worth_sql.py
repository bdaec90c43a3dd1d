"""The rule about rules: what minutes are worth, set for an occasion and set back."""

from sqlalchemy import Integer, cast, func, select

from volboard.communities.models import WorthRule
from volboard.communities.rules import SHORT_LIVED
from volboard.hours.models import HourEntry
from volboard.oversight.asked import PLACES, QUARTER_AGO
from volboard.oversight.line_sql import Found, booked, holds, mark
from volboard.oversight.rules import SHORT, Rule
from volboard.oversight.sql_time import BeijingDay, Days


def short_rules() -> Found:
    """Rules that held for less than a fortnight, with what was added under each.

    `of` is who proposed it, `other` who agreed; 0 where nobody did.
    """
    w = WorthRule
    agreed_at = func.coalesce(w.decided_at, w.proposed_at)
    next_day = func.lead(w.holds_from).over(
        partition_by=w.community_id, order_by=(w.holds_from, w.id)
    )
    held = (
        select(w.id, w.community_id, w.holds_from.label("begins"), next_day.label("ends"),
               func.coalesce(w.proposed_by, 0).label("proposed_by"),
               func.coalesce(w.decided_by, 0).label("decided_by"), agreed_at.label("agreed_at"))
        .where(w.community_id.in_(PLACES), w.holds_from.is_not(None))
        .subquery("held")
    )  # fmt: skip
    h = held.c
    short = (
        select(held, func.count().over(partition_by=h.community_id).label("rules"))
        .where(h.ends > h.begins, Days(h.ends, h.begins) < SHORT_LIVED.days,
               h.agreed_at > QUARTER_AGO)
        .subquery("short")
    ).c  # fmt: skip
    e = HourEntry
    served_on = BeijingDay(e.served_from)
    added = (
        select(func.coalesce(cast(func.sum(e.extra_minutes), Integer), 0))
        .where(booked(e, QUARTER_AGO), e.community_id == short.community_id, holds(e),
               served_on >= short.begins, served_on < short.ends)
        .scalar_subquery()
    )  # fmt: skip
    return mark(Rule.SHORT_RULES, short.community_id, short.community_id, short.id,
                short.agreed_at, other=short.decided_by, amount=added, count=short.rules,
                of=short.proposed_by).where(short.rules >= SHORT)  # fmt: skip

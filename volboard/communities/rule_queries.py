"""What a community has decided for itself, and what minutes are worth in it on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from volboard.communities.models import Community, Pause, WorthRule
from volboard.communities.rules import FOUNDING, Worth
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound

COLUMNS = (WorthRule.night_percent, WorthRule.night_from, WorthRule.night_to,
           WorthRule.star_ladder, WorthRule.star_notice_days)  # fmt: skip


@dataclass(frozen=True)
class Dated:
    """What minutes are worth from a Beijing day on."""

    id: int
    holds_from: date
    worth: Worth


@dataclass(frozen=True)
class CommunityRules:
    """The rules of one community; see `Community` for the units."""

    community_id: int
    in_charge: str
    absence_rule: str
    absence_limit: int
    pause_days: int
    quiet_from: int
    quiet_to: int
    dated: tuple[Dated, ...]
    """What minutes are worth, the last to hold first; what is to come is among them."""

    def worth_on(self, day: date) -> Worth:
        """What minutes served on this Beijing day are worth, whenever they are entered."""
        return next((one.worth for one in self.dated if one.holds_from <= day), FOUNDING)

    @property
    def worth(self) -> Worth:
        """What holds today."""
        return self.worth_on(clock.today())

    @property
    def ladder(self) -> tuple[int, ...]:
        """Hours of each star today, rising."""
        return self.worth.ladder

    @property
    def star_notice_days(self) -> int:
        """How long a star that is reached today stands on notice."""
        return self.worth.star_notice_days

    @property
    def to_come(self) -> tuple[Dated, ...]:
        """What does not hold yet, the first to hold first."""
        return tuple(one for one in reversed(self.dated) if one.holds_from > clock.today())

    @property
    def last(self) -> Dated | None:
        """What holds, or will hold, after all else; none: `FOUNDING` holds."""
        return self.dated[0] if self.dated else None


def community_rules(community_id: int) -> CommunityRules:
    """The community's rules; two statements. Raises NotFound."""
    c = Community
    row = db.session.execute(
        select(c.id.label("community_id"), c.in_charge, c.absence_rule, c.absence_limit,
               c.pause_days, c.quiet_from, c.quiet_to)
        .where(c.id == community_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return CommunityRules(**row._mapping, dated=_dated(community_id))


def ladder_today(community_id: InstrumentedAttribute[int] | ColumnElement[int]) -> Any:
    """The hours of each star today, as a column beside a community's id."""
    w = WorthRule
    newest = (
        select(w.star_ladder)
        .where(w.community_id == community_id, w.holds_from <= clock.today())
        .order_by(w.holds_from.desc(), w.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(newest, FOUNDING.star_ladder)


def paused_until(volunteer_id: int, community_id: int) -> datetime | None:
    """Until when this person cannot sign up there by the community's own rule; none: they can."""
    return db.session.scalar(
        select(Pause.until).where(
            Pause.volunteer_id == volunteer_id,
            Pause.community_id == community_id,
            Pause.until > clock.now(),
        )
    )


def worth_of(row: Any) -> Worth:
    """The rules in a row that holds `COLUMNS`."""
    return Worth(row.night_percent, row.night_from, row.night_to, row.star_ladder,
                 row.star_notice_days)  # fmt: skip


def in_force(*columns: Any) -> Select[*tuple[Any, ...]]:
    """The rows that hold, held, or will hold, the last first."""
    w = WorthRule
    return (
        select(w.id, w.holds_from, *COLUMNS, *columns)
        .where(w.holds_from.is_not(None))
        .order_by(w.holds_from.desc(), w.id.desc())
    )


def _dated(community_id: int) -> tuple[Dated, ...]:
    rows = db.session.execute(in_force().where(WorthRule.community_id == community_id))
    return tuple(Dated(row.id, row.holds_from, worth_of(row)) for row in rows)

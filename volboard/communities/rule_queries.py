"""What a community has decided for itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from volboard.communities.models import Community, Pause
from volboard.core import clock
from volboard.core.db import db
from volboard.core.errors import NotFound


@dataclass(frozen=True)
class CommunityRules:
    """The rules of one community; see `Community` for the units."""

    community_id: int
    in_charge: str
    star_ladder: str
    star_notice_days: int
    night_percent: int
    night_from: int
    night_to: int
    absence_rule: str
    absence_limit: int
    pause_days: int
    quiet_from: int
    quiet_to: int

    @property
    def ladder(self) -> tuple[int, ...]:
        """Hours of each star, rising."""
        return tuple(int(hours) for hours in self.star_ladder.split(","))


def community_rules(community_id: int) -> CommunityRules:
    """The community's rules; raises NotFound."""
    c = Community
    row = db.session.execute(
        select(c.id, c.in_charge, c.star_ladder, c.star_notice_days, c.night_percent, c.night_from,
               c.night_to, c.absence_rule, c.absence_limit, c.pause_days, c.quiet_from, c.quiet_to)
        .where(c.id == community_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return CommunityRules(*list(row))


def paused_until(volunteer_id: int, community_id: int) -> datetime | None:
    """Until when this person cannot sign up there by the community's own rule; none: they can."""
    return db.session.scalar(
        select(Pause.until).where(
            Pause.volunteer_id == volunteer_id,
            Pause.community_id == community_id,
            Pause.until > clock.now(),
        )
    )

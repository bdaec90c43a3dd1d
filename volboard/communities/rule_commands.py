"""Changing what a community has decided for itself, and pausing people by its own rule."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from volboard.communities.models import Community, Pause, RuleChange
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import AbsenceRule
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log

UNTOLD = frozenset({"in_charge"})
"""Rules whose words are not kept in the history: a name, which somebody may want deleted."""


@dataclass(frozen=True)
class RulesDraft:
    """The rules that hold at once as somebody wants them; for the units see `Community`.

    What minutes are worth is another matter: `worth_commands.propose`.
    """

    in_charge: str
    absence_rule: str
    absence_limit: int
    pause_days: int
    quiet_from: int
    quiet_to: int


def change_rules(community_id: int, draft: RulesDraft, by: Viewer) -> tuple[str, ...]:
    """Write the rules anew, from now on; answers the names of those that changed.

    Each change stands in the public history; the log names the rules without what they say.
    Pauses end where the rule is given up. Raises NotFound outside this person's communities.
    """
    with transaction():
        hold(community_id, by)
        before, after = asdict(community_rules(community_id)), asdict(draft)
        changed = tuple(name for name, value in after.items() if value != before[name])
        if changed:
            db.session.execute(
                update(Community).where(Community.id == community_id).values(**after)
            )
        for name in changed:
            _note(community_id, name, before[name], after[name], by.id)
        if draft.absence_rule != AbsenceRule.PAUSE:
            db.session.execute(delete(Pause).where(Pause.community_id == community_id))
    if changed:
        log.info("community rules changed", community=community_id, by=by.id, rules=changed)
    return changed


def pause(volunteer_id: int, community_id: int, until: datetime) -> None:
    """Keep somebody from signing up in a community; a later end stands, an earlier one not."""
    with transaction():
        held = db.session.get(Pause, (volunteer_id, community_id), populate_existing=True)
        if held is None:
            db.session.add(Pause(volunteer_id=volunteer_id, community_id=community_id, until=until))
        else:
            held.until = max(held.until, until)
        db.session.flush()


def lift(volunteer_id: int, community_id: int) -> None:
    """End a pause; without one it changes nothing."""
    with transaction():
        db.session.execute(
            delete(Pause).where(
                Pause.volunteer_id == volunteer_id, Pause.community_id == community_id
            )
        )


def hold(community_id: int, by: Viewer) -> None:
    """Hold a community's rules until the transaction ends; raises NotFound to strangers."""
    query = locked(select(Community).where(Community.id == community_id), of=Community)
    if db.session.scalars(query).one_or_none() is None or not by.manages(community_id):
        raise NotFound


def _note(community_id: int, rule: str, before: object, after: object, by: int) -> None:
    told = ("", "") if rule in UNTOLD else (str(before), str(after))
    db.session.add(RuleChange(community_id=community_id, rule=rule, before=told[0], after=told[1],
                              changed_by=by, changed_at=clock.now()))  # fmt: skip

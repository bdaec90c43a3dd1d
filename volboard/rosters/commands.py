"""The yes to a roster: everybody on it at once, or nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from volboard.accounts.commands.many import NewPerson, write_people
from volboard.communities.commands import settle_many
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.logs import log
from volboard.rosters.drafts import discard, keep_draft, purge_drafts
from volboard.rosters.errors import BadRows
from volboard.rosters.judging import Line
from volboard.rosters.models import RosterDraft, RosterImport, RosterListing
from volboard.rosters.queries import Draft, Standing, bad_rows, numbers_of, own_draft, standings
from volboard.rosters.rules import Verdict
from volboard.teams.commands import add_new_people
from volboard.teams.queries import team_choices

__all__ = ["Taken", "discard", "keep_draft", "purge_drafts", "take_in"]
TRIES = 3


@dataclass(frozen=True)
class Taken:
    """How many people a roster added, and how many the community had already."""

    added: int
    known: int


def take_in(key: str, by: Viewer) -> Taken:
    """Add everybody whom the community does not have, in one transaction; the draft is gone then.

    New people get an unverified account without a password; nothing of anybody who exists is
    changed. Who is at home elsewhere is only noted: to organizers here they are not at home before
    they come themselves. Raises DraftGone, BadRows (nothing was added).
    """
    for left in reversed(range(TRIES)):
        try:
            return _take_in(key, by)
        except IntegrityError:  # one of the numbers got an account a moment ago
            if not left:
                raise
    raise AssertionError("the last try answers or raises")


def _take_in(key: str, by: Viewer) -> Taken:
    with transaction():
        draft = own_draft(key, by, hold=True)
        _hold(draft.community_id)
        teams = {name: id for id, name in team_choices(draft.community_id)}
        _refuse_bad(draft, teams)
        here = standings(numbers_of(draft), draft.community_id)
        wanted = [line for line in draft.lines if line.verdict is Verdict.ADD]
        new = [line for line in wanted if line.phone not in here]
        added = len(new) + _take_known(draft.community_id, here.values())
        _write_new(draft.community_id, new, teams, by)
        taken = Taken(added, len(wanted) - added)
        _record(draft, taken, by)
    log.info("roster taken in", community=draft.community_id, by=by.id, added=taken.added,
             known=taken.known)  # fmt: skip
    return taken


def _hold(community_id: int) -> None:
    """Let nobody else take in a roster of this community until we are done."""
    c = Community
    db.session.execute(locked(select(c.id).where(c.id == community_id), of=c))


def _refuse_bad(draft: Draft, teams: Mapping[str, int]) -> None:
    lost = any(line.team not in teams for line in draft.lines if line.team and not line.is_bad)
    if lost or bad_rows(draft):
        raise BadRows


def _take_known(community_id: int, found: Iterable[Standing]) -> int:
    """Settle those who are at home nowhere, note those who are elsewhere; answers how many."""
    others = [one for one in found if not one.is_here]
    settle_many([one.account_id for one in others if not one.is_elsewhere], community_id)
    now = clock.now()
    rows = [{"community_id": community_id, "account_id": one.account_id, "listed_at": now}
            for one in others if one.is_elsewhere]  # fmt: skip
    if rows:
        db.session.execute(insert(RosterListing), rows)
    return len(others)


def _write_new(
    community_id: int, lines: list[Line], teams: Mapping[str, int], by: Viewer
) -> None:  # fmt: skip
    people = [NewPerson(line.name, line.phone, line.skills) for line in lines]
    made = write_people(people, agreed_by=by.id)
    settle_many([account for account, _volunteer in made.values()], community_id)
    add_new_people([(teams[line.team], made[line.phone][1]) for line in lines if line.team])


def _record(draft: Draft, taken: Taken, by: Viewer) -> None:
    d = RosterDraft
    db.session.execute(delete(d).where(d.key == draft.key))
    db.session.add(
        RosterImport(community_id=draft.community_id, digest=draft.digest, imported_by=by.id,
                     imported_at=clock.now(), added=taken.added, known=taken.known)
    )  # fmt: skip

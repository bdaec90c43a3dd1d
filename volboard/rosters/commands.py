"""The yes to a roster: everybody on it at once, or nobody."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from volboard.accounts.commands.many import NewApart, NewPerson, write_apart, write_people
from volboard.communities.commands import settle_many
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.logs import log
from volboard.rosters.drafts import choose, discard, keep_draft, purge_drafts
from volboard.rosters.errors import BadRows, NotChosen
from volboard.rosters.judging import Line, teams_in
from volboard.rosters.models import RosterDraft, RosterImport, RosterListing
from volboard.rosters.queries import Draft, own_draft
from volboard.rosters.rules import ASKED, WANTED, Verdict
from volboard.rosters.settling import Standing, apart, numbers_of, settled, standings
from volboard.signups.households import ask_households
from volboard.teams.commands import add_new_people
from volboard.teams.queries import team_choices

__all__ = ["Taken", "choose", "discard", "keep_draft", "purge_drafts", "take_in"]
TRIES = 3


@dataclass(frozen=True)
class Taken:
    """How many people a roster added, and how many the community had already."""

    added: int
    known: int


def take_in(key: str, by: Viewer, two: Collection[int] = ()) -> Taken:
    """Add everybody whom the community does not have, in one transaction; the draft is gone then.

    New people get an unverified account without a password; nothing of anybody who exists is
    changed. Who is at home elsewhere is only noted: to organizers here they are not at home before
    they come themselves. `two` are the rows whose name sounds like another of the same number and
    is a second person's all the same. Raises DraftGone, BadRows (nothing was added).
    """
    for left in reversed(range(TRIES)):
        try:
            return _take_in(key, by, two)
        except IntegrityError:  # one of the numbers got an account a moment ago
            if not left:
                raise
    raise AssertionError("the last try answers or raises")


def _take_in(key: str, by: Viewer, two: Collection[int]) -> Taken:
    with transaction():
        draft = own_draft(key, by, hold=True)
        _hold(draft.community_id)
        teams = {name: id for id, name in team_choices(draft.community_id)}
        here = standings(numbers_of(draft.lines), draft.community_id)
        lines = apart(settled(draft.lines, here, draft.community_id, by), two)
        _refuse_bad(draft, lines, teams)
        new = [line for line in lines if line.verdict is Verdict.ADD and line.phone not in here]
        asked = [line for line in lines if line.verdict in ASKED]
        _take_known(draft.community_id, here.values())
        accounts = {phone: one.account_id for phone, one in here.items()}
        accounts |= _write_new(draft.community_id, new, teams, by)
        _write_asked(draft.community_id, asked, accounts, teams, by)
        added = sum(line.verdict in WANTED for line in lines)
        taken = Taken(added, sum(line.verdict is Verdict.KNOWN for line in lines))
        _record(draft, taken, by)
    log.info("roster taken in", community=draft.community_id, by=by.id, added=taken.added,
             known=taken.known)  # fmt: skip
    return taken


def _hold(community_id: int) -> None:
    """Let nobody else take in a roster of this community until we are done."""
    c = Community
    db.session.execute(locked(select(c.id).where(c.id == community_id), of=c))


def _refuse_bad(draft: Draft, lines: tuple[Line, ...], teams: Mapping[str, int]) -> None:
    if draft.columns is None:
        raise NotChosen
    wanted = (line for line in lines if line.verdict in WANTED)
    lost = any(team not in teams for line in wanted for team in teams_in(line.team, teams))
    if lost or any(line.is_bad for line in lines):
        raise BadRows


def _take_known(community_id: int, found: Iterable[Standing]) -> None:
    """Settle those who are at home nowhere, note those who are elsewhere."""
    others = [one for one in found if not one.is_here]
    settle_many([one.account_id for one in others if not one.is_elsewhere], community_id)
    now = clock.now()
    rows = [{"community_id": community_id, "account_id": one.account_id, "listed_at": now}
            for one in others if one.is_elsewhere]  # fmt: skip
    if rows:
        db.session.execute(insert(RosterListing), rows)


def _write_new(
    community_id: int, lines: list[Line], teams: Mapping[str, int], by: Viewer
) -> Mapping[str, int]:  # fmt: skip
    """Accounts for numbers that nobody has; answers them by number."""
    people = [NewPerson(line.name, line.phone, line.skills) for line in lines]
    made = write_people(people, agreed_by=by.id)
    settle_many([account for account, _volunteer in made.values()], community_id)
    add_new_people(
        [
            (teams[team], made[line.phone][1])
            for line in lines
            for team in teams_in(line.team, teams)
        ]
    )
    return {phone: account for phone, (account, _volunteer) in made.items()}


def _write_asked(
    community_id: int, lines: list[Line], accounts: Mapping[str, int], teams: Mapping[str, int],
    by: Viewer,
) -> None:  # fmt: skip
    """Persons of their own for further names of a number, of whom its household is asked."""
    people = [NewApart(accounts[line.phone], line.name, line.skills) for line in lines]
    made = write_apart(people, by.id)
    settle_many([account for account, _volunteer in made], community_id)
    volunteers = [volunteer for _account, volunteer in made]
    add_new_people(
        [
            (teams[team], volunteer)
            for line, volunteer in zip(lines, volunteers, strict=True)
            for team in teams_in(line.team, teams)
        ]
    )
    ask_households(volunteers, community_id)


def _record(draft: Draft, taken: Taken, by: Viewer) -> None:
    d = RosterDraft
    db.session.execute(delete(d).where(d.key == draft.key))
    db.session.add(
        RosterImport(community_id=draft.community_id, digest=draft.digest, imported_by=by.id,
                     imported_at=clock.now(), added=taken.added, known=taken.known)
    )  # fmt: skip

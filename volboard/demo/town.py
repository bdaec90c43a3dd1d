"""Fill an empty database: two communities, ten teams, some eighty people and a year of events.

Everything goes through the real commands, at the moments when people would have pressed: what
the demonstration shows is what the product does. The same day gives the same data.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from volboard.accounts import commands as accounts
from volboard.accounts.queries import household
from volboard.communities import commands as communities
from volboard.communities.queries import load_viewer
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.site import SiteFact
from volboard.demo.deeds import decide, leave_traces
from volboard.demo.people import (
    DEMO_ACCOUNTS,
    FAMILY,
    SQUADS,
    TIEBEI,
    YANHE,
    DemoAccount,
    names,
)
from volboard.demo.year import hold_events
from volboard.teams import commands as teams
from volboard.teams.rules import TeamKind

__all__ = ["DEMO_ACCOUNTS", "Town", "fill"]
SEED = 20260305
PLACES = {
    YANHE: ("沿河社区", "穆棱市", "穆棱市八面通镇沿河街 18 号", "0453-3120018"),
    TIEBEI: ("铁北社区", "林口县", "林口县林口镇铁北新区主题广场东侧", "0453-3520086"),
}


@dataclass
class Town:
    """One community with the people who live and work in it."""

    id: int
    organizers: tuple[Viewer, ...] = ()
    residents: list[tuple[int, int]] = field(default_factory=list)
    """(account, volunteer) of everybody who may sign up, family included."""
    teams: list[int] = field(default_factory=list)
    resident: Viewer | None = None
    """Whoever tries the product as a resident of this community."""


def fill() -> None:
    """Write the demonstration data in one transaction; the database must be empty."""
    random = Random(SEED)  # noqa: S311 (demonstration data)
    began = clock.now() - timedelta(days=365)
    with transaction():
        db.session.add(SiteFact(name="demo", value="yes"))
        with clock.standing_at(began):
            towns = {slug: _found(slug) for slug in PLACES}
            for account in DEMO_ACCOUNTS:
                _move_in(account, towns[account.community])
            _people(towns[YANHE], names(YANHE), "1391234")
            _people(towns[TIEBEI], names(TIEBEI), "1381357")
            _found_teams(towns, random)
            for town in towns.values():
                decide(town.id, town.organizers)
        for town in towns.values():
            hold_events(town.id, town.organizers, town.residents, town.teams, random)
            if town.resident is not None:
                leave_traces(town.id, town.organizers, town.resident)


def _found(slug: str) -> Town:
    name, city, address, phone = PLACES[slug]
    draft = communities.CommunityDraft(slug, name, city, address, phone)
    return Town(communities.create_community(draft))


def _move_in(account: DemoAccount, town: Town) -> None:
    account_id = communities.join(account.name, account.phone, account.password, town.id)
    for name, relation in FAMILY.get(account.phone, ()):
        accounts.add_family(account_id, name, relation)
    if account.is_admin:
        accounts.appoint_admin(account_id)
    if account.organizes:
        communities.grant(account_id, town.id, None)
        town.organizers = (*town.organizers, _viewer(account_id))
    elif not account.is_admin:
        town.resident = _viewer(account_id)
        _count_in(account_id, town)


def _people(town: Town, neighbours: tuple[str, ...], prefix: str) -> None:
    for number, name in enumerate(neighbours):
        person = accounts.quick_account(name, f"{prefix}{1000 + number * 37}")
        communities.settle(person.account_id, town.id)
        _count_in(person.account_id, town)


def _count_in(account_id: int, town: Town) -> None:
    town.residents.extend((account_id, person.volunteer_id) for person in household(account_id))


def _viewer(account_id: int) -> Viewer:
    viewer = load_viewer(f"{account_id}.1")
    assert viewer is not None, "an account that was made a moment ago"
    return viewer


def _found_teams(towns: dict[str, Town], random: Random) -> None:
    for squad in SQUADS:
        town = towns[squad.community]
        draft = teams.TeamDraft(squad.name, TeamKind(squad.kind), squad.purpose)
        team_id = teams.create_team(town.id, draft, town.organizers[0])
        town.teams.append(team_id)
        members = random.sample(town.residents, random.randint(5, 9))
        for account_id, _volunteer in members:
            teams.join_team(team_id, _viewer(account_id))
        leader = household(members[0][0])[0].volunteer_id
        teams.change_team(team_id, draft, leader, town.organizers[0])

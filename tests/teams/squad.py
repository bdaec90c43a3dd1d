"""A team to play with."""

from flask import Flask

from tests.support.cast import OLGA, RIVER, Person
from volboard.communities.queries import load_viewer
from volboard.core.access import Viewer
from volboard.teams import commands
from volboard.teams.commands import TeamDraft
from volboard.teams.rules import TeamKind

RED_HATS = "爱心红帽一刻钟服务队"


def viewer_of(person: Person) -> Viewer:
    """The person as views know them."""
    found = load_viewer(f"{person.id}.1")
    assert found is not None
    return found


def draft(name: str = RED_HATS) -> TeamDraft:
    """What is said of the team."""
    return TeamDraft(name, TeamKind.RESIDENT, "一个电话，一刻钟到家。")


def make_team(
    app: Flask, name: str = RED_HATS, leader: Person | None = None, members: tuple[Person, ...] = ()
) -> int:
    """A team of the river community with these members; answers its id."""
    with app.app_context():
        olga = viewer_of(OLGA)
        team_id = commands.create_team(RIVER, draft(name), olga)
        for member in members:
            commands.add_member(team_id, member.phone, olga)
        if leader:
            commands.change_team(team_id, draft(name), leader.id, olga)
        return team_id

"""The organizer's side of the teams: found, change, add, remove."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities.queries import communities
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import go_to, page
from volboard.teams import commands
from volboard.teams.blueprint import bp
from volboard.teams.errors import NobodyToAdd, TeamNameTaken
from volboard.teams.forms import ChangeTeamForm, MemberForm, NewTeamForm
from volboard.teams.queries import Roster, managed_team

per_organizer = limiter.limit("20/minute; 200/hour", key_func=lambda: f"account {viewer().id}")


@bp.get("/organize/teams/new", access=Access.ORGANIZER)
def show_new_team() -> ResponseReturnValue:
    form = NewTeamForm.blank()
    form.offer(my_communities())
    return page("teams/new_team.html", form=form)


@bp.post("/organize/teams/new", access=Access.ORGANIZER)
def create_team() -> ResponseReturnValue:
    form = NewTeamForm()
    form.offer(my_communities())
    if not form.is_right():
        return page("teams/new_team.html", 422, form=form)
    try:
        team_id = commands.create_team(form["community"].data, form.draft(), viewer())
    except TeamNameTaken as refusal:
        form.refuse("name", refusal)
        return page("teams/new_team.html", 422, form=form)
    flash(_("建好了。现在加队员，再选队长。"), "done")
    return go_to(f"/organize/teams/{team_id}")


@bp.get("/organize/teams/<id:team_id>", access=Access.ORGANIZER)
def manage_team(team_id: int) -> ResponseReturnValue:
    return team_page(managed_team(team_id, viewer()))


@bp.post("/organize/teams/<id:team_id>", access=Access.ORGANIZER)
def change_team(team_id: int) -> ResponseReturnValue:
    roster, form = managed_team(team_id, viewer()), ChangeTeamForm()
    form.offer(roster.members)
    if not form.is_right():
        return team_page(roster, 422, form=form)
    try:
        commands.change_team(team_id, form.draft(), form.leader_id, viewer())
    except TeamNameTaken as refusal:
        form.refuse("name", refusal)
        return team_page(roster, 422, form=form)
    flash(_("存好了。"), "done")
    return go_to(f"/organize/teams/{team_id}")


@bp.post("/organize/teams/<id:team_id>/members", access=Access.ORGANIZER)
@per_organizer
def add_member(team_id: int) -> ResponseReturnValue:
    roster, form = managed_team(team_id, viewer()), MemberForm()
    if not form.is_right():
        return team_page(roster, 422, member_form=form)
    try:
        commands.add_member(team_id, form.text("phone"), viewer())
    except NobodyToAdd as refusal:
        form.refuse("phone", refusal)
        return team_page(roster, 422, member_form=form)
    flash(_("加好了。"), "done")
    return go_to(f"/organize/teams/{team_id}")


@bp.post("/organize/teams/<id:team_id>/members/<id:volunteer_id>/remove", access=Access.ORGANIZER)
def remove_member(team_id: int, volunteer_id: int) -> ResponseReturnValue:
    commands.remove_member(team_id, volunteer_id, viewer())
    flash(_("已经移出。"), "done")
    return go_to(f"/organize/teams/{team_id}")


def my_communities() -> list[tuple[int, str]]:
    """The communities in which this person may found a team."""
    return [(one.id, one.name) for one in communities() if viewer().manages(one.id)]


def team_page(
    roster: Roster,
    status: int = 200,
    form: ChangeTeamForm | None = None,
    member_form: MemberForm | None = None,
) -> Response:
    """The team with its forms, one of them perhaps as it came back."""
    if form is None:
        form = ChangeTeamForm.showing(roster)
    return page(
        "teams/manage_team.html",
        status,
        roster=roster,
        form=form,
        member_form=member_form or MemberForm.blank(),
    )

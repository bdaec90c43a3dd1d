"""What everybody sees of the teams; joining and leaving one."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities.queries import communities
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.teams import commands
from volboard.teams.blueprint import bp
from volboard.teams.queries import roster, teams


@bp.get("/teams", access=Access.PUBLIC)
def show_teams() -> ResponseReturnValue:
    return page("teams/teams.html", teams=teams(), places=communities())


@bp.get("/teams/<id:team_id>", access=Access.PUBLIC)
def show_team(team_id: int) -> ResponseReturnValue:
    return page("teams/team.html", roster=roster(team_id, viewer()))


@bp.post("/teams/<id:team_id>/join", access=Access.SIGNED_IN)
def join(team_id: int) -> ResponseReturnValue:
    commands.join_team(team_id, viewer())
    flash(_("您是队员了。"), "done")
    return go_to(f"/teams/{team_id}")


@bp.post("/teams/<id:team_id>/leave", access=Access.SIGNED_IN)
def leave(team_id: int) -> ResponseReturnValue:
    commands.leave_team(team_id, viewer())
    flash(_("已经退出。想回来，随时再加入。"), "done")
    return go_to(f"/teams/{team_id}")

"""The wall: a large screen in the hall that shows who is here and where somebody is missing."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from volboard.attendance import queries
from volboard.attendance.blueprint import bp
from volboard.attendance.wall_facts import Wall
from volboard.attendance.wall_queries import posts
from volboard.core.access import Access, viewer
from volboard.core.i18n import language
from volboard.core.web import page_or_fragment, wants_fragment


@bp.get("/organize/shifts/<id:shift_id>/wall", access=Access.ORGANIZER)
def wall(shift_id: int) -> ResponseReturnValue:
    """The wall, or its moving part; 304 without a body where that has not changed."""
    managed = queries.gate(shift_id, viewer())
    shown = Wall(managed, posts(managed), language())
    if wants_fragment() and shown.mark in request.if_none_match:
        answer = Response(status=304)
    else:
        answer = page_or_fragment("attendance/wall.html", "attendance/_wall.html", wall=shown)
    answer.vary.add("HX-Request")
    answer.set_etag(shown.mark)
    return answer

"""The venue's codes as an organizer shows them: on a screen, and on a sheet to hang up."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from volboard.attendance import queries
from volboard.attendance.blueprint import bp
from volboard.attendance.venue_page import VenuePoster, VenueScreen
from volboard.attendance.venue_queries import latest
from volboard.attendance.venue_tokens import Screen, Sheet, sign
from volboard.core.access import Access, viewer
from volboard.core.qr import absolute, code
from volboard.core.web import page, page_or_fragment


@bp.get("/organize/shifts/<id:shift_id>/venue-code", access=Access.ORGANIZER)
def venue_code(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    token = sign(secret(), Screen(shift_id, viewer().id))
    drawn = code(absolute(request, f"/arrive/{token}"))
    screen = VenueScreen(managed, drawn, queries.count(managed), latest(shift_id))
    return page_or_fragment(
        "attendance/venue_code.html", "attendance/_venue_code.html", screen=screen
    )


@bp.get("/organize/shifts/<id:shift_id>/venue-code/poster", access=Access.ORGANIZER)
def venue_poster(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    token = sign(secret(), Sheet(shift_id))
    drawn = code(absolute(request, f"/arrive/paper/{token}"))
    return page("attendance/venue_poster.html", page=VenuePoster(managed, drawn))


def secret() -> str:
    """The site's own key."""
    return str(current_app.secret_key)

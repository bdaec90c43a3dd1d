"""The venue's codes as an organizer shows them: on a screen, and on a sheet to hang up."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from volboard.attendance import queries
from volboard.core.access import Access, viewer
from volboard.core.qr import absolute, code
from volboard.core.web import page, page_or_fragment
from volboard.venue.blueprint import bp
from volboard.venue.code_page import VenuePoster, VenueScreen
from volboard.venue.queries import latest
from volboard.venue.tokens import Screen, Sheet, sign


@bp.get("/organize/shifts/<id:shift_id>/venue-code", access=Access.ORGANIZER)
def venue_code(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    token = sign(secret(), Screen(shift_id, viewer().id))
    drawn = code(absolute(request, f"/arrive/{token}"))
    screen = VenueScreen(managed, drawn, queries.count(managed), latest(shift_id))
    return page_or_fragment("venue/venue_code.html", "venue/_venue_code.html", screen=screen)


@bp.get("/organize/shifts/<id:shift_id>/venue-code/poster", access=Access.ORGANIZER)
def venue_poster(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    token = sign(secret(), Sheet(shift_id))
    drawn = code(absolute(request, f"/arrive/paper/{token}"))
    return page("venue/venue_poster.html", page=VenuePoster(managed, drawn))


def secret() -> str:
    """The site's own key."""
    return str(current_app.secret_key)

"""Calendar files to add one event, or to subscribe to all."""

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from volboard.core.access import Access
from volboard.core.errors import NotFound
from volboard.core.qr import absolute
from volboard.festivals.queries import BY_KEY
from volboard.home.blueprint import bp
from volboard.home.calendars import Entry, calendar, entries
from volboard.home.rules import filters_from


@bp.get("/events/<id:event_id>.ics", access=Access.PUBLIC)
def send_event(event_id: int) -> ResponseReturnValue:
    """One announced event; a draft is not there, whoever asks."""
    found = entries(event_id)
    if not found:
        raise NotFound
    return _answer(found, f"event-{event_id}.ics")


@bp.get("/calendar.ics", access=Access.PUBLIC)
def send_calendar() -> ResponseReturnValue:
    """All events to come and of the last thirty days; `community` narrows them."""
    asked = filters_from(request.args, BY_KEY)
    return _answer(entries(community=asked.community), "calendar.ics")


def _answer(found: tuple[Entry, ...], name: str) -> Response:
    site = current_app.extensions["settings"].site_name
    response = Response(
        calendar(found, site, absolute(request, "")), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    return response

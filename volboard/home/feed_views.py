"""Subscribing to one's own places: the page with the address, and the file behind it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.limits import guesses
from volboard.core.qr import absolute
from volboard.core.web import go_to, page
from volboard.home.blueprint import bp
from volboard.home.own_calendar import calendar_of, own_calendar
from volboard.signups.feeds import feed_owner, feed_since, renew_feed, revoke_feed


@dataclass(frozen=True)
class FeedPage:
    """Whether the household has an address; the address itself right after it was made."""

    since: datetime | None
    url: str
    """Empty but on the answer that made it."""

    @property
    def webcal(self) -> str:
        """The address as a telephone's calendar takes it by itself."""
        return f"webcal://{self.url.partition('://')[2]}"


@bp.get("/me/calendar", access=Access.SIGNED_IN)
def show_feed() -> ResponseReturnValue:
    return _feed_page("")


@bp.post("/me/calendar", access=Access.SIGNED_IN)
def make_feed() -> ResponseReturnValue:
    """Make the address, or another one; it stands on this answer only."""
    secret = renew_feed(viewer().id)
    return _feed_page(absolute(request, f"/feed/{secret}.ics"))


@bp.post("/me/calendar/revoke", access=Access.SIGNED_IN)
def stop_feed() -> ResponseReturnValue:
    revoke_feed(viewer().id)
    flash(_("停用了，原来的链接打不开了。"), "done")
    return go_to("/me/calendar")


@bp.get("/feed/<secret>.ics", access=Access.PUBLIC)
@guesses
def send_feed(secret: str) -> ResponseReturnValue:
    """The household's places; whoever has the address sees them, so nothing on the way keeps it."""
    owner = feed_owner(secret)
    if owner is None:
        raise NotFound
    site = current_app.extensions["settings"].site_name
    sheet = calendar_of(own_calendar(owner), site, absolute(request, ""))
    response = Response(sheet, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="places.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _feed_page(url: str) -> ResponseReturnValue:
    return page("home/calendar.html", feed=FeedPage(feed_since(viewer().id), url))

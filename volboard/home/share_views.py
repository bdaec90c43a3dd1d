"""Handing an event on: words and a picture for the chat group, a poster for the door."""

from dataclasses import dataclass

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from volboard.core import formats, posters
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.marks import has_mark
from volboard.core.qr import absolute, code
from volboard.core.security import limiter
from volboard.core.web import page
from volboard.events import sharing as share
from volboard.events.queries import EventFact, event_for
from volboard.events.rules import EventState
from volboard.festivals.queries import lunar_text
from volboard.home import pictures
from volboard.home.blueprint import bp

A_DAY = 24 * 3600


@dataclass(frozen=True)
class ShareView:
    """What the pages for handing on show."""

    fact: EventFact
    url: str
    words: str
    code: Markup
    has_picture: bool

    @property
    def title(self) -> str:
        return share.title(self.fact)

    @property
    def poster(self) -> posters.Fit:
        return posters.fit(share.poster_words(self.fact))


@bp.get("/events/<id:event_id>/share", access=Access.PUBLIC)
def show_share(event_id: int) -> ResponseReturnValue:
    """Words to copy, a code to scan, a picture to press long."""
    return page("home/share.html", share=_view(_announced(event_id)))


@bp.get("/events/<id:event_id>/poster", access=Access.PUBLIC)
def show_poster(event_id: int) -> ResponseReturnValue:
    """One A4 sheet for the building's door."""
    return page("home/poster.html", share=_view(_announced(event_id)))


@bp.get("/events/<id:event_id>/share.png", access=Access.PUBLIC)
@limiter.limit("60/minute")
def send_picture(event_id: int) -> ResponseReturnValue:
    """The picture for chats; 404 where it cannot be drawn."""
    event = _announced(event_id)
    drawn = pictures.picture(picture_words(event, _url(event)))
    if drawn is None:
        raise NotFound
    response = Response(drawn, mimetype="image/png")
    response.cache_control.public = True
    response.cache_control.max_age = A_DAY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def picture_words(event: EventFact, url: str) -> dict[str, str]:
    """Every word of the picture; they reach the drawing as data."""
    day = formats.as_date(event.starts_at)
    return {
        "title": share.title(event),
        "month": _("%(month)s月", month=day.month),
        "day": str(day.day),
        "weekday": formats.weekday(day),
        "lunar": lunar_text(day),
        "community": event.community_name,
        "hours": formats.span(event.starts_at, event.ends_at),
        "place": event.place,
        "site": current_app.extensions["settings"].site_name,
        "call": _("长按识别，报上名字就行"),
        "mark": event.mark if has_mark(event.mark) else "",
        "code": str(code(url, border=0)),
    }


def _announced(event_id: int) -> EventFact:
    """The event if it has been announced; a draft is handed on by nobody."""
    event = event_for(event_id, viewer())
    if event.state == EventState.DRAFT:
        raise NotFound
    return event


def _url(event: EventFact) -> str:
    return absolute(request, f"/events/{event.id}")


def _view(event: EventFact) -> ShareView:
    url = _url(event)
    return ShareView(event, url, share.words(event, url), code(url), pictures.can_draw())

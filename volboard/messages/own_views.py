"""One's own messages."""

from datetime import datetime

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.messages.blueprint import bp
from volboard.messages.own_commands import mark_read
from volboard.messages.own_queries import my_messages
from volboard.messages.paging import page_number

LIST = "/me/messages"


@bp.get(LIST, access=Access.SIGNED_IN)
def show_my_messages() -> ResponseReturnValue:
    """Looking at it changes nothing: a phone may fetch a page ahead."""
    return page("messages/mine.html", mine=my_messages(viewer().id, page_number()))


@bp.post(LIST + "/read", access=Access.SIGNED_IN)
def mark_my_messages_read() -> ResponseReturnValue:
    until = _moment(request.form.get("until", ""))
    if until is not None:
        mark_read(viewer().id, until)
        flash(_("记下了，都看过了。"), "done")
    return go_to(LIST)


def _moment(typed: str) -> datetime | None:
    """The moment of the list whose button was pressed; none for anything else."""
    try:
        until = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return until if until.tzinfo else None

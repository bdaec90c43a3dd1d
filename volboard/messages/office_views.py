"""What was told and how it went, for those who answer for it."""

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.config import Settings
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page, safe_path
from volboard.messages import office_commands, office_wording
from volboard.messages.blueprint import bp
from volboard.messages.office_queries import STATES, told
from volboard.messages.paging import page_number

LIST = "/organize/messages"


@bp.get(LIST, access=Access.ORGANIZER)
def show_messages() -> ResponseReturnValue:
    state = request.args.get("state", "")
    found = told(viewer(), state if state in STATES else "", page_number())
    settings: Settings = current_app.extensions["settings"]
    return page("messages/messages.html", told=found, words=office_wording,
                has_way=bool(settings.smtp_url or settings.webhook_url))  # fmt: skip


@bp.post("/organize/deliveries/<id:delivery_id>/again", access=Access.ORGANIZER)
def send_again(delivery_id: int) -> ResponseReturnValue:
    office_commands.send_again(delivery_id, viewer())
    flash(_("马上再发一次。"), "done")
    return go_to(safe_path(request.referrer, LIST))


@bp.post("/organize/deliveries/<id:delivery_id>/delivered", access=Access.ORGANIZER)
def say_delivered(delivery_id: int) -> ResponseReturnValue:
    office_commands.say_delivered(delivery_id, viewer())
    flash(_("记下了：送到了。"), "done")
    return go_to(safe_path(request.referrer, LIST))

"""The list to telephone from."""

from dataclasses import dataclass

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page, page_or_fragment
from volboard.messages import office_commands, office_wording
from volboard.messages.blueprint import bp
from volboard.messages.call_queries import Call, call, calls
from volboard.messages.office_commands import CALLS

ONE = f"{CALLS}/<id:delivery_id>"


@dataclass(frozen=True)
class ShownCall:
    """A call whose number somebody has asked for."""

    call: Call
    number: str


@bp.get(CALLS, access=Access.ORGANIZER)
def show_calls() -> ResponseReturnValue:
    return page("messages/calls.html", calls=calls(viewer()), words=office_wording)


@bp.post(f"{ONE}/phone", access=Access.ORGANIZER)
def show_call(delivery_id: int) -> ResponseReturnValue:
    """Show a full number; who looked is written down."""
    one = call(delivery_id, viewer())
    shown = ShownCall(one, office_commands.show_phone(delivery_id, viewer()))
    return page_or_fragment("messages/phone.html", "messages/_phone.html", shown=shown,
                            words=office_wording)  # fmt: skip


@bp.post(f"{ONE}/called", access=Access.ORGANIZER)
def say_called(delivery_id: int) -> ResponseReturnValue:
    office_commands.say_called(delivery_id, viewer())
    flash(_("记下了：打过了。"), "done")
    return go_to(CALLS)


@bp.post(f"{ONE}/not-reached", access=Access.ORGANIZER)
def say_not_reached(delivery_id: int) -> ResponseReturnValue:
    office_commands.say_not_reached(delivery_id, viewer())
    flash(_("记下了：没打通。排到了最后，过一会儿再打。"), "info")
    return go_to(CALLS)

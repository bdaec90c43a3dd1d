"""The organizer's press that asks those who came last time."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from volboard.core.access import Access, GuardedBlueprint, viewer
from volboard.core.web import go_to
from volboard.events.inviting import told
from volboard.invitations import commands

bp = GuardedBlueprint("invitations", __name__)


@bp.post("/organize/events/<id:event_id>/invite", access=Access.ORGANIZER)
def invite(event_id: int) -> ResponseReturnValue:
    """Ask them; pressed again it asks nobody twice."""
    flash(told(commands.invite(event_id, viewer())), "done")
    return go_to(url_for("events.edit", event_id=event_id))

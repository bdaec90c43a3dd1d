"""The walk-in: somebody who did not sign up, in one step."""

from flask import request
from flask.typing import ResponseReturnValue

from volboard.accounts.errors import NotAName, NotAPhone
from volboard.attendance import commands, queries
from volboard.attendance.blueprint import bp
from volboard.attendance.forms import WalkInForm
from volboard.attendance.gate_page import Answer, device
from volboard.attendance.gate_views import show
from volboard.attendance.press_views import came, moved
from volboard.attendance.wording import refused
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound, Refusal
from volboard.signups.errors import Full, NeedsReason

AT_FIELD = {Full: "reason", NeedsReason: "reason", NotAPhone: "phone", NotAName: "name"}


@bp.post("/organize/shifts/<id:shift_id>/walk-in", access=Access.ORGANIZER)
def walk_in(shift_id: int) -> ResponseReturnValue:
    managed, form = queries.gate(shift_id, viewer()), WalkInForm()
    if not form.is_right():
        return show(Answer(managed, walk_in=form), 422)
    name, phone, reason = (form.text(field) for field in ("name", "phone", "reason"))
    try:
        done = commands.walk_in(shift_id, name, phone, reason, viewer(), device(request.user_agent))
    except NotFound:
        raise
    except Refusal as refusal:
        return again(form, shift_id, refusal)
    return moved(shift_id, done.volunteer_id, came(done))


def again(form: WalkInForm, shift_id: int, refusal: Refusal) -> ResponseReturnValue:
    """The form as it was typed, with the refusal at its field, or as one big line above it."""
    managed = queries.gate(shift_id, viewer())
    field = AT_FIELD.get(type(refusal))
    if field is None:
        return show(Answer(managed, walk_in=form, verdict=refused(refusal)), refusal.status)
    form.refuse(field, refusal)
    return show(Answer(managed, walk_in=form), 422)

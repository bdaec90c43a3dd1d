"""The walk-in: somebody who did not sign up, in one step; in two where the number is known and
somebody of its household is expected here."""

from flask import request
from flask.typing import ResponseReturnValue

from volboard.accounts.errors import NotAName, NotAPhone, OwnHousehold
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
from volboard.signups.households import expected_instead

AT_FIELD = {Full: "reason", NeedsReason: "reason", NotAPhone: "phone", NotAName: "name",
            OwnHousehold: "phone"}  # fmt: skip


@bp.post("/organize/shifts/<id:shift_id>/walk-in", access=Access.ORGANIZER)
def walk_in(shift_id: int) -> ResponseReturnValue:
    managed, form = queries.gate(shift_id, viewer()), WalkInForm()
    if not form.is_right():
        return show(Answer(managed, walk_in=form), 422)
    name, phone, reason = (form.text(field) for field in ("name", "phone", "reason"))
    if not form.text("other") and (family := expected_instead(shift_id, name, phone, viewer().id)):
        return show(Answer(managed, walk_in=form, instead=family), 409)
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

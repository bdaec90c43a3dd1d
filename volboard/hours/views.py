"""The correction of a line by an organizer; and all routes of this slice."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.hours import (
    commands,
    dispute_views,
    star_views,
    times_wording,
    unconfirmed_views,
)
from volboard.hours.blueprint import bp
from volboard.hours.correction_queries import Correctable, correctable
from volboard.hours.dispute_desk_queries import waiting_dispute
from volboard.hours.errors import NeedsAnother, NothingChanged, OutsideMakeUp, OutsideShift
from volboard.hours.forms import CorrectionForm

ROUTES = (dispute_views, star_views, unconfirmed_views)

__all__ = ["ROUTES", "bp"]


@bp.get("/organize/hours/<id:entry_id>/correct", access=Access.ORGANIZER)
def show_correction(entry_id: int) -> ResponseReturnValue:
    line = correctable(entry_id, viewer())
    return correction_page(line, CorrectionForm.of(line))


@bp.post("/organize/hours/<id:entry_id>/correct", access=Access.ORGANIZER)
def correct(entry_id: int) -> ResponseReturnValue:
    line, form = correctable(entry_id, viewer()), CorrectionForm()
    if not form.is_right():
        return correction_page(line, form, 422)
    came, left = form.times(line)
    try:
        commands.correct(entry_id, came, left, form.text("reason"), viewer())
    except (OutsideShift, OutsideMakeUp, NothingChanged, NeedsAnother) as refusal:
        form.form_errors.append(str(refusal))
        return correction_page(line, form, 422)
    flash(_("更正好了。原来那条留着，旁边写了冲正和原因。"), "done")
    waiting = waiting_dispute(entry_id)
    if waiting is not None:
        return go_to(f"/organize/disputes/{waiting}")
    return go_to(f"/organize/shifts/{line.shift_id}/gate")


def correction_page(line: Correctable, form: CorrectionForm, status: int = 200) -> Response:
    """The line as it stands, and the form beside it."""
    is_own = line.account_id == viewer().id
    return page("hours/correct.html", status, line=line, form=form, is_own=is_own,
                times=times_wording)  # fmt: skip

"""Excusing somebody who did not come."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.attendance.blueprint import bp
from volboard.attendance.errors import NotAbsent, OwnExcuse
from volboard.attendance.excuse_queries import Missed, missed_by
from volboard.attendance.excuses import excuse as excuse_absence
from volboard.attendance.forms import ExcuseForm
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page

ABSENCE = "/organize/absences/<id:attendance_id>/excuse"


@bp.get(ABSENCE, access=Access.ORGANIZER)
def show_excuse(attendance_id: int) -> ResponseReturnValue:
    missed = missed_by(attendance_id, viewer())
    return excuse_page(missed, ExcuseForm.blank(words=missed.excuse))


@bp.post(ABSENCE, access=Access.ORGANIZER)
def excuse(attendance_id: int) -> ResponseReturnValue:
    missed, form = missed_by(attendance_id, viewer()), ExcuseForm()
    if not form.is_right():
        return excuse_page(missed, form, 422)
    try:
        excuse_absence(attendance_id, form.text("words"), viewer())
    except (NotAbsent, OwnExcuse) as refusal:
        form.form_errors.append(str(refusal))
        return excuse_page(missed, form, 422)
    flash(_("准了假。这一次不算没来，本人看得到这句话。"), "done")
    return go_to(f"/organize/shifts/{missed.shift_id}/gate")


def excuse_page(missed: Missed, form: ExcuseForm, status: int = 200) -> Response:
    """Who did not come, what they say, and the form."""
    is_own = missed.account_id == viewer().id
    return page("attendance/excuse.html", status, missed=missed, form=form, is_own=is_own)

"""One's own word on an absence."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.attendance.absence_forms import AnswerForm
from volboard.attendance.absences import Absence, stayed_away
from volboard.attendance.blueprint import bp
from volboard.attendance.excuses import answer
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page

ABSENCE = "/me/absences/<id:attendance_id>"


@bp.get(ABSENCE, access=Access.SIGNED_IN)
def show_absence(attendance_id: int) -> ResponseReturnValue:
    absence = own(attendance_id)
    return absence_page(absence, AnswerForm.blank(words=absence.answer))


@bp.post(ABSENCE, access=Access.SIGNED_IN)
def answer_absence(attendance_id: int) -> ResponseReturnValue:
    absence, form = own(attendance_id), AnswerForm()
    if not form.is_right():
        return absence_page(absence, form, 422)
    answer(attendance_id, form.text("words"), viewer().id)
    flash(_("写上了，组织者会看到。准了假，这一次就不算。"), "done")
    return go_to("/me")


def own(attendance_id: int) -> Absence:
    """The absence, if it is of one's household and counts still; raises NotFound."""
    for absence in stayed_away(viewer().id).absences:
        if absence.attendance_id == attendance_id:
            return absence
    raise NotFound


def absence_page(absence: Absence, form: AnswerForm, status: int = 200) -> Response:
    """The absence, and the form beside it."""
    return page("attendance/absence.html", status, absence=absence, form=form)

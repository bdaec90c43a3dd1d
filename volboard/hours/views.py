"""One's own hours, and the correction of a line by an organizer."""

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.queries import Person, household
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page
from volboard.hours import commands, dispute_views, star_views, wording
from volboard.hours.blueprint import bp
from volboard.hours.correction_queries import Correctable, correctable
from volboard.hours.errors import NeedsAnother, NothingChanged, OutsideShift
from volboard.hours.forms import CorrectionForm
from volboard.hours.queries import ledger

LAST_PAGE = 10_000

ROUTES = (dispute_views, star_views)

__all__ = ["ROUTES", "bp"]


@bp.get("/me/hours", access=Access.SIGNED_IN)
def my_hours() -> ResponseReturnValue:
    family = household(viewer().id)
    person = chosen(family, request.args.get("person"))
    number = request.args.get("page", 1, type=int)
    found = ledger(person.volunteer_id, min(max(number, 1), LAST_PAGE))
    return page("hours/mine.html", ledger=found, person=person, family=family, words=wording)


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
    except (OutsideShift, NothingChanged, NeedsAnother) as refusal:
        form.form_errors.append(str(refusal))
        return correction_page(line, form, 422)
    flash(_("更正好了。原来那条留着，旁边写了冲正和原因。"), "done")
    return go_to(f"/organize/shifts/{line.shift_id}/gate")


def chosen(family: tuple[Person, ...], asked: str | None) -> Person:
    """The one of the household who was asked for, itself by default; raises NotFound."""
    for person in family:
        if asked in (None, str(person.volunteer_id)):
            return person
    raise NotFound


def correction_page(line: Correctable, form: CorrectionForm, status: int = 200) -> Response:
    """The line as it stands, and the form beside it."""
    is_own = line.account_id == viewer().id
    return page("hours/correct.html", status, line=line, form=form, is_own=is_own)

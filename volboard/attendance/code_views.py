"""A person's own code, as an organizer's camera opens it."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from volboard.accounts.queries import Person, person_by_code
from volboard.attendance.blueprint import bp
from volboard.attendance.code_commands import walk_in_by_code
from volboard.attendance.code_forms import WalkInByCodeForm
from volboard.attendance.code_page import Attempt
from volboard.attendance.code_queries import by_code
from volboard.attendance.code_wording import headline, note
from volboard.attendance.errors import NobodyByCode
from volboard.attendance.press_views import came
from volboard.attendance.shown_codes import is_shown
from volboard.core.access import Access, viewer
from volboard.core.devices import phone_name
from volboard.core.errors import NotFound, Refusal
from volboard.core.limits import guesses
from volboard.core.web import go_to, page
from volboard.signups.errors import Full, NeedsReason

AT_REASON = (Full, NeedsReason)
LONGEST_TOKEN = 100


@bp.get("/codes/<code>", access=Access.ORGANIZER)
@guesses
def code(code: str) -> ResponseReturnValue:
    return show(whose(code))


@bp.post("/codes/<code>/shifts/<id:shift_id>/walk-in", access=Access.ORGANIZER)
@guesses
def walk_in_with_code(code: str, shift_id: int) -> ResponseReturnValue:
    person, form, phone = whose(code), WalkInByCodeForm(), phone_name()
    if not form.is_right():
        return show(person, Attempt(shift_id, form), 422)
    by_code(person, viewer())
    try:
        shown = is_shown(request.form.get("shown", ""), person.account_id)
        done = walk_in_by_code(shift_id, person, form.text("reason"), viewer(), phone, shown)
    except NotFound:
        raise
    except Refusal as refusal:
        return refused(person, Attempt(shift_id, form), refusal)
    did = came(done)
    return go_to(f"/organize/shifts/{shift_id}/gate?done={person.volunteer_id}&did={did}")


def refused(person: Person, attempt: Attempt, refusal: Refusal) -> Response:
    """The page again: a wanting reason at its field, everything else as one big line."""
    if isinstance(refusal, AT_REASON):
        attempt.form.refuse("reason", refusal)
        return show(person, attempt, 422)
    return show(person, Attempt(attempt.shift_id, attempt.form, str(refusal)), refusal.status)


def whose(code: str) -> Person:
    """The person of a code; raises NobodyByCode."""
    person = person_by_code(code)
    if person is None:
        raise NobodyByCode
    return person


def show(person: Person, attempt: Attempt | None = None, status: int = 200) -> Response:
    """The page of a code, with a walk-in that did not go through."""
    found = by_code(person, viewer())
    notes = {due.shift_id: note(due) for due in found.today}
    return page("attendance/code.html", status, found=found, headline=headline(found),
                notes=notes, attempt=attempt, blank=WalkInByCodeForm.blank(),
                shown=request.values.get("shown", "")[:LONGEST_TOKEN])  # fmt: skip

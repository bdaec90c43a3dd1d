"""A person's own code, as an organizer's camera opens it."""

from flask.typing import ResponseReturnValue

from volboard.accounts.queries import person_by_code
from volboard.attendance.blueprint import bp
from volboard.attendance.code_queries import shifts_today
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import page


@bp.get("/codes/<code>", access=Access.ORGANIZER)
def code(code: str) -> ResponseReturnValue:
    person = person_by_code(code)
    if person is None:
        raise NotFound
    shifts = shifts_today(person.volunteer_id, viewer())
    return page("attendance/code.html", person=person, shifts=shifts)

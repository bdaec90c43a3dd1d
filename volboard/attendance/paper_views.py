"""The printed list, typed in on one page."""

from dataclasses import dataclass

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.attendance import queries
from volboard.attendance.blueprint import bp
from volboard.attendance.errors import PaperIncomplete
from volboard.attendance.gate_views import gate_url
from volboard.attendance.paper import take_paper, whether_typed
from volboard.attendance.paper_forms import (
    PaperRow,
    blank_rows,
    lines_of,
    typed_rows,
    with_problems,
)
from volboard.attendance.paper_queries import listed
from volboard.core.access import Access, viewer
from volboard.core.devices import phone_name
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import go_to, page
from volboard.events.queries import ManagedShift

PAPER = "/organize/shifts/<id:shift_id>/paper"


@dataclass(frozen=True)
class PaperPage:
    """The list of a shift; `refusal` where it cannot be typed in now."""

    managed: ManagedShift
    rows: tuple[PaperRow, ...]
    refusal: str = ""

    @property
    def wrong(self) -> tuple[PaperRow, ...]:
        return tuple(row for row in self.rows if row.error)


@bp.get(PAPER, access=Access.ORGANIZER)
def show_paper(shift_id: int) -> ResponseReturnValue:
    return paper_page(blank_paper(shift_id))


@bp.post(PAPER, access=Access.ORGANIZER)
def save_paper(shift_id: int) -> ResponseReturnValue:
    paper = blank_paper(shift_id)
    rows = typed_rows(paper.rows, request.form)
    typed = PaperPage(paper.managed, rows, paper.refusal)
    if typed.wrong:
        return paper_page(typed, 422)
    try:
        done = take_paper(shift_id, lines_of(rows, paper.managed.shift), viewer(), phone_name())
    except PaperIncomplete as refusal:
        rows = with_problems(rows, refusal.problems)
        return paper_page(PaperPage(paper.managed, rows), refusal.status)
    except NotFound:
        raise
    except Refusal as refusal:
        return paper_page(PaperPage(paper.managed, rows, str(refusal)), refusal.status)
    flash(ngettext("%(num)s 人录好了。", "%(num)s 人录好了。", done) if done
          else _("没有勾选任何人，什么都没有存。"), "done" if done else "warn")  # fmt: skip
    return go_to(gate_url(shift_id))


def blank_paper(shift_id: int) -> PaperPage:
    """The list as it stands; raises NotFound."""
    managed = queries.gate(shift_id, viewer())
    rows = blank_rows(listed(shift_id), managed.shift, viewer().id)
    return PaperPage(managed, rows, whether_typed(managed))


def paper_page(paper: PaperPage, status: int = 200) -> Response:
    """The page, with the sentence at each wrong line."""
    return page("attendance/paper.html", status, paper=paper)

"""The gate's log: who pressed what, when, and on which phone."""

from flask import request
from flask.typing import ResponseReturnValue

from volboard.attendance import log_wording, queries
from volboard.attendance.blueprint import bp
from volboard.attendance.log_queries import gate_log
from volboard.core.access import Access, viewer
from volboard.core.web import number_in, page

LAST_PAGE = 10_000


@bp.get("/organize/shifts/<id:shift_id>/log", access=Access.ORGANIZER)
def show_log(shift_id: int) -> ResponseReturnValue:
    asked = number_in(request.args.get("page"), LAST_PAGE) or 1
    log = gate_log(queries.gate(shift_id, viewer()), asked)
    return page("attendance/log.html", log=log, say=log_wording)

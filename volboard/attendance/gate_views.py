"""The gate: looking somebody up, the live count, closing, and the list afterwards."""

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from volboard.attendance import queries, wording
from volboard.attendance.arrival_queries import arrivals
from volboard.attendance.blueprint import bp
from volboard.attendance.closing import close_shift
from volboard.attendance.facts import Found
from volboard.attendance.gate_page import Answer, just, opens_at, whole, with_families
from volboard.attendance.result_queries import result
from volboard.attendance.rules import Gate
from volboard.attendance.wall_queries import posts
from volboard.attendance.wording import SAYS, Verdict
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, number_in, page, wants_fragment
from volboard.events.queries import ManagedShift


@bp.get("/organize/shifts/<id:shift_id>/gate", access=Access.ORGANIZER)
def gate(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    if managed.shift.closed_at is not None and not wants_fragment():
        return result_page(managed)
    return show(asked(managed))


@bp.get("/organize/shifts/<id:shift_id>/gate/count", access=Access.ORGANIZER)
def count(shift_id: int) -> ResponseReturnValue:
    managed = queries.gate(shift_id, viewer())
    if not wants_fragment():
        return go_to(gate_url(shift_id))
    return page("attendance/_count.html", count=queries.count(managed), posts=posts(managed),
                arrivals=arrivals(managed, viewer().id), state=queries.gate_of(managed),
                opens_at=opens_at(managed.shift))  # fmt: skip


@bp.get("/organize/shifts/<id:shift_id>/missing", access=Access.ORGANIZER)
def missing(shift_id: int) -> ResponseReturnValue:
    """Who has a seat and has not come, each with the number behind a logged button."""
    managed = queries.gate(shift_id, viewer())
    return page("attendance/missing.html", managed=managed, missing=queries.missing(shift_id),
                count=queries.count(managed).missing,
                takes_in=queries.gate_of(managed) is Gate.OPEN)  # fmt: skip


@bp.post("/organize/shifts/<id:shift_id>/close", access=Access.ORGANIZER)
def close(shift_id: int) -> ResponseReturnValue:
    done = close_shift(shift_id, viewer())
    came = queries.count(queries.gate(shift_id, viewer())).came
    flash(wording.closed(done, came), "warn" if done.left_for_another else "done")
    return go_to(gate_url(shift_id))


def asked(managed: ManagedShift) -> Answer:
    """What the address asks for: somebody by a search, or the one who was just pressed."""
    typed, done = request.args.get("q", ""), number_in(request.args.get("done"))
    if done:
        found = just(managed.shift.id, done)
        return Answer(
            managed, found=found, verdict=said(managed, found, request.args.get("did", ""))
        )
    return Answer(managed, typed, queries.find(managed.shift.id, typed))


def said(managed: ManagedShift, found: Found, did: str) -> Verdict | None:
    """The verdict on the one person found, if the press is one that we know.

    Whoever leaves a post behind on which nobody stands is told so.
    """
    if did not in SAYS or len(found.rows) != 1:
        return None
    verdict = wording.verdict(did, found.rows[0])
    if verdict is not None and did == "out" and stands_empty(managed):
        return wording.left_empty(verdict)
    return verdict


def stands_empty(managed: ManagedShift) -> bool:
    """Whether somebody should stand at this post now and nobody does; one statement."""
    found = posts(managed)
    return found.this.title in {post.title for post in found.uncovered}


def show(answer: Answer, status: int = 200) -> Response:
    """The gate with this answer in its middle; for a search as one types, only the answer."""
    answer = with_families(answer, viewer().id)
    if wants_fragment():
        response = page("attendance/_found.html", status, answer=answer)
    elif answer.managed.shift.closed_at is not None:
        response = result_page(answer.managed, answer.verdict, status)
    else:
        gate = whole(answer, viewer().id)
        response = page("attendance/gate.html", status, gate=gate, posts=posts(answer.managed))
    response.vary.add("HX-Request")
    return response


def result_page(
    managed: ManagedShift, verdict: Verdict | None = None, status: int = 200
) -> Response:
    """The list of a closed shift."""
    return page("attendance/result.html", status, result=result(managed), verdict=verdict)


def gate_url(shift_id: int) -> str:
    """The address of the gate."""
    return f"/organize/shifts/{shift_id}/gate"

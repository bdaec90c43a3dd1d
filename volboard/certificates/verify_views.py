"""Anybody checks a proof, by its code or by what is printed on it."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from volboard.certificates.blueprint import bp
from volboard.certificates.forms import CheckForm, mismatch
from volboard.certificates.queries import check, code_of
from volboard.certificates.rules import read_number
from volboard.certificates.service_queries import latest_heads
from volboard.certificates.verdicts import Verdict
from volboard.core import limits
from volboard.core.access import Access
from volboard.core.web import go_to, page

HEADS = 7


def the_number() -> str:
    """The proof whose total is tried, from wherever."""
    return read_number(request.form.get("number", "")) or limits.network()


here = limits.failures("12/minute; 120/hour", "totals here", limits.whoever)
of_a_number = limits.failures("60/hour", "totals of a number", the_number)


@bp.get("/verify", access=Access.PUBLIC)
def show_verify() -> ResponseReturnValue:
    """How to check a proof, and the heads of the ledger of the last days."""
    return _form(CheckForm.blank())


@bp.post("/verify", access=Access.PUBLIC)
@here
@of_a_number
def verify() -> ResponseReturnValue:
    """On to the proof with this number, if its total is right; else one sentence for all."""
    form = CheckForm()
    if not form.is_right():
        return _form(form, 422)
    code = code_of(read_number(form.text("number")), form.total)
    if not code:
        limits.note(limits.FAILED)
        form.refuse("number", mismatch())
        return _form(form, 422)
    return go_to(f"/verify/{code}")


@bp.get("/verify/<code>", access=Access.PUBLIC)
@limits.guesses
def show_verdict(code: str) -> ResponseReturnValue:
    """What a stranger learns; the same status for every answer."""
    told = check(code)
    if told.verdict == Verdict.UNKNOWN:
        limits.note(limits.FAILED)
    return _private(page("certificates/verdict.html", told=told, verdicts=Verdict))


def _form(form: CheckForm, status: int = 200) -> Response:
    return _private(page("certificates/verify.html", status, form=form, heads=latest_heads(HEADS)))


def _private(response: Response) -> Response:
    """Kept by nobody and found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

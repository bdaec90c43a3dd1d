"""One's own proofs: what there is, and a new one for oneself or the family."""

from flask.typing import ResponseReturnValue

from volboard.certificates.blueprint import bp
from volboard.certificates.commands import issue
from volboard.certificates.errors import BadPeriod, NothingServed, NotSeen
from volboard.certificates.forms import ProofForm, whole_time
from volboard.certificates.queries import of_household
from volboard.certificates.service_queries import Served, served
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import go_to, page

per_account = limiter.limit("30/hour", key_func=lambda: f"account {viewer().id}")


@bp.get("/me/certificates", access=Access.SIGNED_IN)
def show_mine() -> ResponseReturnValue:
    """The household's proofs, and the form for a new one."""
    found = served(viewer().id)
    form = ProofForm.blank(**whole_time(found)) if found else ProofForm.blank()
    return _answer(found, form)


@bp.post("/me/certificates", access=Access.SIGNED_IN)
@per_account
def issue_mine() -> ResponseReturnValue:
    found, form = served(viewer().id), ProofForm()
    form.offer(found)
    if not form.is_right():
        return _answer(found, form, 422)
    try:
        number = issue(*form.asked, *form.days, bool(form.shows_name.data), viewer())
    except (BadPeriod, NothingServed) as refusal:
        form.refuse("last_day", refusal)
        return _answer(found, form, 422)
    except NotSeen as refusal:
        form.refuse("who", refusal)
        return _answer(found, form, 422)
    return go_to(f"/certificates/{number}")


def _answer(found: tuple[Served, ...], form: ProofForm, status: int = 200) -> ResponseReturnValue:
    form.offer(found)
    rows = of_household(viewer().id)
    return page("certificates/mine.html", status, rows=rows, form=form, has_hours=bool(found))

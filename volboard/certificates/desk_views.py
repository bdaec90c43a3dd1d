"""The desk: what the community issued, a proof for a resident, and taking one back."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.queries import account_by_phone, person_named
from volboard.certificates import commands
from volboard.certificates.blueprint import bp
from volboard.certificates.errors import BadPeriod, NobodyHere, NothingServed, Revoked
from volboard.certificates.forms import DeskProofForm, RevokeForm, this_year
from volboard.certificates.queries import ROWS_A_PAGE, Proof, find, of_communities
from volboard.communities.queries import CommunityFact, communities
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.security import limiter
from volboard.core.web import go_to, number_in, page

LAST_PAGE = 10_000
per_organizer = limiter.limit("20/minute; 120/hour", key_func=lambda: f"account {viewer().id}")


@bp.get("/organize/certificates", access=Access.ORGANIZER)
def show_issued() -> ResponseReturnValue:
    """What the organizer's communities issued, the newest first."""
    number = number_in(request.args.get("page"), LAST_PAGE) or 1
    rows = of_communities(viewer(), number)
    return page("certificates/issued.html", rows=rows[:ROWS_A_PAGE], number=number,
                has_older=len(rows) > ROWS_A_PAGE)  # fmt: skip


@bp.get("/organize/certificates/new", access=Access.ORGANIZER)
def show_new() -> ResponseReturnValue:
    form = DeskProofForm.blank(**this_year())
    form.offer(_own_communities())
    return page("certificates/new.html", form=form)


@bp.post("/organize/certificates/new", access=Access.ORGANIZER)
@per_organizer
def issue_at_the_desk() -> ResponseReturnValue:
    form = DeskProofForm()
    form.offer(_own_communities())
    if not form.is_right():
        return page("certificates/new.html", 422, form=form)
    try:
        number = _issued(form)
    except NobodyHere as refusal:
        form.refuse("name", refusal)
    except (BadPeriod, NothingServed) as refusal:
        form.refuse("last_day", refusal)
    else:
        return go_to(f"/certificates/{number}")
    return page("certificates/new.html", 422, form=form)


@bp.get("/organize/certificates/<number>/revoke", access=Access.ORGANIZER)
def show_revoke(number: str) -> ResponseReturnValue:
    return page("certificates/revoke.html", proof=_own(number), form=RevokeForm.blank())


@bp.post("/organize/certificates/<number>/revoke", access=Access.ORGANIZER)
def revoke(number: str) -> ResponseReturnValue:
    proof, form = _own(number), RevokeForm()
    if not form.is_right():
        return page("certificates/revoke.html", 422, proof=proof, form=form)
    commands.revoke(number, form.text("reason"), viewer())
    flash(_("作废了。扫码的人会看到，本人也会看到原因。"), "done")
    return go_to(f"/certificates/{number}")


def _own(number: str) -> Proof:
    """The proof, for an organizer of its community; raises NotFound, Revoked."""
    proof = find(number, viewer())
    if not viewer().manages(proof.facts.community_id):
        raise NotFound
    if proof.revoked_at is not None:
        raise Revoked
    return proof


def _own_communities() -> tuple[CommunityFact, ...]:
    return tuple(one for one in communities() if viewer().manages(one.id))


def _issued(form: DeskProofForm) -> str:
    """The number of the proof for whom the form names; raises NobodyHere for everybody else."""
    known = account_by_phone(form.text("phone"))
    holder = person_named(known.id, form.text("name")) if known else None
    if holder is None:
        raise NobodyHere
    days, shows_name = form.days, bool(form.shows_name.data)
    try:
        return commands.issue(holder.volunteer_id, form.community.data, *days, shows_name, viewer())
    except NotFound:
        raise NobodyHere from None

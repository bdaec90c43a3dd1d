"""Deleting the account or one of the family: a page that says what goes, and a button."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.queries import AccountFact, Person, account, authenticate, household
from volboard.accounts.session import sign_out
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound, Refusal
from volboard.core.security import limiter
from volboard.core.web import go_to, page
from volboard.rights import commands, rules
from volboard.rights.blueprint import bp
from volboard.rights.forms import DeleteForm

tries = limiter.limit("5/minute; 30/hour", key_func=lambda: f"delete {viewer().id}")


@bp.get("/me/data/delete", access=Access.SIGNED_IN)
def show_delete() -> ResponseReturnValue:
    me = mine()
    return _page(me, DeleteForm.of(me, formdata=None))


@bp.post("/me/data/delete", access=Access.SIGNED_IN)
@tries
def delete() -> ResponseReturnValue:
    me = mine()
    form = DeleteForm.of(me)
    if not _is_sure(form, me):
        return _page(me, form, 422)
    try:
        commands.erase_account(me.id)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return _page(me, form, 422)
    sign_out()
    flash(_("删好了。谢谢您来过。"), "done")
    return go_to("/")


@bp.get("/me/data/<id:volunteer_id>/delete", access=Access.SIGNED_IN)
def show_delete_member(volunteer_id: int) -> ResponseReturnValue:
    me, member = mine(), _member(volunteer_id)
    return _page(me, DeleteForm.of(me, formdata=None), member=member)


@bp.post("/me/data/<id:volunteer_id>/delete", access=Access.SIGNED_IN)
@tries
def delete_member(volunteer_id: int) -> ResponseReturnValue:
    me, member = mine(), _member(volunteer_id)
    form = DeleteForm.of(me)
    if not _is_sure(form, me):
        return _page(me, form, 422, member)
    try:
        commands.erase_member(me.id, volunteer_id)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return _page(me, form, 422, member)
    flash(_("这位家人的信息删好了。"), "done")
    return go_to("/me/data")


def mine() -> AccountFact:
    """The account of the person behind the request."""
    me = account(viewer().id)
    if me is None:
        raise NotFound
    return me


def _is_sure(form: DeleteForm, me: AccountFact) -> bool:
    """Whether the word is right, and the password where there is one."""
    if not form.is_right():
        return False
    if me.has_password and authenticate(me.phone, form.text("password")) != me.id:
        form.refuse("password", _("密码不对。忘记了的话，请到服务台请工作人员帮忙。"))
        return False
    return True


def _member(volunteer_id: int) -> Person:
    for person in household(viewer().id):
        if person.volunteer_id == volunteer_id and not person.is_self:
            return person
    raise NotFound


def _page(
    me: AccountFact, form: DeleteForm, status: int = 200, member: Person | None = None
) -> Response:
    url = f"/me/data/{member.volunteer_id}/delete" if member else "/me/data/delete"
    return page("rights/delete.html", status, me=me, form=form, member=member, url=url,
                family=household(me.id)[1:], keeps=rules)  # fmt: skip

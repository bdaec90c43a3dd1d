"""Joining: a name, a number, a password, and where one lives."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.blueprint import HOME
from volboard.accounts.errors import PhoneTaken
from volboard.accounts.session import sign_in
from volboard.accounts.typed import typed
from volboard.communities import commands
from volboard.communities.blueprint import bp
from volboard.communities.forms import JoinForm
from volboard.communities.queries import communities
from volboard.core import limits
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page, safe_path


@bp.get("/join", access=Access.PUBLIC)
def show_join() -> ResponseReturnValue:
    back = safe_path(request.args.get("next"), HOME)
    if viewer().is_signed_in:
        return go_to(back)
    form = JoinForm.blank(next=back, **vars(typed()))
    form.offer(communities())
    return page("communities/join.html", form=form)


@bp.post("/join", access=Access.PUBLIC)
@limits.forms
@limits.new_accounts
@limits.known_numbers
def join() -> ResponseReturnValue:
    form = JoinForm()
    form.offer(communities())
    if not form.is_right():
        return page("communities/join.html", 422, form=form)
    name, phone, password = form.text("name"), form.text("phone"), form.text("password")
    try:
        account_id = commands.join(name, phone, password, form["community"].data)
    except PhoneTaken as refusal:
        limits.note(limits.FAILED)
        form.refuse("phone", refusal)
        return page("communities/join.html", 422, form=form)
    limits.note(limits.NEW_ACCOUNT)
    sign_in(account_id)
    flash(_("注册好了，已经登录。"), "done")
    return go_to(safe_path(form.text("next"), HOME))

"""Signing in with a password or with the desk's code, and signing out."""

import re

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts import commands
from volboard.accounts.blueprint import HOME, bp
from volboard.accounts.errors import WrongCode
from volboard.accounts.forms import CodeForm, SignInForm
from volboard.accounts.queries import authenticate
from volboard.accounts.session import sign_in, sign_out
from volboard.accounts.tries import limited
from volboard.accounts.typed import keep_typed, typed
from volboard.accounts.wording import what_ended
from volboard.core import limits
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page, safe_path

DESKS = "the desks of all communities"
"""Where the app keeps how to ask for them (`app.extensions`): they stand above this floor, as the
gate does above signups (docs/adr/0015)."""
SIGN_UP = re.compile(r"/shifts/[1-9][0-9]*/sign-up")


@bp.get("/sign-in", access=Access.PUBLIC)
def show_sign_in() -> ResponseReturnValue:
    back = safe_path(request.args.get("next"), HOME)
    if viewer().is_signed_in:
        return go_to(back)
    return _door(SignInForm.blank(next=back, phone=typed().phone))


@bp.post("/sign-in", access=Access.PUBLIC)
@limited("password")
def try_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.is_right():
        return _door(form, 422)
    account_id = authenticate(form.text("phone"), form.text("password"))
    if account_id is None:
        limits.note(limits.FAILED)
        form.form_errors.append(_("手机号和密码对不上。请再试一次，或到服务台请工作人员帮忙。"))
        keep_typed(form)
        return _door(form, 422)
    sign_in(account_id)
    return go_to(safe_path(form.text("next"), HOME))


def _door(form: SignInForm, status: int = 200) -> Response:
    """The page to sign in on, with whom to ask who does not get in."""
    desks = [desk for desk in current_app.extensions[DESKS]() if desk.phone]
    back = form.text("next") if SIGN_UP.fullmatch(form.text("next")) else ""
    return page("accounts/sign_in.html", status, form=form, desks=desks, sign_up_url=back)


@bp.post("/sign-out", access=Access.PUBLIC)
def leave() -> ResponseReturnValue:
    sign_out()
    flash(_("已经退出登录。"), "done")
    return go_to("/")


@bp.get("/sign-in/code", access=Access.PUBLIC)
def show_code() -> ResponseReturnValue:
    return page("accounts/code.html", form=CodeForm.blank())


@bp.post("/sign-in/code", access=Access.PUBLIC)
@limited("code")
def try_code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.is_right():
        return page("accounts/code.html", 422, form=form)
    try:
        entry = commands.use_desk_code(form.text("phone"), form.text("code"), form.text("password"))
    except WrongCode as refusal:
        limits.note(limits.FAILED)
        form.refuse("code", refusal)
        return page("accounts/code.html", 422, form=form)
    sign_in(entry.account_id)
    flash(_("新密码设好了，已经登录。"), "done")
    flash(what_ended(entry.ended), "info")
    return go_to(HOME)

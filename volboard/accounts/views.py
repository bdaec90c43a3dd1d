"""Signing in and out, the account page, the text size and the language."""

from flask import Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as WerkzeugResponse

from volboard.accounts import commands
from volboard.accounts.errors import WrongCode, WrongPassword
from volboard.accounts.forms import CodeForm, NameForm, PasswordForm, SignInForm
from volboard.accounts.phones import normalised
from volboard.accounts.queries import AccountFact, account, authenticate
from volboard.accounts.session import sign_in, sign_out
from volboard.core.access import Access, GuardedBlueprint, viewer
from volboard.core.errors import NotFound
from volboard.core.i18n import LANGUAGES, SIZES, YEAR
from volboard.core.security import csrf, limiter
from volboard.core.web import go_to, page, safe_path

bp = GuardedBlueprint("accounts", __name__)
HOME = "/me"


def typed_number() -> str:
    """The number that a form tries, for counting tries; the address where it is no number."""
    return normalised(request.form.get("phone", "")) or get_remote_address()


per_address = limiter.limit("20/minute")
per_number = limiter.limit("5/minute; 30/hour", key_func=typed_number)


@bp.get("/sign-in", access=Access.PUBLIC)
def show_sign_in() -> ResponseReturnValue:
    back = safe_path(request.args.get("next"), HOME)
    if viewer().is_signed_in:
        return go_to(back)
    return page("accounts/sign_in.html", form=SignInForm.blank(next=back))


@bp.post("/sign-in", access=Access.PUBLIC)
@per_address
@per_number
def try_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.is_right():
        return page("accounts/sign_in.html", 422, form=form)
    account_id = authenticate(form.text("phone"), form.text("password"))
    if account_id is None:
        form.form_errors.append(_("手机号和密码对不上。请再试一次，或到服务台请工作人员帮忙。"))
        return page("accounts/sign_in.html", 422, form=form)
    sign_in(account_id)
    return go_to(safe_path(form.text("next"), HOME))


@bp.post("/sign-out", access=Access.PUBLIC)
def leave() -> ResponseReturnValue:
    sign_out()
    flash(_("已经退出登录。"), "done")
    return go_to("/")


@bp.get("/sign-in/code", access=Access.PUBLIC)
def show_code() -> ResponseReturnValue:
    return page("accounts/code.html", form=CodeForm.blank())


@bp.post("/sign-in/code", access=Access.PUBLIC)
@per_address
@per_number
def try_code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.is_right():
        return page("accounts/code.html", 422, form=form)
    try:
        account_id = commands.use_desk_code(
            form.text("phone"), form.text("code"), form.text("password")
        )
    except WrongCode as refusal:
        form.refuse("code", refusal)
        return page("accounts/code.html", 422, form=form)
    sign_in(account_id)
    flash(_("新密码设好了，已经登录。"), "done")
    return go_to(HOME)


@bp.get("/me/account", access=Access.SIGNED_IN)
def show_account() -> ResponseReturnValue:
    return account_page(mine())


@bp.post("/me/account", access=Access.SIGNED_IN)
def rename() -> ResponseReturnValue:
    me, form = mine(), NameForm()
    if not form.is_right():
        return account_page(me, 422, name_form=form)
    commands.change_own_name(me.id, form.text("name"))
    flash(_("名字改好了。"), "done")
    return go_to("/me/account")


@bp.post("/me/account/password", access=Access.SIGNED_IN)
@limiter.limit("5/minute; 30/hour", key_func=lambda: f"account {viewer().id}")
def change_password() -> ResponseReturnValue:
    me = mine()
    form = PasswordForm.of(me)
    if not form.is_right():
        return account_page(me, 422, password_form=form)
    try:
        commands.change_password(me.id, request.form.get("current", ""), form.text("password"))
    except WrongPassword as refusal:
        form.refuse("current", refusal)
        return account_page(me, 422, password_form=form)
    sign_in(me.id)
    flash(_("密码改好了。您在别的手机和电脑上要重新登录。"), "done")
    return go_to("/me/account")


@bp.post("/display", access=Access.PUBLIC)
def change_display() -> ResponseReturnValue:
    """Remember text size and language. No token, so that cached pages may carry the form."""
    language, size = request.form.get("language"), request.form.get("size")
    answer = redirect(safe_path(request.form.get("next")), 303)
    if language in LANGUAGES:
        remember(answer, "language", language)
        commands.remember_display(viewer().id, language, None)
    if size in SIZES:
        remember(answer, "size", size)
        commands.remember_display(viewer().id, None, size == "large")
    return answer


def remember(answer: WerkzeugResponse, name: str, value: str) -> None:
    """Keep a choice on this phone for a year."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(name, value, YEAR, secure=secure, httponly=True, samesite="Lax")


csrf.exempt(change_display)


def mine() -> AccountFact:
    """The account of the person behind the request."""
    me = account(viewer().id)
    if me is None:
        raise NotFound
    return me


def account_page(
    me: AccountFact,
    status: int = 200,
    name_form: NameForm | None = None,
    password_form: PasswordForm | None = None,
) -> Response:
    """The account with its two forms, one of them perhaps as it came back."""
    return page(
        "accounts/account.html",
        status,
        me=me,
        name_form=name_form or NameForm.blank(name=me.name),
        password_form=password_form or PasswordForm.of(me, formdata=None),
    )

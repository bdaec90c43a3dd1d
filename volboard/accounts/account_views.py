"""The account page: name and password; and the text size and the language of every page."""

from flask import Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WerkzeugResponse

from volboard.accounts import commands
from volboard.accounts.blueprint import bp
from volboard.accounts.errors import NameNeedsTwo, NameTaken, WrongPassword
from volboard.accounts.forms import NameForm, PasswordForm
from volboard.accounts.name_queries import is_seen
from volboard.accounts.queries import AccountFact, account, household
from volboard.accounts.session import sign_in
from volboard.accounts.wording import what_ended
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.i18n import LANGUAGES, SIZES, YEAR
from volboard.core.security import csrf, limiter
from volboard.core.web import go_to, page, safe_path


@bp.get("/me/account", access=Access.SIGNED_IN)
def show_account() -> ResponseReturnValue:
    return account_page(mine())


@bp.post("/me/account", access=Access.SIGNED_IN)
def rename() -> ResponseReturnValue:
    me, form = mine(), NameForm()
    if not form.is_right():
        return account_page(me, 422, name_form=form)
    try:
        commands.change_own_name(me.id, form.text("name"), form.about)
    except (NameNeedsTwo, NameTaken) as refusal:
        form.refuse("name", refusal)
        return account_page(me, 422, name_form=form)
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
        current = request.form.get("current", "")
        ended = commands.change_password(me.id, current, form.text("password"))
    except WrongPassword as refusal:
        form.refuse("current", refusal)
        return account_page(me, 422, password_form=form)
    sign_in(me.id)
    flash(_("密码改好了。"), "done")
    flash(what_ended(ended), "info")
    return go_to("/me/account")


@bp.post("/display", access=Access.PUBLIC)
def change_display() -> ResponseReturnValue:
    """Remember text size and language. No token, so that cached pages may carry the form."""
    language, size = chosen("language", LANGUAGES), chosen("size", SIZES)
    answer = redirect(safe_path(request.form.get("next")), 303)
    if language:
        remember(answer, "language", language)
    if size:
        remember(answer, "size", size)
    if viewer().is_signed_in:
        commands.remember_display(viewer().id, language, size == "large" if size else None)
    return answer


def chosen(name: str, among: tuple[str, ...]) -> str | None:
    """What the form says; none where it is not one of these."""
    value = request.form.get(name)
    return value if value in among else None


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
        is_seen=is_seen(me.volunteer_id),
        name_form=name_form or NameForm.of(household(me.id)[0]),
        password_form=password_form or PasswordForm.of(me, formdata=None),
    )

"""Where messages go by e-mail, if somebody wants them there."""

from flask import Response, current_app, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.limits import guesses
from volboard.core.security import limiter
from volboard.core.web import go_to, page
from volboard.rights.blueprint import bp
from volboard.rights.delete_views import mine
from volboard.rights.email_commands import ask_address, confirm, forget_address
from volboard.rights.forms import EmailForm

HERE = "/me/account/email"


@bp.get(HERE, access=Access.SIGNED_IN)
def show_email() -> ResponseReturnValue:
    return _page(EmailForm.blank(email=mine().email or ""))


@bp.post(HERE, access=Access.SIGNED_IN)
@limiter.limit("5/hour", key_func=lambda: f"email {viewer().id}")
def save_email() -> ResponseReturnValue:
    form = EmailForm()
    if not form.is_right():
        return _page(form, 422)
    ask_address(viewer().id, form.text("email"))
    flash(_("马上寄一封信去（夜里要等到早上）。打开里面的地址，以后消息就发到那里。"), "done")
    return go_to(HERE)


@bp.post("/me/account/email/remove", access=Access.SIGNED_IN)
def remove_email() -> ResponseReturnValue:
    forget_address(viewer().id)
    flash(_("邮箱删掉了。"), "done")
    return go_to(HERE)


@bp.get("/email/<token>", access=Access.PUBLIC)
def show_confirm(token: str) -> ResponseReturnValue:
    """A letter's link only opens a page: programs that look through mail follow links, too."""
    return page("rights/email_confirm.html", token=token)


@bp.post("/email/<token>", access=Access.PUBLIC)
@guesses
def confirm_email(token: str) -> ResponseReturnValue:
    confirm(token)
    flash(_("邮箱确认好了。以后消息发到这里。"), "done")
    return go_to("/")


def _page(form: EmailForm, status: int = 200) -> Response:
    can_send = bool(current_app.extensions["settings"].smtp_url)
    return page("rights/email.html", status, me=mine(), form=form, can_send=can_send)

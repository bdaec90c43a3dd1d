"""The picture of one's own code, to be kept for the day on which this phone is gone."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts import door
from volboard.accounts.blueprint import HOME, bp
from volboard.accounts.queries import household
from volboard.core.access import Access, viewer
from volboard.core.qr import absolute, picture
from volboard.core.web import go_to, page, safe_path


@bp.get("/me/key", access=Access.SIGNED_IN)
def show_key() -> ResponseReturnValue:
    return page("accounts/key.html")


@bp.get("/me/key.png", access=Access.SIGNED_IN)
def send_key() -> ResponseReturnValue:
    """The code as it is on paper: it shows who somebody is and vouches for nothing."""
    own = household(viewer().id)[0]
    drawn = picture(absolute(request, f"/codes/{own.code}"))
    return drawn, {"Content-Type": "image/png", "Cache-Control": "private, no-store"}


@bp.post("/me/key", access=Access.SIGNED_IN)
def answer_key() -> ResponseReturnValue:
    """Put the card off, or say that the picture is kept."""
    if request.form.get("answer") not in list(door.Answer):
        abort(422)
    answer = door.Answer(request.form["answer"])
    door.note(answer)
    if answer is door.Answer.KEPT:
        flash(_("好。换了手机，把这张图给服务台看。"), "done")
    return go_to(safe_path(request.form.get("next"), HOME))

"""Accepting an office with its code, and the page on which all see who has power and from whom."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from volboard.accounts.errors import WrongCode
from volboard.accounts.phones import normalised
from volboard.accounts.session import sign_in
from volboard.accounts.wording import what_ended
from volboard.communities import commands, power_wording
from volboard.communities.blueprint import bp
from volboard.communities.forms import AcceptForm
from volboard.communities.power_queries import power_page
from volboard.communities.queries import community
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import go_to, page

ACCEPT = "/sign-in/office"
LAST_PAGE = 999


def typed_number() -> str:
    """The number that a form tries, for counting tries; the address where it is no number."""
    return normalised(request.form.get("phone", "")) or get_remote_address()


per_address = limiter.limit("20/minute")
per_number = limiter.limit("5/minute; 30/hour", key_func=typed_number)


@bp.get(ACCEPT, access=Access.PUBLIC)
def show_accept() -> ResponseReturnValue:
    return page("communities/accept.html", form=AcceptForm.blank())


@bp.post(ACCEPT, access=Access.PUBLIC)
@per_address
@per_number
def accept() -> ResponseReturnValue:
    form = AcceptForm()
    if not form.is_right():
        return page("communities/accept.html", 422, form=form)
    try:
        taken = commands.accept(form.text("phone"), form.text("code"), form.text("password"))
    except WrongCode as refusal:
        form.refuse("code", refusal)
        return page("communities/accept.html", 422, form=form)
    sign_in(taken.account_id)
    flash(_welcome(taken.community_id), "done")
    flash(what_ended(taken.ended), "info")
    return go_to("/admin" if taken.community_id is None else "/organize")


@bp.get("/organize/power", access=Access.ORGANIZER)
def show_power() -> ResponseReturnValue:
    """Who gained or lost power in this person's communities and over the site."""
    asked = request.args.get("page", "")
    is_number = asked.isascii() and asked.isdecimal() and 0 < int(asked[:9]) <= LAST_PAGE
    shown = power_page(viewer(), int(asked) if is_number else 1)
    return page("communities/power.html", power=shown, words=power_wording)


def _welcome(community_id: int | None) -> str:
    if community_id is None:
        return _("接好了：您现在管理这个网站。密码也换成新的了。")
    name = community(community_id).name
    return _("接好了：您现在是%(place)s的组织者。密码也换成新的了。", place=name)

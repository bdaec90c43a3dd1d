"""Help at the desk: a code for somebody who forgot the password, which a second organizer sees."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities import commands
from volboard.communities.blueprint import bp
from volboard.communities.errors import NoHelpHere
from volboard.communities.forms import AgreeForm, HelpForm
from volboard.communities.help_commands import may_second
from volboard.communities.help_queries import desk_help, desk_helps
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import go_to, page

DESK = "/organize/desk-help"
ONE = f"{DESK}/<id:code_id>"
per_organizer = limiter.limit("10/minute; 60/hour", key_func=lambda: f"account {viewer().id}")


@bp.get(DESK, access=Access.ORGANIZER)
def show_desk_help() -> ResponseReturnValue:
    return desk_page(HelpForm.blank())


@bp.post(DESK, access=Access.ORGANIZER)
@per_organizer
def help_at_the_desk() -> ResponseReturnValue:
    """The code stands on this one answer only; it is nowhere to be found again."""
    form = HelpForm()
    if not form.is_right():
        return desk_page(form, 422)
    try:
        given = commands.help_at_the_desk(form.text("phone"), viewer())
    except NoHelpHere as refusal:
        form.refuse("phone", refusal)
        return desk_page(form, 422)
    return page("communities/desk_code.html", given=given)


@bp.get(ONE, access=Access.ORGANIZER)
def show_help(code_id: int) -> ResponseReturnValue:
    """What a code did, and a form for the second organizer."""
    return help_page(code_id, AgreeForm.blank())


@bp.post(ONE, access=Access.ORGANIZER)
def agree_to_help(code_id: int) -> ResponseReturnValue:
    form = AgreeForm()
    if not form.is_right():
        return help_page(code_id, form, 422)
    commands.agree_to_help(code_id, form.text("why"), viewer())
    flash(_("记下了。这个账号的限制放开了。"), "done")
    return go_to(DESK)


def desk_page(form: HelpForm, status: int = 200) -> Response:
    """The form, and what was handed out before."""
    return page("communities/desk_help.html", status, form=form, helps=desk_helps(viewer()))


def help_page(code_id: int, form: AgreeForm, status: int = 200) -> Response:
    """One help; the form stands there for whoever may be the second."""
    found = desk_help(code_id, viewer())
    may = found.is_held and may_second(found, viewer())
    return page("communities/help.html", status, help=found, form=form, may=may)

"""Help at the desk: a one-time code for somebody who forgot the password."""

from flask.typing import ResponseReturnValue

from volboard.communities import commands
from volboard.communities.blueprint import bp
from volboard.communities.errors import NoHelpHere
from volboard.communities.forms import HelpForm
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import page

per_organizer = limiter.limit("10/minute; 60/hour", key_func=lambda: f"account {viewer().id}")


@bp.get("/organize/desk-help", access=Access.ORGANIZER)
def show_desk_help() -> ResponseReturnValue:
    return page("communities/desk_help.html", form=HelpForm.blank())


@bp.post("/organize/desk-help", access=Access.ORGANIZER)
@per_organizer
def help_at_the_desk() -> ResponseReturnValue:
    """The code stands on this one answer only; it is nowhere to be found again."""
    form = HelpForm()
    if not form.is_right():
        return page("communities/desk_help.html", 422, form=form)
    try:
        given = commands.help_at_the_desk(form.text("phone"), viewer())
    except NoHelpHere as refusal:
        form.refuse("phone", refusal)
        return page("communities/desk_help.html", 422, form=form)
    return page("communities/desk_code.html", given=given)

"""Saying thanks to everybody who came to a shift."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, GuardedBlueprint, viewer
from volboard.core.web import go_to, page
from volboard.thanks import commands
from volboard.thanks.errors import NotDoneYet, ThanksAreOld
from volboard.thanks.forms import ThanksForm
from volboard.thanks.queries import ThankedShift, thanked_shift

bp = GuardedBlueprint("thanks", __name__)


@bp.get("/shifts/<id:shift_id>/thanks", access=Access.SIGNED_IN)
def show_thanks(shift_id: int) -> ResponseReturnValue:
    shift = thanked_shift(shift_id, viewer())
    own = shift.own(viewer().id)
    return thanks_page(shift, ThanksForm.blank(words=own.words if own else ""))


@bp.post("/shifts/<id:shift_id>/thanks", access=Access.SIGNED_IN)
def thank(shift_id: int) -> ResponseReturnValue:
    shift, form = thanked_shift(shift_id, viewer()), ThanksForm()
    if not form.is_right():
        return thanks_page(shift, form, 422)
    try:
        commands.thank(shift_id, form.text("words"), viewer())
    except (NotDoneYet, ThanksAreOld) as refusal:
        form.form_errors.append(str(refusal))
        return thanks_page(shift, form, 422)
    flash(_("谢意送到了。来的人会在自己的服务时长里看到。"), "done")
    return go_to(back_url(shift))


@bp.post("/organize/thanks/<id:thanks_id>/remove", access=Access.ORGANIZER)
def remove_thanks(thanks_id: int) -> ResponseReturnValue:
    shift_id = commands.remove(thanks_id, viewer())
    flash(_("拿掉了，没有人再看到。"), "done")
    return go_to(f"/shifts/{shift_id}/thanks")


def back_url(shift: ThankedShift) -> str:
    """Where somebody came from: the organizer from the shift's list, a neighbour from /me."""
    is_office = viewer().manages(shift.community_id)
    return f"/organize/shifts/{shift.id}/gate" if is_office else "/me"


def thanks_page(shift: ThankedShift, form: ThanksForm, status: int = 200) -> Response:
    """The shift, one's own words, and for an organizer everybody's."""
    own = shift.own(viewer().id)
    return page("thanks/thanks.html", status, shift=shift, form=form, own=own,
                back=back_url(shift), is_office=viewer().manages(shift.community_id))  # fmt: skip

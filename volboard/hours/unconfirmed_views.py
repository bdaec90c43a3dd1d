"""待确认: presences that another person has to stand for, at the desk and on one's own phone."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.core.access import Access, viewer
from volboard.core.asked import ticked
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page
from volboard.hours import confirming
from volboard.hours import unconfirmed_wording as wording
from volboard.hours.blueprint import bp
from volboard.hours.telling import own_hours
from volboard.hours.unconfirmed_forms import AskAgainForm, RefusalForm
from volboard.hours.unconfirmed_queries import (
    MOST_SHOWN,
    Waiting,
    desk_unconfirmed,
    one_unconfirmed,
)

DESK, OWN = "/organize/unconfirmed", "/me/hours/unconfirmed/<id:unconfirmed_id>"
ONE = DESK + "/<id:unconfirmed_id>"


@bp.get(DESK, access=Access.ORGANIZER)
def show_unconfirmed() -> ResponseReturnValue:
    return page("hours/unconfirmed.html", shifts=desk_unconfirmed(viewer()), words=wording)


@bp.post("/organize/shifts/<id:shift_id>/unconfirmed/confirm", access=Access.ORGANIZER)
def confirm_unconfirmed(shift_id: int) -> ResponseReturnValue:
    """Stand for those of a shift whose boxes were left ticked."""
    done = confirming.confirm_all(shift_id, ticked("who", MOST_SHOWN), viewer())
    flash(ngettext("确认了，%(num)s 个人的时长记上了。", "确认了，%(num)s 个人的时长记上了。", done)
          if done else _("没有能记上的：请看还缺什么。"), "done" if done else "info")  # fmt: skip
    return go_to(DESK)


@bp.get(ONE + "/refuse", access=Access.ORGANIZER)
def show_refusal(unconfirmed_id: int) -> ResponseReturnValue:
    return refusal_page(managed(unconfirmed_id), RefusalForm.blank())


@bp.post(ONE + "/refuse", access=Access.ORGANIZER)
def refuse_unconfirmed(unconfirmed_id: int) -> ResponseReturnValue:
    found, form = managed(unconfirmed_id), RefusalForm()
    if not form.is_right():
        return refusal_page(found, form, 422)
    confirming.refuse(unconfirmed_id, form.text("words"), viewer())
    flash(_("没有确认，原因本人会看到。"), "done")
    return go_to(DESK)


@bp.post(OWN + "/confirm", access=Access.SIGNED_IN)
def confirm_own(unconfirmed_id: int) -> ResponseReturnValue:
    found = mine(unconfirmed_id)
    if confirming.confirm_own(unconfirmed_id, viewer()):
        flash(_("确认了，时长记上了。"), "done")
    else:
        flash(_("您确认过了，还要等另一位组织者。"), "info")
    return go_to(own_hours(found.volunteer_id, found.is_self))


@bp.get(OWN + "/ask-again", access=Access.SIGNED_IN)
def show_ask_again(unconfirmed_id: int) -> ResponseReturnValue:
    return ask_page(mine(unconfirmed_id), AskAgainForm.blank())


@bp.post(OWN + "/ask-again", access=Access.SIGNED_IN)
def ask_again(unconfirmed_id: int) -> ResponseReturnValue:
    found, form = mine(unconfirmed_id), AskAgainForm()
    if not form.is_right():
        return ask_page(found, form, 422)
    confirming.ask_again(unconfirmed_id, form.text("words"), viewer())
    flash(_("提上去了，组织者会再看一次。"), "done")
    return go_to(own_hours(found.volunteer_id, found.is_self))


def managed(unconfirmed_id: int) -> Waiting:
    """The presence within this organizer's power; raises NotFound."""
    found = one_unconfirmed(unconfirmed_id)
    if not viewer().manages(found.community_id):
        raise NotFound
    return found


def mine(unconfirmed_id: int) -> Waiting:
    """The presence of somebody of one's own household; raises NotFound."""
    found = one_unconfirmed(unconfirmed_id)
    if found.account_id != viewer().id:
        raise NotFound
    return found


def refusal_page(found: Waiting, form: RefusalForm, status: int = 200) -> Response:
    """What waits, and the form beside it."""
    return page("hours/unconfirmed_refuse.html", status, found=found, form=form, words=wording)


def ask_page(found: Waiting, form: AskAgainForm, status: int = 200) -> Response:
    """What lapsed or was refused, and the form beside it."""
    back = own_hours(found.volunteer_id, found.is_self)
    return page("hours/unconfirmed_ask.html", status, found=found, form=form, words=wording,
                back=back)  # fmt: skip

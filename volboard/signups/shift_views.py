"""Changing a shift, calling it off, and cancelling an event: the organizer's presses that
move people's places. The pages themselves belong to the editor in `volboard.events`."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.core.access import Access, viewer
from volboard.core.errors import Refusal
from volboard.core.web import go_to, page_or_fragment, wants_fragment
from volboard.events.editor import ShiftEditor, sheet_for
from volboard.events.errors import AlreadyOver
from volboard.events.forms import ShiftForm
from volboard.events.queries import get_managed_event, get_managed_shift
from volboard.signups import changes
from volboard.signups.blueprint import bp
from volboard.signups.errors import BelowSeated, HasBegun, Overlaps, SomebodyCame
from volboard.signups.forms import ReasonForm
from volboard.signups.reasons import ask_again
from volboard.signups.series_changes import cancel_coming

AT_FIELD: dict[type[Refusal], str] = {
    BelowSeated: "capacity",
    Overlaps: "start",
    HasBegun: "start",
    SomebodyCame: "start",
    AlreadyOver: "day",
}
"""Which field can mend a refusal."""


@bp.post("/organize/shifts/<id:shift_id>", access=Access.ORGANIZER)
def change_shift(shift_id: int) -> ResponseReturnValue:
    form = ShiftForm.of(get_managed_shift(shift_id, viewer()).shift, sent=True)
    if not (form.is_right() and _stored(shift_id, form)):
        return _editor(shift_id, form)
    if wants_fragment():
        return _editor(shift_id)
    flash(_("改好了。"), "done")
    return go_to(_editor_url(shift_id))


@bp.post("/organize/shifts/<id:shift_id>/call-off", access=Access.ORGANIZER)
def call_off(shift_id: int) -> ResponseReturnValue:
    shift = get_managed_shift(shift_id, viewer()).shift
    form = ReasonForm()
    if not form.is_right():
        title = _("停办“%(what)s”", what=shift.title)
        return ask_again(form, title, _("确定停办"), _editor_url(shift_id))
    changes.call_off_shift(shift_id, form.text("reason"), viewer())
    flash(_("停办了，报了名的人会看到原因。"), "done")
    return go_to(_editor_url(shift_id))


@bp.post("/organize/events/<id:event_id>/cancel", access=Access.ORGANIZER)
def cancel_event(event_id: int) -> ResponseReturnValue:
    event = get_managed_event(event_id, viewer())
    form = ReasonForm()
    if not form.is_right():
        title = _("取消“%(what)s”", what=event.title)
        return ask_again(form, title, _("确定取消活动"), f"/organize/events/{event_id}")
    changes.cancel_event(event_id, form.text("reason"), viewer())
    flash(_("活动取消了，报了名的人会看到原因。"), "done")
    return go_to(f"/organize/events/{event_id}")


@bp.post("/organize/events/<id:event_id>/cancel-series", access=Access.ORGANIZER)
def cancel_series(event_id: int) -> ResponseReturnValue:
    event = get_managed_event(event_id, viewer())
    form = ReasonForm()
    if not form.is_right():
        title = _("取消“%(what)s”以后的每一场", what=event.title)
        return ask_again(form, title, _("确定都取消"), f"/organize/events/{event_id}")
    count = cancel_coming(event_id, form.text("reason"), viewer())
    flash(ngettext("%(num)s 场取消了，报了名的人会看到原因。",
                   "%(num)s 场取消了，报了名的人会看到原因。", count), "done")  # fmt: skip
    return go_to(f"/organize/events/{event_id}")


def _stored(shift_id: int, form: ShiftForm) -> bool:
    """Change the shift; a refusal that a field can mend is written beside the field."""
    try:
        changes.change_shift(shift_id, form.draft(), viewer())
    except tuple(AT_FIELD) as refusal:
        form.refuse(AT_FIELD[type(refusal)], refusal)
        return False
    return True


def _editor(shift_id: int, wrong: ShiftForm | None = None) -> ResponseReturnValue:
    """The shift in its editor: as it stands now, or with a form that has something to mend."""
    managed = get_managed_shift(shift_id, viewer())
    shift, event = managed.shift, managed.event
    form = wrong or ShiftForm.of(shift)
    editor = ShiftEditor(shift, form, event.state, is_open=bool(wrong), saved=not wrong)
    sheet = None if wants_fragment() else sheet_for(event.id, viewer(), editor)
    return page_or_fragment(
        "events/editor.html", "events/_shift_form.html", 422 if wrong else 200,
        sheet=sheet, editor=editor,
    )  # fmt: skip


def _editor_url(shift_id: int) -> str:
    return f"/organize/events/{get_managed_shift(shift_id, viewer()).event.id}#shift-{shift_id}"

"""The organizer's editor: change words, add shifts, publish."""

from dataclasses import replace

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page, page_or_fragment, wants_fragment
from volboard.events import commands
from volboard.events.blueprint import bp
from volboard.events.editor import NewShift, Sheet, ShiftEditor, blank_shift, last_day, sheet_of
from volboard.events.errors import AlreadyOver, AlreadyPublished, CannotPublish
from volboard.events.event_forms import DayForm, WordsForm
from volboard.events.facts import EventFact
from volboard.events.forms import ShiftForm
from volboard.events.inviting import inviting, told
from volboard.events.queries import get_managed_event
from volboard.events.start_views import ask_first
from volboard.teams.queries import team_choices

EDITOR = "events/editor.html"
ONE = "/organize/events/<id:event_id>"


@bp.get(ONE, access=Access.ORGANIZER)
def edit(event_id: int) -> ResponseReturnValue:
    """The editor of one event."""
    return page(EDITOR, sheet=sheet_of(get_managed_event(event_id, viewer())))


@bp.post(ONE, access=Access.ORGANIZER)
def change(event_id: int) -> ResponseReturnValue:
    """Change the words of an event."""
    event = get_managed_event(event_id, viewer())
    form = _sent_words(event)
    if not form.is_right():
        return _again(event, words=form)
    commands.change_event(event_id, form.draft(event), viewer())
    flash(_("改好了。"), "done")
    return go_to(_editor_of(event_id))


@bp.post(ONE + "/publish", access=Access.ORGANIZER)
def publish(event_id: int) -> ResponseReturnValue:
    """Announce an event; words that came along are stored first.

    With `invite`, those who came last time are asked as well.
    """
    event = get_managed_event(event_id, viewer())
    if "title" in request.form:
        form = _sent_words(event)
        if not form.is_right():
            return _again(event, words=form)
        commands.change_event(event_id, form.draft(event), viewer())
    try:
        commands.publish(event_id, viewer())
    except CannotPublish as refusal:
        return _again(get_managed_event(event_id, viewer()), refusal.status, problem=refusal)
    flash(_("已发布，大家现在就能报名。"), "done")
    if "invite" in request.form:
        flash(told(inviting().invite(event_id, viewer())), "done")
    return go_to(_editor_of(event_id))


@bp.post(ONE + "/shifts", access=Access.ORGANIZER)
def add_shift(event_id: int) -> ResponseReturnValue:
    """Add a shift; htmx gets the form back, empty again, and the new shift for the list."""
    event = get_managed_event(event_id, viewer())
    form = ShiftForm.new(last_day(event), sent=True)
    if not (form.is_right() and _stored(event, form)):
        new = NewShift(event.id, form, not event.shifts, is_open=True)
        sheet = replace(sheet_of(event), new_shift=new)
        return page_or_fragment(
            EDITOR, "events/_new_shift.html", 422, sheet=sheet, new_shift=sheet.new_shift
        )
    if wants_fragment() and event.shifts:
        return _added(event, get_managed_event(event_id, viewer()))
    flash(_("岗位加上了。"), "done")
    return go_to(_editor_of(event_id))


@bp.post("/organize/shifts/<id:shift_id>/drop", access=Access.ORGANIZER)
def drop_shift(shift_id: int) -> ResponseReturnValue:
    """Delete a shift that nobody signed up for."""
    event_id = commands.drop_draft_shift(shift_id, viewer())
    flash(_("岗位删掉了。"), "done")
    return go_to(_editor_of(event_id))


@bp.post(ONE + "/move", access=Access.ORGANIZER)
def move(event_id: int) -> ResponseReturnValue:
    """Move a draft with all its shifts to another day."""
    event = get_managed_event(event_id, viewer())
    form = DayForm(key="move")
    if not form.is_right():
        return _again(event, moving=form)
    commands.move_draft(event_id, form.day.data, viewer())
    flash(_("日子改好了，几点到几点没有变。"), "done")
    return go_to(_editor_of(event_id))


@bp.post(ONE + "/copy", access=Access.ORGANIZER)
def copy(event_id: int) -> ResponseReturnValue:
    """Make a draft of the same event on another day."""
    event = get_managed_event(event_id, viewer())
    form = DayForm(key="copy")
    if not form.is_right():
        return _again(event, copying=form)
    day, sure = form.day.data, "another" in request.form
    try:
        copy_id = commands.copy_event(event_id, day, viewer(), sure)
    except AlreadyPublished as refusal:
        return ask_first(refusal, request.path, {"day": day.isoformat()})
    flash(_("照着做好了一份草稿。看一遍，没问题就发布。"), "done")
    return go_to(_editor_of(copy_id))


@bp.post(ONE + "/discard", access=Access.ORGANIZER)
def discard(event_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    commands.discard_draft(event_id, viewer())
    flash(_("草稿丢掉了。"), "done")
    return go_to("/organize")


def _sent_words(event: EventFact) -> WordsForm:
    return WordsForm.of(event, team_choices(event.community_id), sent=True)


def _stored(event: EventFact, form: ShiftForm) -> bool:
    """Add the shift; a refusal that a field can mend is written beside the field."""
    try:
        commands.add_shift(event.id, form.draft(), viewer())
    except AlreadyOver as refusal:
        form.refuse("day", refusal)
        return False
    return True


def _added(before: EventFact, after: EventFact) -> ResponseReturnValue:
    known = {shift.id for shift in before.shifts}
    new = blank_shift(after)
    for shift in after.shifts:
        if shift.id not in known:
            new = replace(new, added=ShiftEditor(shift, ShiftForm.of(shift), after.state))
    return page_or_fragment(EDITOR, "events/_new_shift.html", new_shift=new)


def _again(event: EventFact, status: int = 422, **parts: object) -> ResponseReturnValue:
    """The editor with a form as it was sent, and what is to be mended in it."""
    sheet: Sheet = replace(sheet_of(event), **parts)  # type: ignore[arg-type]
    return page(EDITOR, status, sheet=sheet)


def _editor_of(event_id: int) -> str:
    return url_for("events.edit", event_id=event_id)

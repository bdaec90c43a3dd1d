"""Cutting a day into shifts of equal length: what it would make, and making it."""

from dataclasses import dataclass

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.events import commands, rules
from volboard.events.blueprint import bp
from volboard.events.cut_forms import CutForm
from volboard.events.drafts import ShiftDraft, same_shift
from volboard.events.editor import last_day
from volboard.events.errors import AlreadyOver
from volboard.events.facts import EventFact
from volboard.events.locks import refuse_cancelled
from volboard.events.queries import get_managed_event

ADDRESS = "/organize/events/<id:event_id>/cut"


@dataclass(frozen=True)
class Cut:
    """The page: the form, and below it what it would make."""

    event: EventFact
    form: CutForm
    drafts: tuple[ShiftDraft, ...] = ()

    @property
    def known(self) -> frozenset[int]:
        """Which of them (by their place in the list) are there already."""
        live = [shift for shift in self.event.shifts if shift.called_off_at is None]
        there = [any(same_shift(shift, draft) for shift in live) for draft in self.drafts]
        return frozenset(number for number, is_there in enumerate(there) if is_there)

    @property
    def new(self) -> int:
        """How many would be added."""
        return len(self.drafts) - len(self.known)


@bp.get(ADDRESS, access=Access.ORGANIZER)
def show_cut(event_id: int) -> ResponseReturnValue:
    """The form; with its fields in the address, also the shifts that would be made."""
    event = _open_event(event_id)
    if not request.args:
        return _page(Cut(event, _blank(event)))
    form = CutForm.asked(request.args)
    if not form.validate():
        return _page(Cut(event, form), 422)
    return _page(Cut(event, form, form.drafts()))


@bp.post(ADDRESS, access=Access.ORGANIZER)
def cut(event_id: int) -> ResponseReturnValue:
    """Make the shifts, all in one go; the same form twice makes them once."""
    event, form = _open_event(event_id), CutForm()
    if not form.is_right():
        return _page(Cut(event, form), 422)
    try:
        added = commands.add_shifts(event_id, form.drafts(), viewer())
    except AlreadyOver as refusal:
        form.refuse("day", refusal)
        return _page(Cut(event, form), 422)
    flash(_told(added), "done")
    return go_to(f"/organize/events/{event_id}#shifts-title")


def _open_event(event_id: int) -> EventFact:
    event = get_managed_event(event_id, viewer())
    refuse_cancelled(event)
    return event


def _blank(event: EventFact) -> CutForm:
    values = {
        "kind": rules.ShiftKind.SERVICE.value, "day": last_day(event), "length": "60", "pause": "0",
    }  # fmt: skip
    return CutForm(formdata=None, data=values)


def _told(added: int) -> str:
    if not added:
        return _("这几段已经在了，没有再加。")
    return ngettext("%(num)s 段加上了。", "%(num)s 段加上了。", added)


def _page(cut: Cut, status: int = 200) -> ResponseReturnValue:
    return page("events/cut.html", status, cut=cut)

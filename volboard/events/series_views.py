"""Letting an event come again: the days it would come on, and making them."""

from dataclasses import dataclass

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.events import series
from volboard.events.blueprint import bp
from volboard.events.errors import CannotPublish, OtherDays
from volboard.events.facts import EventFact
from volboard.events.locks import refuse_cancelled
from volboard.events.queries import get_managed_event
from volboard.events.series_forms import MakeForm, RepeatForm, day_in_words
from volboard.events.series_queries import PlannedDay, rule_of
from volboard.events.series_rules import Repeat

ADDRESS = "/organize/events/<id:event_id>/repeat"


@dataclass(frozen=True)
class RepeatPage:
    """The rule, and below it the days that it gives."""

    event: EventFact
    form: RepeatForm
    days: tuple[PlannedDay, ...] = ()
    make: MakeForm | None = None

    @property
    def there(self) -> tuple[tuple[str, int], ...]:
        """The days that the series has already, in words, and their events."""
        return tuple((day_in_words(one), one.event_id) for one in self.days if one.event_id)


@bp.get(ADDRESS, access=Access.ORGANIZER)
def show_repeat(event_id: int) -> ResponseReturnValue:
    """The rules; with one in the address, also its days."""
    event = _open_event(event_id)
    form = RepeatForm.of(event, rule_of(event), request.args or None)
    if not request.args:
        return _page(RepeatPage(event, form))
    if not form.validate():
        return _page(RepeatPage(event, form), 422)
    days = form.plan(event)
    return _page(RepeatPage(event, form, days, MakeForm.of(days)))


@bp.post(ADDRESS, access=Access.ORGANIZER)
def repeat(event_id: int) -> ResponseReturnValue:
    """Make the event on the days that stayed ticked."""
    event = _open_event(event_id)
    form = RepeatForm.of(event, rule_of(event), request.form)
    if not form.validate():
        return _page(RepeatPage(event, form), 422)
    days = form.plan(event)
    make = MakeForm.of(days, is_sent=True)
    if not (make.is_right() and _made(event, form, make)):
        return _page(RepeatPage(event, form, days, make), 422)
    return go_to(f"/organize/events/{event_id}#series-title")


def _made(event: EventFact, form: RepeatForm, make: MakeForm) -> bool:
    """Make them; a refusal that a field can mend is written beside the field."""
    rule, publish = Repeat(form.rule.data), make.publish.data == "yes"
    try:
        count = series.repeat(event.id, rule, make.chosen, publish, viewer())
    except (CannotPublish, OtherDays) as refusal:
        make.refuse("publish" if isinstance(refusal, CannotPublish) else "days", refusal)
        return False
    flash(ngettext("做好了 %(num)s 场。", "做好了 %(num)s 场。", count), "done")
    return True


def _open_event(event_id: int) -> EventFact:
    event = get_managed_event(event_id, viewer())
    refuse_cancelled(event)
    return event


def _page(repeat: RepeatPage, status: int = 200) -> ResponseReturnValue:
    return page("events/repeat.html", status, repeat=repeat)

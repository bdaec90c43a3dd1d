"""The organizer's editor as its templates see it: facts beside the forms that change them."""

from dataclasses import dataclass, replace
from datetime import date

from flask import request

from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.qr import absolute
from volboard.events import sharing
from volboard.events.drafts import first_day
from volboard.events.event_forms import DayForm, WordsForm
from volboard.events.facts import Change, EventFact, ShiftFact
from volboard.events.forms import ShiftForm
from volboard.events.inviting import LastTime, in_words, inviting
from volboard.events.offers import next_day_of
from volboard.events.queries import changes, get_managed_event
from volboard.events.rules import EventState
from volboard.events.series_queries import SeriesEvent, series_events
from volboard.teams.queries import team_choices


@dataclass(frozen=True)
class ShiftEditor:
    """A shift with its form; what `_shift_form.html` takes as `editor`."""

    shift: ShiftFact
    form: ShiftForm
    event_state: str
    is_open: bool = False
    """Whether the form is unfolded, because something in it is to be mended."""
    saved: bool = False
    """Whether it answers a change that was just stored, and says so."""

    @property
    def is_ahead(self) -> bool:
        """Whether its places can still be taken."""
        return self.can_change and self.shift.ends_at > clock.now()

    @property
    def can_change(self) -> bool:
        """Whether anything of it may change still."""
        stands = self.shift.called_off_at is None and self.shift.closed_at is None
        return stands and self.event_state != EventState.CANCELLED

    @property
    def can_drop(self) -> bool:
        """Whether to offer deleting: as far as the counters know, nobody signed up."""
        return not (self.shift.seated or self.shift.waiting)

    @property
    def is_draft(self) -> bool:
        return self.event_state == EventState.DRAFT


@dataclass(frozen=True)
class NewShift:
    """The form that adds a shift; what `_new_shift.html` takes as `new_shift`."""

    event_id: int
    form: ShiftForm
    is_first: bool
    """Whether the event has no shift yet, so that adding one is the next thing to do."""
    is_open: bool = False
    added: ShiftEditor | None = None
    """The shift that this request added, to be shown in the list above."""


@dataclass(frozen=True)
class Sheet:
    """The whole editor of one event."""

    event: EventFact
    words: WordsForm
    shifts: tuple[ShiftEditor, ...]
    new_shift: NewShift
    copying: DayForm
    moving: DayForm
    changes: tuple[Change, ...]
    series: tuple[SeriesEvent, ...]
    """Everything of the series that the event belongs to, itself too; empty without one."""
    last_time: LastTime | None
    """Those who came last time; none where nobody ever came, or it is too late to ask."""
    to_paste: str
    """Words about it for a chat group, with its address."""
    problem: object = ""
    """Why the last press did not do what it says, where no field is to blame."""

    @property
    def is_draft(self) -> bool:
        return self.event.state == EventState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.event.state == EventState.CANCELLED

    @property
    def to_ask(self) -> int:
        """How many of those who came last time could be asked."""
        return self.last_time.to_ask if self.last_time else 0

    @property
    def ways(self) -> str:
        """How those who were asked hear of it; empty where nobody was."""
        asked = self.last_time and self.last_time.ways.people
        return in_words(self.last_time.ways) if self.last_time and asked else ""

    @property
    def coming_of_series(self) -> int:
        """How many announced events of the series have not begun."""
        return sum(one.is_coming(clock.now()) for one in self.series)

    @property
    def is_over(self) -> bool:
        return self.event.ends_at <= clock.now()

    @property
    def is_ready(self) -> bool:
        """Whether publishing is the next thing to do."""
        return self.is_draft and bool(self.shifts)


def sheet_of(event: EventFact) -> Sheet:
    """The editor of an event as it stands."""
    again = next_day_of(event.festival, first_day(event), clock.today())
    return Sheet(
        event=event,
        words=WordsForm.of(event, team_choices(event.community_id)),
        shifts=tuple(ShiftEditor(s, ShiftForm.of(s), event.state) for s in event.shifts),
        new_shift=blank_shift(event),
        copying=DayForm(formdata=None, key="copy", data={"day": again}),
        moving=DayForm(formdata=None, key="move", data={"day": first_day(event)}),
        changes=changes(event.id),
        series=series_events(event),
        last_time=inviting().last_time(event) if _can_come(event) else None,
        to_paste=sharing.words(event, absolute(request, f"/events/{event.id}")),
    )


def _can_come(event: EventFact) -> bool:
    """Whether anybody can be asked to it still."""
    return event.state != EventState.CANCELLED and event.ends_at > clock.now()


def sheet_for(event_id: int, by: Viewer, changed: ShiftEditor | None = None) -> Sheet:
    """The editor for whoever manages the event, with `changed` in its shift's place.

    Raises NotFound.
    """
    sheet = sheet_of(get_managed_event(event_id, by))
    if changed is None:
        return sheet
    shown = tuple(changed if e.shift.id == changed.shift.id else e for e in sheet.shifts)
    return replace(sheet, shifts=shown)


def blank_shift(event: EventFact) -> NewShift:
    """The empty form of a new shift, on the day of the last one."""
    return NewShift(
        event.id, ShiftForm.new(last_day(event)), not event.shifts, is_open=not event.shifts
    )


def last_day(event: EventFact) -> date:
    """The day of the last shift, on which the next is likely to be."""
    starts = [shift.starts_at for shift in event.shifts]
    return clock.local(max(starts, default=event.starts_at)).date()

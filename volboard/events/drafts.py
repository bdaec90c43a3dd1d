"""What an organizer asks for, before it is stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from volboard.core import clock
from volboard.events import rules
from volboard.events.errors import BadDay, BadShift
from volboard.events.facts import EventFact, ShiftFact
from volboard.festivals.queries import BY_KEY
from volboard.festivals.templates import EventTemplate, Occurrence, occurrence


@dataclass(frozen=True)
class EventDraft:
    """The words of an event.

    `community_id`, `day` and `mark` count when it is made and are ignored by a change: an event
    stays in its community, its days are those of its shifts, its mark follows the festival. An
    empty contact becomes the community's own desk.
    """

    community_id: int
    title: str
    place: str
    day: date
    story: str = ""
    safety: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    festival: str | None = None
    team_id: int | None = None
    mark: str = ""
    """The name of a drawn mark; empty: that of the festival, or the red hat."""
    title_en: str = ""
    story_en: str = ""


@dataclass(frozen=True)
class ShiftDraft:
    """A shift as it is asked for; instants are aware, `cancel_notice` is in minutes."""

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    minimum: int = 0
    briefing: str = ""
    opens_at: datetime | None = None
    cancel_notice: int = rules.DEFAULT_CANCEL_NOTICE
    call_minutes: int = 0
    skill: str = ""
    ages: str = rules.Ages.ANY


def checked(draft: ShiftDraft) -> ShiftDraft:
    """The draft itself; raises BadShift with the first thing that cannot be."""
    mistake = (
        rules.window_mistake(draft.starts_at, draft.ends_at)
        or rules.opening_mistake(draft.opens_at, draft.starts_at)
        or rules.number_mistake(draft.capacity, draft.minimum, draft.cancel_notice)
        or rules.ask_mistake(draft.call_minutes, draft.ages)
    )
    if mistake:
        raise BadShift(mistake)
    return draft


def plausible(day: date) -> date:
    """The day itself; raises BadDay."""
    if not rules.is_plausible(day):
        raise BadDay
    return day


def mark_of(draft: EventDraft) -> str:
    """The drawn mark of an event: its own, its festival's, or the red hat."""
    festival = BY_KEY.get(draft.festival or "")
    return draft.mark or (festival.mark if festival else rules.DEFAULT_MARK)


def whole_day(day: date) -> tuple[datetime, datetime]:
    """The span of an event that has no shift yet: its day, midnight to midnight."""
    return clock.instant(day, time()), clock.instant(day + timedelta(days=1), time())


def from_template(
    template: EventTemplate, day: date, community_id: int
) -> tuple[EventDraft, list[ShiftDraft]]:
    """The event and its shifts; `day` is the event's own day, not the festival's."""
    event = EventDraft(
        community_id, template.title, template.place, day, template.story, template.safety,
        festival=template.festival_key, mark=template.mark, title_en=template.title_en,
        story_en=template.story_en,
    )  # fmt: skip
    counted_from = day - timedelta(days=template.day_offset)
    return event, [_from_occurrence(post) for post in occurrence(template, counted_from)]


def _from_occurrence(post: Occurrence) -> ShiftDraft:
    shift, zone = post.shift, clock.BEIJING
    return ShiftDraft(
        shift.title, shift.kind, post.starts_at.replace(tzinfo=zone),
        post.ends_at.replace(tzinfo=zone), shift.capacity, shift.minimum, shift.briefing,
        call_minutes=shift.call_minutes, skill=shift.skill, ages=shift.ages,
    )  # fmt: skip


def from_event(event: EventFact, day: date) -> tuple[EventDraft, list[ShiftDraft]]:
    """The same event with its first shift on `day`: the others keep their distance and times.

    Shifts that were called off stay behind, unless the whole event was.
    """
    draft = EventDraft(
        event.community_id, event.title, event.place, day, event.story, event.safety,
        event.contact_name, event.contact_phone, event.festival, event.team_id, event.mark,
        event.title_en, event.story_en,
    )  # fmt: skip
    distance = day - first_day(event)
    return draft, [moved(shift, distance) for shift in _to_hold(event)]


def moved(shift: ShiftFact, by: timedelta) -> ShiftDraft:
    """The shift so many days later, at the same times on Beijing's clocks."""
    return ShiftDraft(
        shift.title, shift.kind, _later(shift.starts_at, by), _later(shift.ends_at, by),
        shift.capacity, shift.minimum, shift.briefing,
        _later(shift.opens_at, by) if shift.opens_at else None, shift.cancel_notice,
        shift.call_minutes, shift.skill, shift.ages,
    )  # fmt: skip


def same_shift(shift: ShiftFact, draft: ShiftDraft) -> bool:
    """Whether the draft asks for what is there already: the same post in the same window."""
    asked = (draft.title, draft.kind, draft.starts_at, draft.ends_at)
    return (shift.title, shift.kind, shift.starts_at, shift.ends_at) == asked


def first_day(event: EventFact) -> date:
    """The day of the first shift that will happen; without shifts, the day that was planned.

    Of a cancelled event, the first that would have happened.
    """
    starts = [shift.starts_at for shift in _to_hold(event)]
    return clock.local(min(starts, default=event.starts_at)).date()


def _to_hold(event: EventFact) -> list[ShiftFact]:
    """Cancelling an event calls all its shifts off, so there that tells nothing of each."""
    is_cancelled = event.state == rules.EventState.CANCELLED
    return [shift for shift in event.shifts if is_cancelled or shift.called_off_at is None]


def _later(instant: datetime, by: timedelta) -> datetime:
    local = clock.local(instant)
    return clock.instant(local.date() + by, local.time())

"""What an event and a shift may be. Values in, values out."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

LATE_START = timedelta(minutes=15)
"""How long after its start a shift can still be announced."""
LONGEST_SHIFT = timedelta(hours=16)
LARGEST_CAPACITY = 5000
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
DEFAULT_CANCEL_NOTICE = 120
"""Minutes before the start until which a place can be given back."""
LONGEST_CANCEL_NOTICE = 30 * 24 * 60
LONGEST_CALL = 240
"""Minutes before the start at which people gather, at most."""
MOST_PIECES = 48
"""Into how many shifts one day is cut at most."""
DEFAULT_MARK = "volunteers"


class EventState(StrEnum):
    """How far an event has come."""

    DRAFT = "draft"
    """Only its organizers see it."""
    PUBLISHED = "published"
    """Announced: everybody sees it and may sign up."""
    CANCELLED = "cancelled"
    """Will not happen; stays visible with the reason."""


class ShiftKind(StrEnum):
    """What people do in a shift."""

    SERVICE = "service"
    """They serve (志愿者): attendance earns hours."""
    PARTICIPANT = "participant"
    """They take part (棋手, 听讲): attendance is recorded and earns nothing."""


class Ages(StrEnum):
    """Whom a post takes."""

    ANY = "any"
    WITH_ADULT = "with_adult"
    """Under 14 only beside an adult of the household (不满十四周岁未成年人)."""
    ADULTS = "adults"
    """18 and over."""


class Mistake(StrEnum):
    """What is wrong with a shift's numbers or times."""

    EMPTY_WINDOW = "empty_window"
    """It ends when it starts, or before."""
    TOO_LONG = "too_long"
    """It takes more than `LONGEST_SHIFT`."""
    OPENS_TOO_LATE = "opens_too_late"
    """Signing up would begin when the shift has begun."""
    CAPACITY = "capacity"
    """Fewer than one place, or more than `LARGEST_CAPACITY`."""
    MINIMUM = "minimum"
    """Fewer than nobody, or more than the capacity."""
    CANCEL_NOTICE = "cancel_notice"
    """Negative, or longer than `LONGEST_CANCEL_NOTICE` minutes."""
    CALL = "call"
    """Gathering after the start, or more than `LONGEST_CALL` minutes before it."""
    AGES = "ages"
    """None of `Ages`."""


class Hindrance(StrEnum):
    """Why an event cannot be published."""

    CANCELLED = "cancelled"
    NO_SHIFT = "no_shift"
    NO_PLACE = "no_place"
    OVER = "over"
    """All its shifts have ended."""


def lies_back(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a shift can be announced no more: over, or begun so long ago that whoever writes
    it now would write hours, not a plan."""
    return ends_at <= now or starts_at < now - LATE_START


def can_publish(
    state: str, shift_ends: Iterable[datetime], now: datetime, place: str
) -> Hindrance | None:
    """What stands in the way of publishing; `shift_ends` are those of shifts not called off."""
    ends = list(shift_ends)
    if state == EventState.CANCELLED:
        return Hindrance.CANCELLED
    if not ends:
        return Hindrance.NO_SHIFT
    if not place:
        return Hindrance.NO_PLACE
    return None if max(ends) > now else Hindrance.OVER


def end_day(day: date, start: time, end: time) -> date:
    """The day on which a shift ends: an end earlier than the start means the next day."""
    return day + timedelta(days=1) if end < start else day


def window_mistake(starts_at: datetime, ends_at: datetime) -> Mistake | None:
    """What is wrong with a shift's window, if anything."""
    if ends_at <= starts_at:
        return Mistake.EMPTY_WINDOW
    return Mistake.TOO_LONG if ends_at - starts_at > LONGEST_SHIFT else None


def pieces(
    begins: datetime, ends: datetime, length: int, pause: int
) -> tuple[tuple[datetime, datetime], ...]:
    """The windows of `length` minutes that fit between two instants, with a pause between them.

    What is left at the end and is shorter makes none; at most `MOST_PIECES`.
    """
    one, step = timedelta(minutes=length), timedelta(minutes=length + pause)
    fitting = max(0, (ends - begins - one) // step + 1)
    starts = (begins + n * step for n in range(min(fitting, MOST_PIECES)))
    return tuple((start, start + one) for start in starts)


def opening_mistake(opens_at: datetime | None, starts_at: datetime) -> Mistake | None:
    """Whether signing up would begin too late."""
    return Mistake.OPENS_TOO_LATE if opens_at is not None and opens_at >= starts_at else None


def number_mistake(capacity: int, minimum: int, cancel_notice: int) -> Mistake | None:
    """What is wrong with a shift's numbers, if anything."""
    if not 1 <= capacity <= LARGEST_CAPACITY:
        return Mistake.CAPACITY
    if not 0 <= minimum <= capacity:
        return Mistake.MINIMUM
    return None if 0 <= cancel_notice <= LONGEST_CANCEL_NOTICE else Mistake.CANCEL_NOTICE


def gathering(starts_at: datetime, call_minutes: int) -> datetime:
    """When people of a post have to be there: earlier than it begins, where it says so."""
    return starts_at - timedelta(minutes=call_minutes)


def ask_mistake(call_minutes: int, ages: str) -> Mistake | None:
    """What is wrong with what a post asks of people, if anything."""
    if not 0 <= call_minutes <= LONGEST_CALL:
        return Mistake.CALL
    return None if ages in set(Ages) else Mistake.AGES


def is_plausible(day: date) -> bool:
    """Whether a day is one that a community plans for; also keeps date arithmetic in range."""
    return FIRST_DAY <= day <= LAST_DAY

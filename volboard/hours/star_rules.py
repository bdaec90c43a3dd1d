"""Which stars a total is worth, until when a new one is on notice, and what comes next."""

from datetime import datetime, time, timedelta

from volboard.hours.rules import BEIJING, StarProgress


def rungs(minutes: int, ladder: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The stars that a total has reached, each with the hours that its rung asks for."""
    return tuple(
        (stars, hours) for stars, hours in enumerate(ladder, start=1) if minutes >= hours * 60
    )


def still_stands(minutes: int, stars: int, hours: int, ladder: tuple[int, ...]) -> bool:
    """Whether a total is worth a star that was reached with `hours`.

    A ladder that was raised since takes nothing away; one that was lowered counts for it.
    """
    now_asked = ladder[stars - 1] if stars <= len(ladder) else hours
    return minutes >= min(hours, now_asked) * 60


def notice_ends(reached_at: datetime, days: int) -> datetime:
    """The midnight in Beijing after so many whole days of notice; none: at once."""
    if not days:
        return reached_at
    last = reached_at.astimezone(BEIJING).date() + timedelta(days=days + 1)
    return datetime.combine(last, time(), BEIJING)


def climb(minutes: int, ladder: tuple[int, ...], held: int = 0) -> StarProgress:
    """Where a total stands on a ladder for somebody who holds so many stars already."""
    stars = max(held, len(rungs(minutes, ladder)))
    if stars >= len(ladder):
        return StarProgress(stars, 0, 0)
    last = min(ladder[stars - 1] * 60 if stars else 0, max(minutes, 0))
    return StarProgress(stars, max(minutes, 0) - last, ladder[stars] * 60 - last)

"""Ready-made events, authored in templates.toml: what to do, where, with which posts."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from volboard.festivals.queries import BY_KEY

Kind = Literal["service", "participant"]
Ages = Literal["any", "with_adult", "adults"]

SOURCE = Path(__file__).with_name("templates.toml")
SHORTEST, LONGEST = 20, 12 * 60
SMALLEST, LARGEST = 2, 40


@dataclass(frozen=True, slots=True)
class ShiftTemplate:
    """One post. `service` gives hours of service, `participant` is for those who take part.

    `start` is Beijing time on the event's day plus `day_offset` days; `minutes` may run over
    midnight. Below `minimum` people the post should not go ahead. People gather `call_minutes`
    before the start; `skill` and `ages` say whom the post takes.
    """

    title: str
    kind: Kind
    start: time
    minutes: int
    capacity: int
    minimum: int
    briefing: str
    day_offset: int = 0
    call_minutes: int = 0
    skill: str = ""
    ages: Ages = "any"


@dataclass(frozen=True, slots=True)
class EventTemplate:
    """An event to be copied. `festival_key` is None for one of any day.

    `day_offset` counts from the festival's day: -12 is twelve days before it.
    `mark` names the file in templates/components/marks/.
    `safety` states the possible risks, as 志愿服务条例 asks; empty where there are none.
    """

    key: str
    festival_key: str | None
    mark: str
    title: str
    story: str
    place: str
    safety: str
    day_offset: int
    title_en: str
    story_en: str
    """Both for an English page."""
    shifts: tuple[ShiftTemplate, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A post at its time; naive datetimes in Beijing time."""

    shift: ShiftTemplate
    starts_at: datetime
    ends_at: datetime


@lru_cache(maxsize=1)
def all_templates() -> tuple[EventTemplate, ...]:
    """Every template, in the order of the year as the file has it; everyday ones last."""
    return read_templates(SOURCE.read_text(encoding="utf-8"))


def read_templates(text: str) -> tuple[EventTemplate, ...]:
    """Make templates of TOML; raises ValueError with what is wrong with it."""
    templates = tuple(read_template(entry) for entry in tomllib.loads(text)["template"])
    keys = [template.key for template in templates]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"a key must be there once: {sorted(twice)}")
    return templates


def templates_for(festival_key: str | None) -> tuple[EventTemplate, ...]:
    """The templates of a festival, or with None those of any day; empty for an unknown festival."""
    return tuple(found for found in all_templates() if found.festival_key == festival_key)


def find_template(key: str) -> EventTemplate:
    """The template of this key; raises KeyError."""
    for template in all_templates():
        if template.key == key:
            return template
    raise KeyError(key)


def occurrence(template: EventTemplate, day: date) -> tuple[Occurrence, ...]:
    """The posts in time; `day` is the festival's day, or the event's for an everyday template."""
    event_day = day + timedelta(days=template.day_offset)
    found = [_at(shift, event_day) for shift in template.shifts]
    return tuple(sorted(found, key=lambda post: post.starts_at))


def _at(shift: ShiftTemplate, event_day: date) -> Occurrence:
    starts_at = datetime.combine(event_day + timedelta(days=shift.day_offset), shift.start)
    return Occurrence(shift, starts_at, starts_at + timedelta(minutes=shift.minutes))


def read_template(entry: dict[str, Any]) -> EventTemplate:
    """Make a template of a parsed entry; raises ValueError with its key and what is wrong."""
    festival = entry.get("festival")
    template = EventTemplate(
        key=entry["key"],
        festival_key=festival,
        mark=entry.get("mark") or festival or "",
        title=entry["title"],
        story=entry["story"],
        place=entry["place"],
        safety=entry.get("safety", ""),
        day_offset=entry.get("day_offset", 0),
        title_en=entry["title_en"],
        story_en=entry["story_en"],
        shifts=tuple(ShiftTemplate(**shift) for shift in entry["shift"]),
    )
    wrong = list(mistakes(template))
    if wrong:
        raise ValueError(f"template {template.key}: {'; '.join(wrong)}")
    return template


def mistakes(template: EventTemplate) -> list[str]:
    """What an organizer would stumble over, in words; empty for a good template."""
    titles = [shift.title for shift in template.shifts]
    checks = {
        "no such festival": template.festival_key is None or template.festival_key in BY_KEY,
        "no post": bool(titles),
        "two posts of one name": len(set(titles)) == len(titles),
        "no mark": bool(template.mark),
        "nobody serves": any(shift.kind == "service" for shift in template.shifts),
    }
    wrong = [words for words, fine in checks.items() if not fine]
    for shift in template.shifts:
        wrong += [f"{shift.title}: {words}" for words in shift_mistakes(shift)]
    return wrong


def shift_mistakes(shift: ShiftTemplate) -> list[str]:
    checks = {
        "kind is service or participant": shift.kind in ("service", "participant"),
        "start is a time of day": isinstance(shift.start, time),
        f"minutes are {SHORTEST} to {LONGEST}": SHORTEST <= shift.minutes <= LONGEST,
        f"capacity is {SMALLEST} to {LARGEST}": SMALLEST <= shift.capacity <= LARGEST,
        "minimum is 1 to capacity": 1 <= shift.minimum <= shift.capacity,
        "at most a day away from the event": abs(shift.day_offset) <= 1,
        "people gather at most an hour before": 0 <= shift.call_minutes <= 60,
        "ages are any, with_adult or adults": shift.ages in ("any", "with_adult", "adults"),
        "the briefing is missing": bool(shift.briefing.strip()),
    }
    return [words for words, fine in checks.items() if not fine]

"""The sentences that tell people what changed after the announcement.

They are kept as they were said, so they are written once, in the community's own language,
whatever language the organizer's page is in.
"""

from collections.abc import Iterator
from datetime import datetime

from volboard.core import clock
from volboard.events.drafts import EventDraft, ShiftDraft
from volboard.events.facts import EventFact, ShiftFact
from volboard.events.rules import Ages, gathering

AGES = {
    Ages.ANY: "不限年龄",
    Ages.WITH_ADULT: "未满 14 岁要有家里大人一起",
    Ages.ADULTS: "满 18 岁才能来",
}


def of_event(before: EventFact, after: EventDraft) -> tuple[str, ...]:
    """What people who signed up must hear of a change; the story is not among it."""
    return tuple(_of_event(before, after))


def of_shift(before: ShiftFact, after: ShiftDraft) -> tuple[str, ...]:
    """What people who signed up must hear of a change of their shift."""
    return tuple(_of_shift(before, after))


def _of_event(before: EventFact, after: EventDraft) -> Iterator[str]:
    if before.title != after.title:
        yield f"名称由“{before.title}”改为“{after.title}”"
    if before.place != after.place:
        yield f"地点由“{before.place}”改为“{after.place}”"
    contact = (before.contact_name, before.contact_phone)
    if contact != (after.contact_name, after.contact_phone):
        yield f"联系人改为 {after.contact_name} {after.contact_phone}".rstrip()
    if before.safety != after.safety:
        yield "安全提示有改动，请再看一遍"


def _of_shift(before: ShiftFact, after: ShiftDraft) -> Iterator[str]:
    name = f"“{before.title}”"
    if before.title != after.title:
        yield f"岗位{name}改名为“{after.title}”"
    was, now = window(before.starts_at, before.ends_at), window(after.starts_at, after.ends_at)
    if was != now:
        yield f"{name}的时间由 {was} 改为 {now}"
    if before.kind != after.kind:
        yield f"{name}改为" + ("服务岗，计时长" if after.kind == "service" else "参加，不计时长")
    yield from _of_asks(name, before, after, was != now)
    if before.briefing != after.briefing:
        yield f"{name}的说明有改动，请再看一遍"


def _of_asks(name: str, before: ShiftFact, after: ShiftDraft, moved: bool) -> Iterator[str]:
    """What the post asks of people; where it moved, the new time to gather is said too."""
    if before.call_minutes != after.call_minutes or (moved and after.call_minutes):
        at = clock.local(gathering(after.starts_at, after.call_minutes))
        yield f"{name}{at:%H:%M} 集合" if after.call_minutes else f"{name}不用提前集合"
    if before.skill != after.skill:
        yield f"{name}要：{after.skill}" if after.skill else f"{name}不再要“{before.skill}”"
    if before.ages != after.ages:
        yield f"{name}改为{AGES[Ages(after.ages)]}"


def window(starts_at: datetime, ends_at: datetime) -> str:
    """2027 年 6 月 8 日 14:00–16:30, in Beijing time; an end on another day names its day."""
    start, end = clock.local(starts_at), clock.local(ends_at)
    day = "" if start.date() == end.date() else f"{end.month} 月 {end.day} 日 "
    return f"{start.year} 年 {start.month} 月 {start.day} 日 {start:%H:%M}–{day}{end:%H:%M}"

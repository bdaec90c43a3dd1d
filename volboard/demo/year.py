"""A year of events in one community: announced, signed up for, held, and credited."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import Refusal
from volboard.events import commands as events
from volboard.events.facts import ShiftFact
from volboard.events.queries import get_managed_event
from volboard.festivals.queries import year
from volboard.festivals.templates import find_template, templates_for
from volboard.hours.confirming import confirm_all
from volboard.hours.models import Unconfirmed
from volboard.hours.witness_rules import UnconfirmedState
from volboard.signups.commands import sign_up

BACK, AHEAD = timedelta(days=330), timedelta(days=130)
NOTICE = timedelta(days=16)
EVERYDAY = (
    "clean-day",
    "fraud-talk",
    "evening-patrol",
    "day-care-company",
    "chess-arena",
    "vegetable-garden",
)
EVERYDAY_BACK, EVERYDAY_AHEAD = 42, 21
CONFIRMED_AFTER = timedelta(days=5)
BY_DAY = ("今天的小区清洁", "Yard cleaning today", (("扫院子、清杂物", 12), ("烧水、发工具", 8)))
BY_NIGHT = ("今晚的义务巡逻", "Tonight's watch", (("前院巡逻", 12), ("后院巡逻", 8)))
SQUARE = "社区门口广场"
"""Where the first event is held that a ready-made one gives no place."""
Residents = list[tuple[int, int]]


def hold_events(
    community_id: int, staff: tuple[Viewer, ...], residents: Residents, teams: list[int],
    random: Random,
) -> None:  # fmt: skip
    """Let the community live through the year around today."""
    for key, day in sorted(_plan(community_id), key=lambda item: item[1]):
        with clock.standing_at(_moment_of_notice(day)):
            event_id = events.create_from_template(key, day, community_id, staff[0], another=True)
            _give_to_a_team(event_id, random.choice(teams), staff[0])
            if not _publish(event_id, staff[0]):
                continue
        _live_through(event_id, staff, residents, random)
    _happening_now(community_id, staff, residents, random)


def _plan(community_id: int) -> Iterator[tuple[str, date]]:
    """The templates and days: each festival once or twice, and something every week."""
    today = clock.today()
    first, last = today - BACK, today + AHEAD
    for number in range(first.year, last.year + 1):
        for festival_day in year(number):
            templates = templates_for(festival_day.festival.key)
            if templates and first <= festival_day.date <= last:
                chosen = templates[community_id % len(templates)]
                yield chosen.key, festival_day.date + timedelta(days=chosen.day_offset)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    for step, offset in enumerate(range(-EVERYDAY_BACK, EVERYDAY_AHEAD + 1, 7)):
        yield EVERYDAY[(step + community_id) % len(EVERYDAY)], saturday + timedelta(days=offset)


def _moment_of_notice(day: date) -> datetime:
    """The morning on which the event was announced: some weeks before it, never after now."""
    notice = clock.instant(day, datetime.min.time()) - NOTICE + timedelta(hours=9)
    return min(notice, clock.now() - timedelta(hours=2))


def _give_to_a_team(event_id: int, team_id: int, by: Viewer) -> None:
    event = get_managed_event(event_id, by)
    day = clock.local(event.starts_at).date()
    draft = events.EventDraft(
        event.community_id, event.title, event.place or SQUARE, day, event.story, event.safety,
        by.name, event.contact_phone, event.festival, team_id, event.mark, event.title_en,
        event.story_en,
    )  # fmt: skip
    events.change_event(event_id, draft, by)


def _publish(event_id: int, by: Viewer) -> bool:
    try:
        events.publish(event_id, by)
    except Refusal:  # its last shift is over already: the demonstration began too late for it
        return False
    return True


def _live_through(
    event_id: int, staff: tuple[Viewer, ...], residents: Residents, random: Random
) -> None:
    now = clock.now()
    event = get_managed_event(event_id, staff[0])
    for shift in event.shifts:
        crowd = _sign_up(shift, residents, random)
        if shift.ends_at < now:
            _hold(shift, crowd, staff, random)


def _sign_up(shift: ShiftFact, residents: Residents, random: Random) -> Residents:
    """Some of the neighbours sign up in the days before; answers who may come."""
    wanted = random.choice((shift.capacity // 2, shift.capacity - 1, shift.capacity + 2))
    keen = random.sample(residents, min(max(wanted, shift.minimum, 2), len(residents), 14))
    crowd = []
    first = shift.starts_at - timedelta(days=9)
    for number, (account_id, volunteer_id) in enumerate(keen):
        moment = min(first + timedelta(hours=7 * number), clock.now() - timedelta(minutes=30))
        with clock.standing_at(moment):
            try:
                place = sign_up(volunteer_id, shift.id, account_id)
            except Refusal:  # they have another place at the same time
                continue
        if not place.number:
            crowd.append((account_id, volunteer_id))
    return crowd


def _hold(shift: ShiftFact, crowd: Residents, staff: tuple[Viewer, ...], random: Random) -> None:
    """Check people in and out around the planned times, and close the gate."""
    for _account, volunteer_id in crowd:
        if random.random() < 0.08:
            continue  # did not come
        came = shift.starts_at + timedelta(minutes=random.randint(-25, 12))
        left = shift.ends_at + timedelta(minutes=random.randint(-20, 6))
        gate = random.choice(staff)
        with clock.standing_at(came):
            check_in(shift.id, volunteer_id, gate, "gate", "微信 Android · 5e1f0a")
        if random.random() < 0.85:
            with clock.standing_at(left):
                check_out(shift.id, volunteer_id, gate)
    with clock.standing_at(shift.ends_at + timedelta(minutes=20)):
        close_shift(shift.id, staff[0])
    if shift.ends_at + CONFIRMED_AFTER < clock.now():
        with clock.standing_at(shift.ends_at + CONFIRMED_AFTER):
            _confirm(shift.id, staff)


def _confirm(shift_id: int, staff: tuple[Viewer, ...]) -> None:
    """The other organizers stand for those whom nobody else knew yet; the newest still wait."""
    u = Unconfirmed
    waiting = db.session.scalars(
        select(u.id).where(u.shift_id == shift_id, u.state == UnconfirmedState.WAITING)
    ).all()
    for organizer in staff if waiting else ():
        confirm_all(shift_id, waiting, organizer)


def _happening_now(
    community_id: int, staff: tuple[Viewer, ...], residents: Residents, random: Random
) -> None:
    """An event that is on right now, so that the gate can be tried at once."""
    by_day = 6 <= clock.local(clock.now()).hour < 18
    template = find_template("clean-day" if by_day else "evening-patrol")
    title, title_en, posts = BY_DAY if by_day else BY_NIGHT
    began = clock.local(clock.now() - timedelta(minutes=50)).replace(second=0, microsecond=0)
    began = began.replace(minute=began.minute // 30 * 30)
    draft = events.EventDraft(
        community_id, title, template.place, began.date(), template.story, template.safety,
        staff[0].name, mark=template.mark, title_en=title_en, story_en=template.story_en,
    )  # fmt: skip
    with clock.standing_at(clock.now() - timedelta(days=3)):
        event_id = events.create_event(draft, staff[0])
        for post, capacity in posts:
            shift = events.ShiftDraft(post, "service", began, began + timedelta(hours=5), capacity)
            events.add_shift(event_id, shift, staff[0])
        events.publish(event_id, staff[0])
    event = get_managed_event(event_id, staff[0])
    for shift_fact, neighbours in zip(event.shifts, (residents, residents[-3:]), strict=True):
        crowd = _sign_up(shift_fact, neighbours, random)
        for _account, volunteer_id in crowd[: len(crowd) // 2]:
            with clock.standing_at(began + timedelta(minutes=random.randint(0, 9))):
                check_in(shift_fact.id, volunteer_id, staff[0], "gate", "微信 Android · 5e1f0a")

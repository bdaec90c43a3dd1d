"""Whether every minute of a book rests on two, told from its rows and the diary alone.

Nothing here asks the product's rules: what stands for a line is read again from the presses, the
places, the scans and the codes of the desk, as docs/adr/0032 says it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.drills.crooked_facts import Hand, Line, Stand, Visit
from tests.drills.crooked_rows import Rows
from tests.drills.crooked_town import Said, Town, minutes
from tests.support.totals import total_minutes
from volboard.hours.queries import ledger

BEIJING = ZoneInfo("Asia/Shanghai")
SIX_HOURS, TWELVE_HOURS, A_MONTH = minutes(360), minutes(720), timedelta(days=30)
IN_PERSON = {"gate", "code", "code_shown", "walk_in", "paper_code"}


def judged(town: Town) -> Iterator[str]:
    """What is wrong with a book; nothing where every minute rests on two."""
    rows, alone = Rows(town), dict[tuple[int, int], list[Line]]()
    for line in rows.lines:
        if line.holds:
            by, faults = _made_up(line) if line.request else _credit(town, rows, line)
            yield from (f"line {line.id}: {fault}" for fault in faults)
            yield from _whatever_it_rests_on(town, rows, line)
            if len(by) == 1:
                (only,) = by
                alone.setdefault((line.volunteer, only), []).append(line)
    for (person, only), lines in alone.items():
        if any(_beyond(lines, first.served_from) for first in lines):
            yield f"volunteer {person}: more than twelve hours a month rest on {only}"
    yield from _totals(town, rows)


def _whatever_it_rests_on(town: Town, rows: Rows, line: Line) -> Iterator[str]:
    if line.volunteer in town.invented:
        yield f"line {line.id}: minutes of somebody invented"
    if line.extra > line.minutes * _percent(town, line) / 100:
        yield f"line {line.id}: worth more than two agreed on"
    if line.minutes > line.before and line.recorded_by in rows.hands(line, town):
        yield f"line {line.id}: bettered by somebody who had a hand in it"


def _percent(town: Town, line: Line) -> int:
    """What a night of that day could add: agreed on the day before, or earlier."""
    held = [percent for at, percent in town.worth if _day(at) < _day(line.served_from)]
    return held[-1] if held else 0


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


def _credit(town: Town, rows: Rows, line: Line) -> tuple[frozenset[int], list[str]]:
    """The organizers on whom a line of the gate rests, and what is wrong with it."""
    credit = rows.credits[line.attendance]
    stand = stands(town, rows, credit)
    by = stand.organizers | {one.recorded_by for one in rows.corrections(line)}
    at, announced_by = town.public.get(credit.shift, (credit.starts, 0))
    is_odd = at >= credit.starts or credit.ends - credit.starts > TWELVE_HOURS
    late = _is_late(rows, credit, town) and not _looked_at(town, rows, credit)
    said = {one.account for one in town.said if one.attendance == credit.attendance}
    kept = rows.kept[credit.attendance]
    found = {
        "rests on one": len(by) + stand.own < 2,
        "nobody else has seen the person": len(by) == 1 and not _is_known(town, rows, credit, by),
        "late, and nobody confirmed it": late,
        "sudden or long, and on one": announced_by and is_odd and not by - {announced_by},
        f"tells {sorted(kept)}, and {sorted(stand.accounts)} stand for it":
            not kept or not stand.accounts - said <= kept <= stand.accounts | said,
    }  # fmt: skip
    return by, [fault for fault, applies in found.items() if applies]


def stands(town: Town, rows: Rows, credit: Visit) -> Stand:
    """Who stood for it when it became a line."""
    story = rows.story(credit.attendance, _judged_at(town, credit))
    owner = credit.account
    own = [one.at for one in story
           if (one.by == owner and one.how == "venue") or one.how == "code_shown"]  # fmt: skip
    own += [at for at in rows.signs(credit) if at < credit.ends]
    confirmed = _confirmations(town, rows, credit)
    pressed = {one.by for one in story if one.by != owner}
    organizers = pressed | {one.account for one in confirmed if one.account != owner}
    own += [one.at for one in confirmed if one.account == owner]
    honest = any(not rows.by_a_desk_code(owner, at, credit.recorded_at) for at in own)
    everybody = organizers | ({owner} if own else set())
    return Stand(frozenset(organizers), honest, frozenset(everybody))


def _judged_at(town: Town, credit: Visit) -> datetime:
    """The last closing that could have seen it before it became a line."""
    return max(at for at in town.closings[credit.shift] if at <= credit.recorded_at)


def _confirmations(town: Town, rows: Rows, credit: Visit) -> list[Said]:
    """Those who looked at these same times, and said yes."""
    last = rows.times(credit.attendance, _judged_at(town, credit))
    found = []
    for one in town.said:
        if one.attendance != credit.attendance or one.at > credit.recorded_at:
            continue
        shown = max(at for at in town.closings[credit.shift] if at <= one.at)
        if rows.times(credit.attendance, shown) == last:
            found.append(one)
    return found


def _is_known(town: Town, rows: Rows, credit: Visit, by: frozenset[int]) -> bool:
    """Whether an organizer of another line let this one person in, in person and in time."""
    for other in rows.visits(credit.volunteer):
        for closed in town.closings[other.shift]:
            story = rows.story(other.attendance, closed)
            if closed > credit.recorded_at or not story:
                continue
            first = story[0]
            if first.how in IN_PERSON and first.by not in by | {other.account} \
                    and first.arrived <= other.ends + SIX_HOURS:  # fmt: skip
                return True
    return False


def _is_late(rows: Rows, credit: Visit, town: Town) -> bool:
    story = rows.story(credit.attendance, _judged_at(town, credit))
    return any(one.arrived >= credit.ends + SIX_HOURS + minutes(1) for one in story)


def _looked_at(town: Town, rows: Rows, credit: Visit) -> bool:
    return any(
        one.account != credit.account
        or not rows.by_a_desk_code(credit.account, one.at, credit.recorded_at)
        for one in _confirmations(town, rows, credit)
    )


def _made_up(line: Line) -> tuple[frozenset[int], list[str]]:
    """Nobody alone, and what is wrong with a line that was made up."""
    asked, decided = line.request or (Hand(None, None), Hand(None, None))
    is_one = asked.account == decided.account or asked.phone == decided.phone
    return frozenset(), ["one person or one phone made it up"] if is_one else []


def _beyond(lines: list[Line], start: datetime) -> bool:
    within = [one.minutes for one in lines if start <= one.served_from < start + A_MONTH]
    return sum(within) > TWELVE_HOURS.total_seconds() / 60


def _totals(town: Town, rows: Rows) -> Iterator[str]:
    for person in {one.volunteer for one in rows.lines}:
        mine = [one for one in rows.lines if one.volunteer == person]
        counted = sum(one.minutes + one.extra for one in mine)
        if not counted == total_minutes(person) == ledger(person).total:
            yield f"volunteer {person}: the total is not the sum"
        if any(earlier.id > later.id for earlier, later in pairwise(mine)):
            yield f"volunteer {person}: lines out of order"

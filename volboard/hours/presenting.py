"""What a closing brings: credited where it rests on two, kept as 待确认 where it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from volboard.communities.rule_queries import CommunityRules
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.commands import Evidence, credit
from volboard.hours.models import Unconfirmed
from volboard.hours.rules import written
from volboard.hours.telling import tell_it_waits
from volboard.hours.witness_rules import Lack, UnconfirmedState
from volboard.hours.witnesses import Presented, cases, digests, keep


@dataclass(frozen=True)
class Outcome:
    """How many presences became lines, and how many wait for somebody."""

    credited: int = 0
    waiting: int = 0


def present(
    shift_id: int, evidence: Sequence[Evidence], by: int, rules: CommunityRules
) -> Outcome:  # fmt: skip
    """Credit each presence of a shift that rests on two, and let the others wait.

    Inside the caller's transaction. What was presented before and waits is judged anew; what
    was refused stays so, unless its times are others now. Whoever confirmed other times has not
    confirmed these.
    """
    before = _before(shift_id)
    found = [one for one in evidence if _is_to_be_judged(one, before.get(one.attendance_id))]
    keep({one.attendance_id: one.witnesses for one in found}, [
        one.attendance_id for one in found
        if (old := before.get(one.attendance_id)) and not _same(one, old)
    ])  # fmt: skip
    judged = cases(shift_id, [_presented(one) for one in found])
    credited, waiting, told = 0, [], digests(judged.keys())
    for one in found:
        lacks, old = judged[one.attendance_id].lacks, before.get(one.attendance_id)
        if lacks:
            _wait(one, old, lacks, by)
            waiting.append(one)
        else:
            credited += credit(one, by, rules, told[one.attendance_id]) is not None
            _settle(old, by)
    tell_it_waits(shift_id, [one.volunteer_id for one in waiting], by)
    return Outcome(credited, len(waiting))


def evidence_columns(one: Evidence) -> dict[str, object]:
    """What is kept of the closing's evidence while it waits."""
    there = one.presence
    return {
        "minutes": there.minutes, "planned_minutes": one.planned_minutes,
        "served_from": there.start, "served_to": there.end, "breaks": written(there.breaks),
        "rule": there.rule, "how": one.how, "seen_by": one.seen_by, "seen_at": one.seen_at,
        "device": one.device,
    }  # fmt: skip


def _before(shift_id: int) -> Mapping[int, Unconfirmed]:
    rows = select(Unconfirmed).where(Unconfirmed.shift_id == shift_id)
    found = db.session.scalars(rows.execution_options(populate_existing=True))
    return {one.attendance_id: one for one in found}


def _is_to_be_judged(one: Evidence, old: Unconfirmed | None) -> bool:
    if one.presence.minutes < 1:
        return False
    return old is None or old.state == UnconfirmedState.WAITING or not _same(one, old)


def _same(one: Evidence, old: Unconfirmed) -> bool:
    """Whether the presence is the one that waits already."""
    there = one.presence
    return (there.start, there.end, written(there.breaks)) == (
        old.served_from, old.served_to, old.breaks,
    )  # fmt: skip


def _presented(one: Evidence) -> Presented:
    there = one.presence
    return Presented(one.attendance_id, one.volunteer_id, there.start, there.minutes)


def _wait(one: Evidence, old: Unconfirmed | None, lacks: tuple[Lack, ...], by: int) -> None:
    columns = evidence_columns(one) | {"lacks": " ".join(lacks), "closed_by": by}
    if old is None:
        db.session.execute(insert(Unconfirmed), [columns | {
            "attendance_id": one.attendance_id, "volunteer_id": one.volunteer_id,
            "community_id": one.community_id, "shift_id": one.shift_id, "since": clock.now(),
        }])  # fmt: skip
        return
    if not _same(one, old):
        columns |= {"since": clock.now(), "state": UnconfirmedState.WAITING, "settled_at": None,
                    "settled_by": None, "answer": ""}  # fmt: skip
    rewrite(old, **columns)


def _settle(old: Unconfirmed | None, by: int) -> None:
    if old is not None:
        rewrite(old, state=UnconfirmedState.CREDITED, settled_at=clock.now(), settled_by=by)


def rewrite(row: Unconfirmed, **columns: object) -> None:
    """Write the columns that somebody decided on; the row is held."""
    db.session.execute(
        update(Unconfirmed)
        .where(Unconfirmed.id == row.id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )

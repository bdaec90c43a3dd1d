"""The database itself refuses whatever would change, remove or forge a line."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from tests.conftest import both_engines
from tests.hours.forging import append, forged, in_its_chain, otto_came, refused
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO
from tests.support.totals import total_minutes
from tests.support.town import NOON, viewer_of
from volboard.core import clock
from volboard.core.db import transaction
from volboard.hours.chain import seal_before
from volboard.hours.commands import correct
from volboard.hours.models import HourEntry

pytestmark = [both_engines, pytest.mark.usefixtures("two_credits")]


@pytest.mark.parametrize("table", ["hour_entries", "attendance_log"])
def test_no_line_is_changed_or_deleted(table: str) -> None:
    refused("append_only", f"UPDATE {table} SET id = id + 100")
    refused("append_only", f"DELETE FROM {table}")
    refused("append_only", f"DELETE FROM {table} WHERE id = 1")
    refused("append_only", "UPDATE hour_entries SET minutes = 1 WHERE id = 1")


TAKES_THE_FIRST_LINES_ID = {
    "id": 1, "kind": "reversal", "minutes": -120, "reverses": 1, "reason": "错",
}  # fmt: skip
"""A line that every other guard would let in."""


def test_a_line_is_not_overwritten_by_upsert(engine: str) -> None:
    insert = sqlite.insert if engine == "sqlite" else postgresql.insert
    line = in_its_chain(TAKES_THE_FIRST_LINES_ID)
    same = insert(HourEntry).values(line)
    refused("append_only", same.on_conflict_do_update(index_elements=["id"], set_={"minutes": 1}))
    append(**(TAKES_THE_FIRST_LINES_ID | {"id": 99}))


@pytest.mark.parametrize("word", ["REPLACE", "IGNORE"])
def test_a_line_is_not_overwritten_by_replace(engine: str, word: str) -> None:
    line = insert(HourEntry).prefix_with(f"OR {word}")
    if engine != "sqlite":
        refused("syntax error", line.values(in_its_chain(TAKES_THE_FIRST_LINES_ID)))
        return
    refused("append_only", line.values(in_its_chain(TAKES_THE_FIRST_LINES_ID)))
    refused("append_only", "REPLACE INTO attendance_log SELECT * FROM attendance_log")


@pytest.mark.parametrize("table", ["ledger_seals", "sealed_chains"])
def test_no_seal_is_changed_removed_or_overwritten(engine: str, table: str) -> None:
    with clock.standing_at(NOON + timedelta(days=2)), transaction():
        seal_before(clock.today())
    refused("append_only", f"UPDATE {table} SET digest = 'x'")
    refused("append_only", f"DELETE FROM {table}")
    refused(
        "append_only|row|change|refus|foreign key", f"DELETE FROM {table} WHERE day > '2000-01-01'"
    )
    if engine == "sqlite":
        guards = "append_only|seal_continues_the_seals"
        refused(guards, f"REPLACE INTO {table} SELECT * FROM {table}")
    else:
        refused("append_only|row|change|refus", f"TRUNCATE {table} CASCADE")


def test_the_ledger_is_not_emptied(engine: str) -> None:
    if engine == "postgres":
        refused("append_only|foreign key", "TRUNCATE hour_entries")
        refused("not_emptied", "TRUNCATE hour_entries CASCADE")
        refused("not_emptied", "TRUNCATE attendances CASCADE")
    else:
        refused("append_only", "DELETE FROM hour_entries WHERE true")


def test_nobody_credits_themself() -> None:
    own = otto_came() | {"minutes": 10}
    forged("nobody_credits_themself", **own)
    line = append(**(own | {"recorded_by": OLGA.id}))
    append(**(own | {"kind": "reversal", "minutes": -10, "reverses": line, "reason": "错"}))
    own |= {"kind": "correction", "minutes": 9, "replaces": line, "reason": "错"}
    forged("nobody_credits_themself", **own)
    append(**(own | {"recorded_by": OLGA.id}))


def test_an_attendance_is_credited_once() -> None:
    forged(
        "append_only|one_credit_per_attendance|one_line_holds_per_shift", kind="credit", minutes=10
    )


@pytest.mark.parametrize(
    "wrong", [{"minutes": -119}, {"volunteer_id": BAO.id}, {"attendance_id": 2}, {"minutes": 120}]
)
def test_a_reversal_is_the_exact_opposite_of_its_line(wrong: dict[str, int]) -> None:
    facts: dict[str, object] = {"kind": "reversal", "minutes": -120, "reverses": 1, "reason": "错"}
    forged("reversal_fits_its_entry|entry_sign_fits_its_kind", **(facts | wrong))


def test_a_line_is_reversed_once_and_a_reversal_never() -> None:
    facts: dict[str, object] = {"kind": "reversal", "minutes": -120, "reverses": 1, "reason": "错"}
    reversal = append(**facts)
    forged("append_only|one_reversal_per_entry", **facts)
    forged("reversal_fits_its_entry|entry_sign_fits_its_kind",
            **(facts | {"minutes": 120, "reverses": reversal}))  # fmt: skip


def test_a_correction_stands_in_for_a_reversed_line_of_the_same_attendance() -> None:
    facts: dict[str, object] = {"kind": "correction", "minutes": 60, "replaces": 1, "reason": "错"}
    forged("correction_fits_its_entry", **facts)
    reversal = append(kind="reversal", minutes=-120, reverses=1, reason="错")
    for wrong in ({"volunteer_id": BAO.id, "attendance_id": 2}, {"replaces": reversal}):
        forged("correction_fits_its_entry", **(facts | wrong))
    for wrong in ({"volunteer_id": BAO.id}, {"attendance_id": 2}):
        forged("correction_fits_its_entry|minutes_rest_on_presence", **(facts | wrong))
    forged("correction_has_a_reason", **(facts | {"reason": ""}))
    append(**facts)


def test_more_minutes_need_another_person_in_the_database_too() -> None:
    line = correct(1, NOON, NOON + timedelta(hours=1), "早走了", viewer_of(OTTO))
    append(kind="reversal", minutes=-60, reverses=line, reason="错")
    more: dict[str, object] = {
        "kind": "correction",
        "minutes": 61,
        "replaces": line,
        "reason": "错",
    }
    forged("correction_fits_its_entry", **more)
    forged("correction_fits_its_entry", **(more | {"recorded_by": OLGA.id}))
    append(**(more | {"recorded_by": ADA.id}))
    assert total_minutes(MAI.id) == 61


def test_no_line_is_longer_than_the_shift_or_empty() -> None:
    line = otto_came() | {"recorded_by": OLGA.id}
    forged("credited_within_planned", **(line | {"minutes": 101, "planned_minutes": 100}))
    forged("minutes_within_presence", **(line | {"minutes": 121, "planned_minutes": 200}))
    forged("entry_sign_fits_its_kind", **(line | {"minutes": 0}))
    append(**(line | {"minutes": 120}))

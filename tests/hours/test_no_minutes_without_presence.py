"""Minutes rest on the presence that the gate saw: the database refuses all others."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.conftest import both_engines
from tests.hours.forging import CAME, append, forged, otto_came
from tests.support.cast import BAO, OLGA, OTTO, RAIL
from tests.support.town import NOON
from volboard.core.db import db, transaction

pytestmark = [both_engines, pytest.mark.usefixtures("two_credits")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"attendance_id": 1}, {"volunteer_id": BAO.id}, {"community_id": RAIL},
        {"seen_by": OTTO.id}, {"seen_at": NOON}, {"served_from": CAME},
        {"served_to": NOON + timedelta(minutes=121)},
    ],
)  # fmt: skip
def test_no_minutes_without_the_presence_that_bears_them(wrong: dict[str, object]) -> None:
    line = otto_came() | {"recorded_by": OLGA.id, "minutes": 60}
    forged("minutes_rest_on_presence|append_only", **(line | wrong))
    append(**line)


@pytest.mark.parametrize(
    "change",
    [
        "attendances SET state = 'absent', checked_in_at = NULL WHERE id = :came",
        "attendances SET state = 'left', checked_out_at = checked_in_at WHERE id = :came",
        "shifts SET kind = 'participant'",
        "shifts SET called_off_at = closed_at",
        "shifts SET closed_at = NULL",
        "events SET state = 'cancelled', cancel_reason = '下雨'",
    ],
)
def test_no_minutes_for_who_did_not_stay_nor_at_a_post_that_earns_none(change: str) -> None:
    line = otto_came() | {"recorded_by": OLGA.id, "minutes": 60}
    with transaction():
        came = {"came": line["attendance_id"]} if ":came" in change else {}
        db.session.execute(text(f"UPDATE {change}"), came)
    forged("minutes_rest_on_presence", **line)

"""The database keeps a proof as it was issued, and numbers never repeat."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.certificates.service import (
    LAST,
    LATER,
    a_service,
    proof_of,
    stored,
)
from tests.conftest import both_engines
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, TIAN
from tests.support.town import viewer_of
from volboard.certificates.commands import revoke
from volboard.certificates.queries import find
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

pytestmark = both_engines


def test_running_numbers_neither_repeat_nor_leave_gaps(app: Flask) -> None:
    people = (MAI, BAO, OTTO, ADA)
    with app.app_context():
        a_service(*people)

    def press(person_and_year: tuple[object, int]) -> str:
        person, days = person_and_year
        with app.app_context():
            return proof_of(person, last=LAST, moment=LATER + timedelta(days=days))  # type: ignore[arg-type]

    todo = [(person, days) for days in range(4) for person in people]
    with ThreadPoolExecutor(4) as crowd:
        numbers = list(crowd.map(press, todo))
    running = sorted(number.split("-")[2] for number in numbers)
    assert running == [f"{n:06}" for n in range(1, len(todo) + 1)]


def test_each_year_and_community_begins_at_one(inside: Flask) -> None:
    a_service(MAI)
    assert proof_of().startswith("001-2027-000001-")
    assert proof_of(shows_name=True).startswith("001-2027-000002-")
    assert proof_of(moment=LATER + timedelta(days=365)).startswith("001-2028-000001-")


@pytest.mark.parametrize(
    "change",
    [
        "number = 'x'", "code = 'x'", "minutes = 121", "facts = '{}'", "seal = 'x'",
        "shows_name = NOT shows_name", "volunteer_id = 2", "community_id = 2",
        "first_day = '2020-01-01'", "last_day = '2027-12-31'", "ledger_digest = 'x'",
        "issued_by = 2", "issued_at = '2020-01-01 00:00:00'",
    ],
)  # fmt: skip
def test_the_database_keeps_a_proof_as_it_was_issued(inside: Flask, change: str) -> None:
    a_service(MAI)
    number = proof_of()
    before = find(number, viewer_of(MAI))
    with pytest.raises(DatabaseError, match=r"certificate_stays_as_issued|refuse"), transaction():
        db.session.execute(text(f"UPDATE certificates SET {change}"))
    assert find(number, viewer_of(MAI)) == before


@pytest.mark.parametrize(
    "change",
    [
        "revoked_at = NULL, revoked_by = NULL, revoke_reason = ''", "revoke_reason = '别的'",
        "revoked_at = '2027-12-01 00:00:00'", "revoked_by = 4",
    ],
)  # fmt: skip
def test_a_revocation_stands_for_good(inside: Flask, change: str) -> None:
    a_service(MAI)
    number = proof_of()
    with clock.standing_at(LATER):
        revoke(number, "写错了", viewer_of(OLGA))
    with pytest.raises(DatabaseError, match=r"certificate_stays_as_issued|refuse"), transaction():
        db.session.execute(text(f"UPDATE certificates SET {change}"))
    assert stored(number).revoke_reason == "写错了"


def test_a_stranger_and_an_organizer_elsewhere_revoke_nothing(inside: Flask) -> None:
    a_service(MAI)
    number = proof_of()
    for by in (viewer_of(MAI), viewer_of(TIAN), Viewer()):
        with pytest.raises(NotFound):
            revoke(number, "不要了", by)
    with pytest.raises(ValueError, match="reason"):
        revoke(number, "", viewer_of(OLGA))
    assert stored(number).revoked_at is None

"""No changed digit passes: in the code, the number, the total, the stored facts or beside them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.certificates.service import (
    CHANGE_FACTS,
    FOREIGN,
    a_service,
    code_of_proof,
    proof_of,
    stored,
    without_guard,
)
from tests.conftest import both_engines
from tests.support.cast import MAI
from tests.support.town import viewer_of
from volboard.certificates.errors import Broken
from volboard.certificates.queries import check, code_of, find
from volboard.certificates.rules import seal, seal_key
from volboard.certificates.verdicts import Verdict
from volboard.core.db import db, transaction


def other_digits(text: str, digits: str = "0123456789") -> Iterator[str]:
    """The text with each of its digits changed into each other one."""
    for place, sign in enumerate(text):
        for digit in digits if sign in digits else "":
            if digit != sign:
                yield text[:place] + digit + text[place + 1 :]


@both_engines
def test_every_digit_of_the_code_counts(app: Flask, number: str) -> None:
    real = code_of_proof(app, number)
    with app.app_context():
        assert check(real).verdict == Verdict.GENUINE
        for changed in other_digits(real, "0123456789abcdef"):
            assert check(changed).verdict == Verdict.UNKNOWN, changed


@both_engines
def test_every_digit_of_number_and_total_counts(app: Flask, number: str) -> None:
    with app.app_context():
        assert code_of(number, 120)
        for changed in other_digits(number):
            assert code_of(changed, 120) == "", changed
        for total in other_digits("0120"):
            assert code_of(number, int(total)) == "", total


@both_engines
def test_every_digit_of_the_stored_facts_counts(app: Flask, number: str) -> None:
    """Past the trigger, in the file itself: each digit, and each letter of the name."""
    with app.app_context():
        real, told = code_of_proof(app, number), stored(number).facts
        changes = [*other_digits(told), told.replace("麦", "鲍"), told.replace("false", "true"),
                   told + " ", "", "{}", "not JSON"]  # fmt: skip
        assert len(changes) > 900
        with transaction():
            for changed in changes:
                without_guard(CHANGE_FACTS, facts=changed)
                db.session.expire_all()
                assert check(real).verdict == Verdict.UNKNOWN, changed
                assert code_of(number, 120) == ""
        with pytest.raises(Broken):
            find(number, viewer_of(MAI))
        without_guard(CHANGE_FACTS, facts=told)
        assert check(real).verdict == Verdict.GENUINE


@both_engines
@pytest.mark.parametrize(
    "change",
    [
        "minutes = 121", "minutes = 7320", "first_day = '2027-01-02'", "last_day = '2027-07-08'",
        "shows_name = NOT shows_name", "community_id = 2", "volunteer_id = 2",
        "ledger_digest = 'x'", "issued_at = '2027-07-20 00:00:00'", "seal = 'x'", "seal = '章'",
        "key_id = NULL", "number = '001-2027-000002-93'", "code = '" + FOREIGN + "'",
    ],
)  # fmt: skip
def test_every_column_beside_the_facts_counts(app: Flask, number: str, change: str) -> None:
    with app.app_context():
        real = stored(number).code
        without_guard(f"UPDATE certificates SET {change}")
        assert {check(real).verdict, check(FOREIGN).verdict} == {Verdict.UNKNOWN}
        assert code_of(number, 120) == ""


def test_two_proofs_cannot_lend_each_other_their_facts(app: Flask) -> None:
    with app.app_context():
        a_service(MAI)
        number, other = proof_of(), proof_of(shows_name=True)
        lent = stored(other)
        lent_facts, lent_seal, real = lent.facts, lent.seal, stored(number).code
        without_guard("UPDATE certificates SET facts = :facts, seal = :seal WHERE number = :number",
                      facts=lent_facts, seal=lent_seal, number=number)  # fmt: skip
        assert check(real).verdict == Verdict.UNKNOWN


def test_another_key_makes_another_seal(app: Flask, number: str) -> None:
    """Whoever seals with a key of their own, under the name of the right one."""
    with app.app_context():
        row = stored(number)
        forged = seal(seal_key("a key that somebody made up at home"), number, row.code, row.facts)
        without_guard("UPDATE certificates SET seal = :seal", seal=forged)
        assert check(stored(number).code).verdict == Verdict.UNKNOWN

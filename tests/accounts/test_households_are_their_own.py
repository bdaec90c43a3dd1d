"""Nobody writes into another's household: it says itself who is of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.accounts.facts import rows
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI, OLGA, OTTO, RIVER
from tests.support.known import see
from volboard.accounts.commands import add_family, answer_household, person_at_the_gate
from volboard.accounts.commands.records import record_phone_view
from volboard.accounts.errors import FamilyFull, HadAHand, NameTaken, NoNumber, OwnHousehold
from volboard.accounts.household_queries import is_own, proposed_to
from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account
from volboard.accounts.phones import APART, normalised
from volboard.accounts.queries import Person, account_by_phone, authenticate, household, person
from volboard.accounts.rules import FAMILY_SIZE
from volboard.communities.commands import grant
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

WAY_IN = {
    "a password": "UPDATE accounts SET password_hash = 'x' WHERE phone LIKE 'apart-%'",
    "power over the site": "UPDATE accounts SET is_admin = true WHERE phone LIKE 'apart-%'",
    "an address": "UPDATE accounts SET email = 'a@b.cn' WHERE phone LIKE 'apart-%'",
    "an office": "INSERT INTO memberships (account_id, community_id, granted_at)"
    " SELECT id, 1, created_at FROM accounts WHERE phone LIKE 'apart-%'",
    "a code": "INSERT INTO desk_codes (account_id, code_hash, issued_by, issued_at, expires_at,"
    " attempts) SELECT id, 'x', 3, created_at, created_at, 0 FROM accounts"
    " WHERE phone LIKE 'apart-%'",
    "an account of its own": "INSERT INTO accounts (phone, created_at, is_admin, session_version,"
    " password_hash) SELECT 'apart-x', created_at, is_admin, 1, 'x' FROM accounts WHERE id = 1",
}


def an_aunt(by: int = OLGA.id) -> Person:
    """Somebody whom an organizer typed with Mai's number."""
    return person_at_the_gate("王小芳", MAI.phone, by)


@both_engines
def test_another_name_with_a_known_number_is_a_person_of_their_own(
    inside: Flask, engine: str
) -> None:
    aunt = an_aunt()
    assert aunt.is_self
    assert aunt.account_id != MAI.id
    assert [one.name for one in household(MAI.id)] == ["麦小芳"]
    assert [(one.volunteer_id, one.name) for one in proposed_to(MAI.id)] == [
        (aunt.volunteer_id, "王小芳")
    ]
    assert an_aunt(OTTO.id) == aunt, "the same name is the same person, whoever types it"
    assert len(proposed_to(MAI.id)) == 1


@both_engines
def test_a_yes_moves_them_in_with_their_code_and_all_that_is_theirs(
    inside: Flask, engine: str
) -> None:
    aunt = an_aunt()
    moved, left = answer_household(proposed_to(MAI.id)[0].id, True, MAI.id)
    assert (moved.volunteer_id, left) == (aunt.volunteer_id, aunt.account_id)
    found = household(MAI.id)[1]
    assert (found.volunteer_id, found.code, found.is_self) == (aunt.volunteer_id, aunt.code, False)
    assert proposed_to(MAI.id) == ()
    assert db.session.get_one(Account, left).phone == f"gone-{left}"
    assert an_aunt().volunteer_id == aunt.volunteer_id


@both_engines
def test_a_no_leaves_them_apart_for_good(inside: Flask, engine: str) -> None:
    aunt = an_aunt()
    asked = proposed_to(MAI.id)[0].id
    answer_household(asked, False, MAI.id)
    assert [one.name for one in household(MAI.id)] == ["麦小芳"]
    assert an_aunt() == aunt
    assert proposed_to(MAI.id) == (), "it is not asked twice"
    with pytest.raises(NotFound):
        answer_household(asked, True, MAI.id)


@both_engines
def test_only_the_household_with_the_number_is_asked(inside: Flask, engine: str) -> None:
    an_aunt()
    asked = proposed_to(MAI.id)[0].id
    for other in (BAO, OLGA):
        with pytest.raises(NotFound):
            answer_household(asked, True, other.id)


@both_engines
def test_others_use_up_nothing_of_a_household(inside: Flask, engine: str) -> None:
    for number in range(FAMILY_SIZE + 2):
        person_at_the_gate(f"客人{number}", MAI.phone, OLGA.id)
    add_family(MAI.id, "麦奶奶", "妈妈")
    for number in range(FAMILY_SIZE - 1):
        add_family(MAI.id, f"家人{number}", "")
    with pytest.raises(FamilyFull):
        answer_household(proposed_to(MAI.id)[0].id, True, MAI.id)
    assert len(proposed_to(MAI.id)) == FAMILY_SIZE + 2


def test_a_name_that_the_household_has_by_now_is_one_of_two(inside: Flask) -> None:
    an_aunt()
    add_family(MAI.id, "王小芳", "阿姨")
    with pytest.raises(NameTaken):
        answer_household(proposed_to(MAI.id)[0].id, True, MAI.id)


@both_engines
def test_an_organizer_proposes_nobody_to_themself(inside: Flask, engine: str) -> None:
    with pytest.raises(OwnHousehold):
        person_at_the_gate("欧妈妈", OLGA.phone, OLGA.id)
    mother = person_at_the_gate("欧妈妈", OLGA.phone, OTTO.id)
    assert is_own(mother.volunteer_id, OLGA.id), "as long as nobody has said no"
    answer_household(proposed_to(OLGA.id)[0].id, False, OLGA.id)
    assert not is_own(mother.volunteer_id, OLGA.id)


@both_engines
def test_who_checked_somebody_in_does_not_become_their_household(
    inside: Flask, engine: str
) -> None:
    """Mai organizes, and checks in somebody who gave Bao's number; Bao says no. Then it turns
    out to be her aunt, and a row that no page writes would ask Mai."""
    grant(MAI.id, RIVER, None)
    aunt = person_at_the_gate("王小芳", BAO.phone, OLGA.id)
    see(aunt.volunteer_id, by=replace(MAI, organizes=(RIVER,)))
    answer_household(proposed_to(BAO.id)[0].id, False, BAO.id)
    with transaction():
        db.session.add(HouseholdProposal(
            volunteer_id=aunt.volunteer_id, account_id=MAI.id, proposed_by=OLGA.id,
            proposed_at=clock.now()))  # fmt: skip
    with pytest.raises(HadAHand):
        answer_household(proposed_to(MAI.id)[0].id, True, MAI.id)
    assert len(proposed_to(MAI.id)) == 1
    found = person(aunt.volunteer_id)
    assert found is not None
    assert found.account_id == aunt.account_id


@both_engines
@pytest.mark.parametrize("account", [MAI.id, BAO.id])
def test_the_database_moves_nobody_without_a_yes(inside: Flask, engine: str, account: int) -> None:
    aunt = an_aunt()
    move = "UPDATE volunteers SET account_id = :to, is_self = false WHERE id = :who"
    for who in (aunt.volunteer_id, OTTO.id):
        with pytest.raises(DatabaseError, match="household_grows_by_agreement"), transaction():
            db.session.execute(text(move), {"to": account, "who": who})


@both_engines
def test_an_answer_stands(inside: Flask, engine: str) -> None:
    an_aunt()
    answer_household(proposed_to(MAI.id)[0].id, False, MAI.id)
    change = "UPDATE household_proposals SET answer = 'yes'"
    with pytest.raises(DatabaseError, match="household_answers_once"), transaction():
        db.session.execute(text(change))


@both_engines
@pytest.mark.parametrize("way", WAY_IN)
def test_nobody_gets_in_to_an_account_without_a_number(
    inside: Flask, engine: str, way: str
) -> None:
    an_aunt()
    with pytest.raises(DatabaseError, match=r"apart_|is_on_record"), transaction():
        db.session.execute(text(WAY_IN[way]))


def test_what_stands_for_a_number_is_none(inside: Flask) -> None:
    aunt = an_aunt()
    stands = db.session.get_one(Account, aunt.account_id).phone
    assert stands.startswith(APART)
    assert not any(sign.isdigit() for sign in stands), "no search for last digits finds it"
    assert normalised(stands) is None
    assert account_by_phone(stands) is None
    assert authenticate(stands, "") is None
    with pytest.raises(NoNumber):
        record_phone_view(aunt.account_id, OLGA.id, "/organize/shifts/1/gate")


@both_engines
def test_two_gates_that_type_the_same_at_once_know_one_person(app: Flask, engine: str) -> None:
    start = Barrier(2)

    def meet(by: int) -> list[Person]:
        with app.app_context():
            account_by_phone(MAI.phone)  # a warm connection, so that both really meet
            return [(start.wait(), person_at_the_gate(f"客人{number}", MAI.phone, by))[1]
                    for number in range(8)]  # fmt: skip

    with ThreadPoolExecutor(2) as gates:
        one, other = gates.map(meet, [OLGA.id, OTTO.id])
    assert one == other
    assert rows(app, "SELECT count(*) FROM household_proposals") == [(8,)]

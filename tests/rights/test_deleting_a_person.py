"""Somebody is deleted: no word of theirs is left anywhere, and every minute still adds up."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from tests.conftest import both_engines
from tests.rights.planting import AFTER, CANARIES, CHILD, NAME, PHONE, Household, a_full_life
from tests.support.cast import ADA, MAI, OLGA, OTTO, Person
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.accounts.commands import add_family, appoint_admin, quick_account
from volboard.accounts.errors import OnlyAdmin
from volboard.accounts.models import Account, Erasure, Volunteer
from volboard.accounts.queries import account_by_phone, authenticate
from volboard.accounts.rules import GONE
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.attendance.errors import StillHere
from volboard.certificates.models import Certificate
from volboard.certificates.queries import check
from volboard.certificates.verdicts import Verdict
from volboard.core import clock
from volboard.core.db import Base, db, transaction
from volboard.core.errors import NotFound
from volboard.hours.models import EntryReason, HourEntry
from volboard.hours.seals import seal_now
from volboard.hours.verifying import Book, faults
from volboard.rights.commands import erase_account, erase_member
from volboard.signups.commands import sign_up
from volboard.signups.models import Signup


def everything_stored() -> list[str]:
    """Each text of each row of each table, with its place."""
    db.session.rollback()
    found = []
    with db.engine.connect() as connection:
        for table in Base.metadata.tables.values():
            for row in connection.execute(text(f"SELECT * FROM {table.name}")).mappings():
                found += [f"{table.name}.{column}: {value}" for column, value in row.items()]
    return found


def canaries(texts: list[str]) -> list[str]:
    return [line for line in texts if any(word in line for word in CANARIES)]


def canaries_in_files(folder: Path) -> list[str]:
    """The files, and which of the words is in them; the very bytes, freed pages too."""
    return [
        f"{path.name}: {word}"
        for path in folder.rglob("*") if path.is_file()
        for word in CANARIES if word.encode() in path.read_bytes()
    ]  # fmt: skip


def minutes() -> int:
    worth = func.coalesce(func.sum(HourEntry.minutes + HourEntry.extra_minutes), 0)
    return int(db.session.scalar(select(worth)) or 0)


def the_books() -> tuple[int, list[str]]:
    """All minutes, and what is wrong with the ledger."""
    db.session.rollback()
    return minutes(), [str(fault) for fault in faults(Book())]


@both_engines
def test_no_word_of_theirs_is_left(
    inside: Flask, engine: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = a_full_life()
    with clock.standing_at(AFTER):
        seal_now()
    before, wrong = the_books()
    assert before > 0
    assert wrong == []
    planted = canaries(everything_stored())
    assert len({line.split(":")[0] for line in planted}) >= 26
    capfd.readouterr()
    with clock.standing_at(AFTER):
        erase_account(home.account)
    assert canaries(everything_stored()) == []
    assert the_books() == (before, [])
    if engine == "sqlite":
        db.session.remove()  # the connections stay open, as those of a running server do
        assert canaries_in_files(tmp_path) == []
    assert canaries(list(capfd.readouterr())) == []


@both_engines
def test_a_child_alone_is_deleted(inside: Flask, engine: str) -> None:
    home = a_full_life(4)
    before, _wrong = the_books()
    with clock.standing_at(AFTER):
        erase_member(home.account, home.child)
    left = [line for line in everything_stored() if CHILD in line or "女儿" in line]
    assert left == []
    assert the_books() == (before, [])
    assert account_by_phone(PHONE) is not None
    assert db.session.get_one(Volunteer, home.own).name == NAME


@both_engines
def test_the_place_goes_to_the_next_in_line(inside: Flask, engine: str) -> None:
    home = a_full_life(4)
    assert seats(home.future) == (2, 1)
    with clock.standing_at(AFTER):
        erase_account(home.account)
    assert seats(home.future) == (1, 0)
    live = db.session.scalars(
        select(Signup.volunteer_id).where(Signup.shift_id == home.future, Signup.state == "seated")
    ).all()
    assert live == [OLGA.id]


def test_nobody_can_sign_in_any_more(inside: Flask) -> None:
    erase_account(MAI.id)
    assert authenticate(MAI.phone, "open-the-gate-7") is None
    gone = db.session.get_one(Account, MAI.id)
    assert not any(sign.isdigit() and len(gone.phone) == 14 for sign in gone.phone)
    assert (gone.password_hash, gone.is_admin, gone.session_version) == (None, False, 2)
    with pytest.raises(NotFound):
        erase_account(MAI.id)


def test_the_number_may_join_anew(inside: Flask) -> None:
    erase_account(MAI.id)
    assert quick_account("麦小芳", MAI.phone).account_id != MAI.id


def test_the_only_admin_stays(inside: Flask) -> None:
    with pytest.raises(OnlyAdmin):
        erase_account(ADA.id)
    assert db.session.get_one(Volunteer, ADA.id).name == ADA.name
    appoint_admin(OTTO.id)
    erase_account(ADA.id)
    assert db.session.get_one(Volunteer, ADA.id).name == GONE


@both_engines
def test_whoever_is_at_a_running_shift_is_asked_to_wait(inside: Flask, engine: str) -> None:
    shift = a_shift()
    with clock.standing_at(NOON - timedelta(days=1)):
        sign_up(MAI.id, shift, MAI.id)
    with clock.standing_at(NOON):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "")
        with pytest.raises(StillHere):
            erase_account(MAI.id)
        assert db.session.get_one(Volunteer, MAI.id).name == MAI.name
    with clock.standing_at(NOON + timedelta(hours=2)):
        close_shift(shift, viewer_of(OLGA))
        erase_account(MAI.id)
    assert the_books() == (120, [])


def test_a_checked_proof_says_that_its_holder_took_it_back(inside: Flask) -> None:
    home = a_full_life(4)
    codes = db.session.scalars(select(Certificate.code)).all()
    assert {check(code).verdict for code in codes} == {Verdict.GENUINE}
    with clock.standing_at(AFTER):
        erase_account(home.account)
    told = [check(code) for code in codes]
    assert {one.verdict for one in told} == {Verdict.WITHDRAWN}
    assert {one.name for one in told} == {""}


@pytest.mark.parametrize("stranger", [OLGA, ADA, MAI])
def test_nobody_deletes_somebody_elses_family(inside: Flask, stranger: Person) -> None:
    child = add_family(OTTO.id, CHILD, "")
    with pytest.raises(NotFound):
        erase_member(stranger.id, child)
    with pytest.raises(NotFound):
        erase_member(OTTO.id, OTTO.id)
    assert db.session.get_one(Volunteer, child).name == CHILD


@both_engines
def test_what_is_frozen_is_emptied_for_the_deleted_only(inside: Flask, engine: str) -> None:
    home = a_full_life(4)

    def refused(guard: str, statement: str) -> None:
        with pytest.raises(DatabaseError, match=guard), transaction():
            db.session.execute(text(statement))

    refused("make_up_stays_as_asked", f"UPDATE make_ups SET reason = '{GONE}'")
    refused("certificate_stays_as_issued", "UPDATE certificates SET facts = ''")
    refused("erasure_leaves_no_name",
            "INSERT INTO erasures (volunteer_id, erased_at, cause)"
            f" VALUES ({home.own}, '2027-01-01', 'asked')")  # fmt: skip
    with clock.standing_at(AFTER):
        erase_account(home.account)
    refused("make_up_stays_as_asked", "UPDATE make_ups SET reason = '编的'")
    refused("make_up_stays_as_asked", "UPDATE make_ups SET came_at = left_at")
    refused("certificate_stays_as_issued", "UPDATE certificates SET facts = '{}'")
    refused("erasure_stays", "DELETE FROM erasures")
    refused("erasure_stays", "UPDATE erasures SET cause = 'retention'")
    refused("who_is_erased_stays_nameless",
            f"UPDATE volunteers SET name = '又来了' WHERE id = {home.own}")  # fmt: skip


@both_engines
def test_missing_words_are_a_fault_of_everybody_else(inside: Flask, engine: str) -> None:
    home = a_full_life(4)
    with transaction():
        db.session.execute(text("DELETE FROM entry_reasons"))
    assert len(the_books()[1]) > 0
    with clock.standing_at(AFTER):
        erase_account(home.account)
    assert the_books()[1] == []
    with transaction():
        line = db.session.scalars(select(HourEntry.id).where(HourEntry.reason_digest != "")).first()
        db.session.add(EntryReason(entry_id=line, salt="x", words="编的"))
    assert len(the_books()[1]) == 1


def a_long_life() -> Household:
    """A life of more than a hundred rows."""
    home = a_full_life(24)
    theirs = text(
        "SELECT (SELECT count(*) FROM signups WHERE made_by = :a)"
        " + (SELECT count(*) FROM attendances t JOIN volunteers v ON v.id = t.volunteer_id"
        "    WHERE v.account_id = :a)"
        " + (SELECT count(*) FROM hour_entries h JOIN volunteers v ON v.id = h.volunteer_id"
        "    WHERE v.account_id = :a)"
        " + (SELECT count(*) FROM messages WHERE account_id = :a)"
    )
    assert (db.session.scalar(theirs, {"a": home.account}) or 0) >= 140
    return home


@both_engines
def test_a_long_life_goes_with_few_statements(inside: Flask, engine: str, tmp_path: Path) -> None:
    home = a_long_life()
    before, _wrong = the_books()
    with counted(inside) as sent, clock.standing_at(AFTER + timedelta(days=60)):
        erase_account(home.account)
    assert len(sent) < 100, "it asks for row after row"
    assert canaries(everything_stored()) == []
    assert the_books() == (before, [])
    assert db.session.scalar(select(func.count()).select_from(Erasure)) == 2
    if engine == "sqlite":
        db.session.remove()  # the connections stay open, as those of a running server do
        assert canaries_in_files(tmp_path) == []

"""Rosters that are taken in while others write the same people; on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import both_engines
from tests.rosters import files
from tests.rosters.files import a_csv, an_xlsx
from tests.support.cast import BAO, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import quick_account
from volboard.accounts.models import Account, Consent, PhoneView, Volunteer
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.db import Base, db
from volboard.rosters import commands
from volboard.rosters.errors import BadRows, DraftGone
from volboard.rosters.export_queries import lines_of, residents_of, seats_of
from volboard.rosters.models import RosterDraft, RosterImport, RosterListing
from volboard.rosters.queries import preview
from volboard.rosters.settling import standings

PEOPLE = files.people(300)
FILE = a_csv(PEOPLE, "gbk")


def rows(model: type[Base]) -> int:
    """How many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def in_context(app: Flask, do: Callable[[], object]) -> object:
    """Do it as a request of its own would; a refusal is the answer."""
    with app.app_context():
        try:
            return do()
        except DraftGone as refusal:
            return refusal


def drafted(by: Person, data: bytes = FILE) -> str:
    """The key of a draft."""
    return commands.keep_draft(data, "名单.csv", RIVER, viewer_of(by))


@both_engines
def test_everybody_is_written_once_with_home_consent_and_record(inside: Flask) -> None:
    before = rows(Account)
    assert commands.take_in(drafted(OLGA), viewer_of(OLGA)) == commands.Taken(300, 0)
    assert rows(Account) == rows(Volunteer) == rows(Residency) == before + 300
    assert rows(Consent) == 300
    assert (rows(RosterDraft), rows(RosterImport)) == (0, 1)
    assert commands.take_in(drafted(OLGA), viewer_of(OLGA)) == commands.Taken(0, 300)
    assert rows(Account) == before + 300


@both_engines
def test_two_organizers_take_in_the_same_file_at_once_and_everybody_is_there_once(
    app: Flask,
) -> None:
    with app.app_context():
        before = rows(Account)
        keys = [(drafted(one), viewer_of(one)) for one in (OLGA, OTTO)]
    with ThreadPoolExecutor(2) as office:
        taken = list(office.map(
            lambda pair: in_context(app, lambda: commands.take_in(*pair)), keys
        ))  # fmt: skip
    assert sorted(one.added for one in taken if isinstance(one, commands.Taken)) == [0, 300]
    with app.app_context():
        assert rows(Account) == before + 300


@both_engines
def test_one_organizer_who_presses_twice_adds_once(app: Flask) -> None:
    with app.app_context():
        before, key = rows(Account), drafted(OLGA)
    with ThreadPoolExecutor(4) as fingers:
        answers = list(fingers.map(
            lambda _n: in_context(app, lambda: commands.take_in(key, viewer_of(OLGA))), range(4)
        ))  # fmt: skip
    assert [one for one in answers if isinstance(one, commands.Taken)] == [commands.Taken(300, 0)]
    with app.app_context():
        assert (rows(Account), rows(RosterImport)) == (before + 300, 1)


@both_engines
def test_two_communities_take_in_the_same_people_at_once(app: Flask) -> None:
    with app.app_context():
        before = rows(Account)
        here = (drafted(OLGA), viewer_of(OLGA))
        there = commands.keep_draft(a_csv(PEOPLE[::-1], "gbk"), "b.csv", 2, viewer_of(TIAN))
    pairs = [here, (there, viewer_of(TIAN))]
    with ThreadPoolExecutor(2) as offices:
        taken = list(offices.map(
            lambda pair: in_context(app, lambda: commands.take_in(*pair)), pairs
        ))  # fmt: skip
    assert taken == [commands.Taken(300, 0)] * 2, "neither is told that the other was first"
    with app.app_context():
        assert rows(Account) == before + 300
        assert rows(RosterListing) == 300


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_number_that_gets_an_account_meanwhile_does_not_stop_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = PEOPLE[7][1]
    came: list[str] = []

    def and_then_somebody_comes(*facts: Any) -> object:
        found = standings(*facts)
        if not came:
            came.append(number)
            with ThreadPoolExecutor(1) as visitor:
                visitor.submit(in_context, app, lambda: quick_account("自己来的", number)).result()
        return found

    monkeypatch.setattr(commands, "standings", and_then_somebody_comes)
    with app.app_context():
        assert commands.take_in(drafted(OLGA), viewer_of(OLGA)) == commands.Taken(300, 0)
        query = select(Volunteer.name).join(Account, Account.id == Volunteer.account_id)
        assert db.session.scalar(query.where(Account.phone == f"+86{number}")) == "自己来的"


@both_engines
def test_a_bad_row_keeps_everybody_out_and_the_draft_stays(inside: Flask) -> None:
    before, key = rows(Account), drafted(OLGA, an_xlsx([*PEOPLE, ("某", "123")]))
    with pytest.raises(BadRows):
        commands.take_in(key, viewer_of(OLGA))
    assert (rows(Account), rows(RosterDraft)) == (before, 1)


@both_engines
def test_what_the_community_has_to_do_with_a_number(inside: Flask) -> None:
    found = standings(["+86" + one.phone for one in (BAO, TIAN)], RIVER)
    facts = [(one.account_id, one.is_here, one.is_elsewhere) for one in found.values()]
    assert sorted(facts) == [(BAO.id, True, False), (TIAN.id, False, True)]
    key = drafted(OLGA)
    assert len(preview(key, viewer_of(OLGA)).new) == 300
    with (
        clock.standing_at(clock.now() + timedelta(hours=1, seconds=1)),
        pytest.raises(DraftGone),
    ):
        preview(key, viewer_of(OLGA))


@both_engines
def test_exports_are_read_on_both_engines(inside: Flask) -> None:
    assert list(seats_of(1)) == []
    assert list(lines_of(RIVER, NOON.date(), NOON.date())) == []
    assert BAO.name in [one.name for one in residents_of(RIVER)]
    assert rows(PhoneView) == 0

"""A name changes with its history, and of somebody who was seen only by two."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.accounts.facts import rows
from tests.conftest import both_engines
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO
from tests.support.known import see
from volboard.accounts.commands import (
    add_family,
    change_family,
    change_own_name,
    quick_account,
)
from volboard.accounts.commands.names import ask_for_name, decide_name, withdraw_name
from volboard.accounts.errors import NameNeedsTwo, NameTaken, NothingToRename, SecondPersonNeeded
from volboard.accounts.name_forms import folded
from volboard.accounts.name_queries import is_seen, names_of
from volboard.accounts.name_rules import How
from volboard.accounts.queries import household
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

CHANGE = """INSERT INTO name_changes
(volunteer_id, old_name, new_name, how, reason, asked_by, agreed_by, at)
VALUES (:who, :old, :new, :how, :reason, :asked, :agreed, :now)"""


def name_of(account: int) -> str:
    db.session.rollback()
    return household(account)[0].name


def written(how: str, agreed: int | None = None, **other: object) -> None:
    """Write a change of Mai's name past the product."""
    values: dict[str, object] = {
        "who": MAI.id, "old": MAI.name, "new": "买家", "how": how, "reason": "有缘由",
        "asked": MAI.id, "agreed": agreed, "now": clock.now(),
    }  # fmt: skip
    with transaction():
        db.session.execute(text(CHANGE), values | other)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [("王 芳", "王芳", True), ("王芳", "王　芳", True), ("ＡＢ", "AB", True),
     ("王芳", "王方", False), ("买买提·艾力", "买买提艾力", True)],
)  # fmt: skip
def test_spaces_dots_and_widths_make_no_other_name(old: str, new: str, same: bool) -> None:
    assert (folded(old) == folded(new)) is same


@both_engines
def test_who_was_never_seen_changes_at_once_and_it_is_kept(inside: Flask, engine: str) -> None:
    me = quick_account("王小芳", "13911112222")
    assert not is_seen(me.volunteer_id)
    change_own_name(me.account_id, "王晓芳")
    change_own_name(me.account_id, "王晓芳")
    assert name_of(me.account_id) == "王晓芳"
    assert [(one.old, one.new, one.how) for one in names_of(me.volunteer_id)] == [
        ("王小芳", "王晓芳", How.UNSEEN)
    ]


@both_engines
def test_who_was_seen_does_not_change_alone(inside: Flask, engine: str) -> None:
    assert is_seen(MAI.id)
    mother = add_family(MAI.id, "麦奶奶", "妈妈")
    see(mother)
    with pytest.raises(NameNeedsTwo):
        change_own_name(MAI.id, "买家")
    with pytest.raises(NameNeedsTwo):
        change_family(MAI.id, mother, "买家", "妈妈")
    assert [one.name for one in household(MAI.id)] == ["麦小芳", "麦奶奶"]
    change_own_name(MAI.id, "麦　小芳")
    assert name_of(MAI.id) == "麦小芳", "between Han signs no space is kept"
    assert names_of(MAI.id) == (), "a tidied name is the same name"


@both_engines
def test_one_asks_and_an_organizer_agrees(inside: Flask, engine: str) -> None:
    request = ask_for_name(MAI.id, "麦晓芳", "写错了", MAI.id)
    assert name_of(MAI.id) == "麦小芳", "until then the old name stands"
    with pytest.raises(SecondPersonNeeded):
        decide_name(request, True, MAI.id)
    decide_name(request, True, OLGA.id)
    assert name_of(MAI.id) == "麦晓芳"
    assert [(one.old, one.new, one.how) for one in names_of(MAI.id)] == [
        ("麦小芳", "麦晓芳", How.AGREED)
    ]
    with pytest.raises(NotFound):
        decide_name(request, True, OTTO.id)


@both_engines
def test_where_an_organizer_asked_another_one_agrees(inside: Flask, engine: str) -> None:
    request = ask_for_name(MAI.id, "麦晓芳", "看过身份证", OLGA.id)
    with pytest.raises(SecondPersonNeeded):
        decide_name(request, True, OLGA.id)
    decide_name(request, True, OTTO.id)
    assert name_of(MAI.id) == "麦晓芳"


@both_engines
def test_nobody_agrees_for_their_own_household(inside: Flask, engine: str) -> None:
    mother = add_family(OLGA.id, "欧妈妈", "妈妈")
    request = ask_for_name(mother, "欧奶奶", "写错了", OTTO.id)
    with pytest.raises(SecondPersonNeeded):
        decide_name(request, True, OLGA.id)
    decide_name(request, False, ADA.id)
    assert household(OLGA.id)[1].name == "欧妈妈"


@both_engines
def test_a_newer_wish_takes_the_place_of_the_older_one(inside: Flask, engine: str) -> None:
    first = ask_for_name(MAI.id, "麦甲", "一", MAI.id)
    second = ask_for_name(MAI.id, "麦乙", "二", MAI.id)
    with pytest.raises(NotFound):
        decide_name(first, True, OLGA.id)
    with pytest.raises(NotFound):
        withdraw_name(second, BAO.id)
    withdraw_name(second, MAI.id)
    with pytest.raises(NotFound):
        decide_name(second, True, OLGA.id)
    assert name_of(MAI.id) == "麦小芳"


def test_a_wish_for_the_name_as_it_is_or_for_one_of_the_family_is_refused(inside: Flask) -> None:
    add_family(MAI.id, "麦奶奶", "妈妈")
    with pytest.raises(NothingToRename):
        ask_for_name(MAI.id, "麦小芳", "没有", MAI.id)
    with pytest.raises(NameTaken):
        ask_for_name(MAI.id, "麦奶奶", "同名", MAI.id)
    waits = ask_for_name(MAI.id, "麦桂兰", "改", MAI.id)
    add_family(MAI.id, "麦桂兰", "姐姐")
    with pytest.raises(NameTaken):
        decide_name(waits, True, OLGA.id)


@both_engines
@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ("seen_name_takes_two", {"how": "unseen"}),
        ("name_is_agreed_by_another", {"how": "agreed", "agreed": BAO.id}),
        ("name_is_agreed_by_another", {"how": "agreed", "agreed": OLGA.id, "reason": ""}),
        ("name_is_agreed_by_another", {"how": "agreed", "agreed": MAI.id, "asked": OLGA.id}),
        ("name_takes_two", {"how": "agreed", "agreed": OLGA.id, "asked": OLGA.id}),
        ("agreed_name_has_its_person", {"how": "tidied", "agreed": OLGA.id}),
        ("name_change_follows", {"how": "agreed", "agreed": OLGA.id, "old": "别人"}),
    ],
)
def test_the_database_wants_two_persons(
    inside: Flask, engine: str, guard: str, change: dict[str, object]
) -> None:
    with pytest.raises(DatabaseError, match=guard):
        written(**change)  # type: ignore[arg-type]


@both_engines
@pytest.mark.parametrize(
    ("guard", "statement"),
    [
        ("name_has_its_history", "UPDATE volunteers SET name = '买家' WHERE id = 1"),
        ("name_history_stays", "UPDATE name_changes SET old_name = '买家'"),
        ("name_history_stays", "UPDATE name_changes SET old_name = '', new_name = '', reason = ''"),
        ("name_history_stays_for_ever", "DELETE FROM name_changes"),
    ],
)
def test_the_database_lets_no_name_change_without_its_row(
    app: Flask, engine: str, guard: str, statement: str
) -> None:
    with app.app_context():
        change_own_name(quick_account("王小芳", "13911112222").account_id, "王晓芳")
        with pytest.raises(DatabaseError, match=guard), transaction():
            db.session.execute(text(statement))
    assert rows(app, "SELECT old_name FROM name_changes") == [("王小芳",)]

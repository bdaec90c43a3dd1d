"""Accounts come to be: by joining, by a quick signup, at the gate."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from tests.accounts.facts import rows
from tests.conftest import both_engines
from tests.support.cast import MAI, OLGA
from volboard.accounts import commands
from volboard.accounts.errors import NotAName, NotAPhone, PhoneKnown, PhoneTaken
from volboard.accounts.queries import (
    Person,
    account,
    account_by_phone,
    authenticate,
    household,
    person_by_code,
)

NEW = "13911112222"
SECRET = "two words and 7"


@both_engines
def test_whoever_joins_has_one_volunteer_of_their_own(inside: Flask, engine: str) -> None:
    account_id = commands.join(" 王  小芳\u200b ", "＋86 139-1111-2222", SECRET)
    (me,) = household(account_id)
    assert (me.name, me.is_self, me.relation) == ("王小芳", True, "")
    assert person_by_code(me.code) == me
    assert len(me.code) == 32
    assert authenticate(NEW, SECRET) == account_id
    fact = account(account_id)
    assert fact is not None
    assert (fact.phone, fact.verified_at, fact.is_admin) == ("+8613911112222", None, False)


@both_engines
def test_one_number_is_one_account_however_it_is_typed(inside: Flask, engine: str) -> None:
    for typed in (MAI.phone, "+86" + MAI.phone, "１３８０００００００１"):
        with pytest.raises(PhoneTaken):
            commands.join("另一个人", typed, SECRET)


@both_engines
def test_four_who_join_at_once_with_one_number_are_one(app: Flask, engine: str) -> None:
    start = Barrier(4)

    def press(name: str) -> int | None:
        with app.app_context():
            start.wait()
            try:
                return commands.join(name, NEW, SECRET)
            except PhoneTaken:
                return None

    with ThreadPoolExecutor(4) as crowd:
        made = [one for one in crowd.map(press, ["甲", "乙", "丙", "丁"]) if one]
    assert len(made) == 1
    assert len(rows(app, "SELECT id FROM accounts WHERE phone = '+8613911112222'")) == 1
    assert len(rows(app, "SELECT id FROM volunteers WHERE account_id = :id", id=made[0])) == 1


@both_engines
def test_a_quick_account_has_no_password_and_is_not_verified(inside: Flask, engine: str) -> None:
    me = commands.quick_account("王小芳", NEW)
    fact = account(me.account_id)
    assert fact is not None
    assert not fact.has_password
    assert fact.verified_at is None
    assert authenticate(NEW, "") is None


def test_a_quick_signup_with_a_known_number_is_sent_to_the_password(inside: Flask) -> None:
    with pytest.raises(PhoneKnown) as refused:
        commands.quick_account("冒名的人", MAI.phone)
    assert "请输入密码" in str(refused.value)
    assert [one.name for one in household(MAI.id)] == ["麦小芳"]


@both_engines
def test_at_the_gate_a_new_number_makes_an_account(inside: Flask, engine: str) -> None:
    first = commands.person_at_the_gate("王小芳", NEW, OLGA.id)
    again = commands.person_at_the_gate(" 王小芳 ", "+86 " + NEW, OLGA.id)
    assert first == again
    assert first.is_self


@both_engines
def test_at_the_gate_a_name_of_the_household_is_that_one(inside: Flask, engine: str) -> None:
    mother = commands.add_family(MAI.id, "麦奶奶", "妈妈")
    herself = commands.person_at_the_gate("麦小芳", MAI.phone, OLGA.id)
    assert herself.volunteer_id == MAI.id
    assert commands.person_at_the_gate(" 麦奶奶", MAI.phone, OLGA.id).volunteer_id == mother


@both_engines
def test_two_gates_that_meet_a_new_number_at_once_know_one_person(app: Flask, engine: str) -> None:
    start = Barrier(2)

    def meet(phones: list[str]) -> list[Person]:
        with app.app_context():
            account_by_phone(phones[0])  # a warm connection, so that both really meet
            return [
                (start.wait(), commands.person_at_the_gate("王小芳", one, OLGA.id))[1]
                for one in phones
            ]

    phones = [f"139111122{number:02}" for number in range(10)]
    with ThreadPoolExecutor(2) as gates:
        one, other = gates.map(meet, [phones, phones])
    assert one == other


def test_verifying_keeps_the_first_who_saw_them(inside: Flask) -> None:
    me = commands.quick_account("王小芳", NEW)
    commands.verify(me.account_id, OLGA.id)
    first = account(me.account_id)
    commands.verify(me.account_id, MAI.id)
    assert account(me.account_id) == first
    assert first is not None
    assert first.verified_at is not None
    seen = rows(inside, "SELECT verified_by FROM accounts WHERE id = :id", id=me.account_id)
    assert seen == [(OLGA.id,)]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "长" * 41, "王\x00芳", "王\n芳", "王\ud800"])
def test_no_account_without_a_proper_name(inside: Flask, name: str) -> None:
    with pytest.raises(NotAName):
        commands.join(name, NEW, SECRET)


@pytest.mark.parametrize(
    "phone",
    ["", "123", "12345678901", "138000000011", "02112345678", "+1 212 555 0100", "1-800-FLOWERS",
     "13800000001;ext=5", "1380000000\x001", "1" * 10_000, "' OR 1=1", "tel:13800000001"],
)  # fmt: skip
def test_no_account_without_a_mobile_number(inside: Flask, phone: str) -> None:
    with pytest.raises(NotAPhone):
        commands.join("王小芳", phone, SECRET)


def test_looking_at_a_number_is_written_down(inside: Flask) -> None:
    assert commands.record_phone_view(MAI.id, OLGA.id, "/organize/shifts/1/gate") == MAI.phone
    seen = rows(inside, "SELECT account_id, viewed_by, place FROM phone_views")
    assert seen == [(MAI.id, OLGA.id, "/organize/shifts/1/gate")]

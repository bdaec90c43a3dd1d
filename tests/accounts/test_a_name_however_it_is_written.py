"""A name is one name, with whatever spaces, dots, widths and signs somebody typed it."""

import os

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from tests.accounts.facts import rows
from tests.conftest import both_engines
from tests.support.cast import MAI
from tests.support.names import neighbours
from volboard.accounts.commands import add_family, change_own_name, quick_account
from volboard.accounts.errors import NameTaken
from volboard.accounts.household_queries import person_by_number
from volboard.accounts.models import Volunteer
from volboard.accounts.name_forms import canonical, folded
from volboard.accounts.pinyin import readings
from volboard.accounts.queries import household, person_named
from volboard.core import clock
from volboard.core.db import db, transaction

NAMES = int(os.environ.get("VOLBOARD_NAMES", "300"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("李　四", "李四"),
        (" 李 四 ", "李四"),
        ("李 小 四。", "李小四"),
        ("李\u200b四", "李四"),
        ("李\U000e0100四", "李四"),
        ("\uf9e1四", "李四"),
        ("⽅芳", "方芳"),
        ("\ue863小燕", "䶮小燕"),
        ("\ue000小燕", "\ue000小燕"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽··买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("Ａｎｎａ　Ｌｅｅ", "Anna Lee"),
        ("O’Brien", "O'Brien"),
        ("O´Brien", "O'Brien"),
        ("Jean‐Luc", "Jean-Luc"),
        ("J. Smith", "J. Smith"),
        ("José", "José"),
        ("李 Tom", "李 Tom"),
        ("ཚེ་རིང་", "ཚེ་རིང་"),
        ("·", "·"),
    ],
)
def test_a_name_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("李四", "李 四", True),
        ("阿依古丽·买买提", "阿依古丽买买提", True),
        ("Mary-Ann O'Brien", "mary ann obrien", True),
        ("José", "JOSE", True),
        ("Łukasz", "Lukasz", True),
        ("Groß", "GROSS", True),
        ("\ue863燕", "䶮燕", True),
        ("张晓燕", "张小燕", False),
        ("李四", "李四光", False),
        ("陈大文", "陳大文", False),
        ("\ue000燕", "\ue001燕", False),
        ("ཚེ་རིང་", "ཚ་རང་", False),
        ("·", "-", False),
    ],
)
def test_two_ways_of_writing_are_one_name_or_two(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


@given(st.text(max_size=40))
@example("\ufe32")
@example("\u2033")
@example("\u0149.\xb4")
@example("李。 。王")
@example("\xa8")
def test_a_kept_name_is_kept_again_as_it_is(typed: str) -> None:
    assert canonical(canonical(typed)) == canonical(typed)
    assert folded(canonical(typed)) == folded(typed)
    assert bool(folded(typed)) is bool(canonical(typed))


@pytest.mark.parametrize(
    ("name", "initials", "forms"),
    [
        ("曾小燕", "zxy cxy", "zengxiaoyan cengxiaoyan zxy cxy zengxy xiaoyan xiaoyanzeng"),
        ("单于晟", "cys", "chanyusheng sheng"),
        ("吕布", "lb", "lvbu lyubu lubu"),
        ("欧阳娜娜", "oynn", "ouyangnana nana"),
        ("阿依古丽·买买提", "ayglmmt", "ayigulimaimaiti maimaiti mmt"),
        ("Mary O'Brien", "mo", "maryobrien obrien obrienmary"),
        ("\ue863小燕", "yxy", "yanxiaoyan"),
        ("朴恩惠", "peh", "piaoenhui puenhui"),
    ],
)
def test_a_name_has_all_its_readings(name: str, initials: str, forms: str) -> None:
    found = readings(name)
    assert set(initials.split()) <= set(found.initials.split())
    assert found.initials.split()[0][0] == initials[0]
    for form in forms.split():
        assert f" {form} " in found.forms


def test_a_name_without_any_reading_is_sorted_by_its_first_sign() -> None:
    assert readings("ཚེ་རིང་") == (folded("ཚེ་རིང་")[0], "")


@both_engines
def test_a_household_has_each_name_once(inside: Flask, engine: str) -> None:
    add_family(MAI.id, "麦　奶奶", "妈妈")
    for typed in ("麦奶奶", "麦 奶 奶", "麦奶奶。"):
        with pytest.raises(NameTaken):
            add_family(MAI.id, typed, "妈妈")
    with pytest.raises(NameTaken):
        change_own_name(MAI.id, "麦 奶奶")
    assert [one.name for one in household(MAI.id)] == ["麦小芳", "麦奶奶"]


@both_engines
def test_the_database_refuses_the_same_name_written_otherwise(inside: Flask, engine: str) -> None:
    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Volunteer(account_id=MAI.id, name="麦 小 芳", is_self=False, code="twin",
                      created_at=clock.now())
        )  # fmt: skip


def test_nobody_is_doubled_by_another_way_of_writing(inside: Flask) -> None:
    for one in neighbours(NAMES):
        made = quick_account(one.typed, one.phone)
        for typed in (one.typed, *one.again):
            found = person_by_number(one.phone, typed)
            assert found is not None, (one.typed, typed)
            assert found.volunteer_id == made.volunteer_id
            assert person_named(made.account_id, typed) == found
            with pytest.raises(NameTaken):
                add_family(made.account_id, typed, "家人")
    doubled = "SELECT account_id FROM volunteers GROUP BY account_id HAVING count(*) > 1"
    assert rows(inside, doubled) == []

"""A person looks after family members who have no phone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.cast import BAO, MAI
from volboard.accounts import commands
from volboard.accounts.errors import FamilyFull, NameTaken
from volboard.accounts.queries import household, person_by_code
from volboard.accounts.rules import FAMILY_SIZE
from volboard.core.errors import NotFound


def test_mother_is_added_renamed_and_removed(as_: SignIn) -> None:
    mai = as_(MAI)
    page = mai.open("/me/family").press("加上", "main", name="麦奶奶", relation="妈妈")
    assert "给妈妈报" in page.text("#notices")
    assert page.texts(".person__name") == ["麦小芳", "麦奶奶"]
    page = page.follow("修改").press("存下", "main", name="麦桂兰", relation="奶奶")
    assert page.texts(".person__relation") == ["您自己", "奶奶"]
    page = page.follow("修改")
    assert page.text("h1") == "麦桂兰"
    page = page.press("移出", ".confirm")
    assert page.texts(".person__name") == ["麦小芳"]


@both_engines
def test_the_household_lists_the_account_first(inside: Flask, engine: str) -> None:
    mother = commands.add_family(MAI.id, "麦奶奶", "妈妈")
    father = commands.add_family(MAI.id, "麦爷爷", "爸爸")
    assert [one.volunteer_id for one in household(MAI.id)] == [MAI.id, mother, father]
    assert len({one.code for one in household(MAI.id)}) == 3


@both_engines
def test_who_was_removed_comes_back_with_their_history(inside: Flask, engine: str) -> None:
    mother = commands.add_family(MAI.id, "麦奶奶", "妈妈")
    code = household(MAI.id)[1].code
    commands.remove_family(MAI.id, mother)
    assert len(household(MAI.id)) == 1
    assert person_by_code(code) is None
    assert commands.add_family(MAI.id, "麦奶奶", "奶奶") == mother
    back = person_by_code(code)
    assert back is not None
    assert (back.volunteer_id, back.relation) == (mother, "奶奶")


@both_engines
def test_a_household_has_each_name_once(inside: Flask, engine: str) -> None:
    mother = commands.add_family(MAI.id, "麦奶奶", "妈妈")
    for name in ("麦小芳", " 麦奶奶 ", "麦奶\u200b奶"):
        with pytest.raises(NameTaken):
            commands.add_family(MAI.id, name, "")
    with pytest.raises(NameTaken):
        commands.change_family(MAI.id, mother, "麦小芳", "")
    with pytest.raises(NameTaken):
        commands.change_own_name(MAI.id, "麦奶奶")
    commands.add_family(BAO.id, "麦奶奶", "")


@both_engines
def test_a_name_pressed_four_times_at_once_is_one_person(app: Flask, engine: str) -> None:
    start = Barrier(4)

    def press(_time: int) -> int:
        with app.app_context():
            start.wait()
            try:
                return commands.add_family(MAI.id, "麦奶奶", "妈妈")
            except NameTaken:
                return 0

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(map(bool, crowd.map(press, range(4)))) == [False, False, False, True]


def test_a_family_has_an_end(inside: Flask) -> None:
    for number in range(FAMILY_SIZE):
        commands.add_family(MAI.id, f"家人{number}", "")
    with pytest.raises(FamilyFull):
        commands.add_family(MAI.id, "又一位", "")


def test_the_end_of_the_family_is_said_in_words(app: Flask, as_: SignIn) -> None:
    with app.app_context():
        for number in range(FAMILY_SIZE):
            commands.add_family(MAI.id, f"家人{number}", "")
    page = as_(MAI).open("/me/family").press("加上", "main", name="又一位")
    assert page.status == 409
    assert "20 位" in page.whole_text


@pytest.mark.parametrize("path", ["/me/family/7", "/me/family/1", "/me/family/999"])
def test_only_the_own_family_can_be_changed(app: Flask, as_: SignIn, path: str) -> None:
    with app.app_context():
        assert commands.add_family(BAO.id, "鲍奶奶", "妈妈") == 7
    mai = as_(MAI)
    token = str(mai.open("/me/family").form("加上").select("input")[0]["value"])
    before = everything(app)
    data: dict[str, object] = {"csrf_token": token, "name": "换了名", "account_id": "2"}
    answers = [mai.open(path), mai.post(path, data), mai.post(path + "/remove", data)]
    assert [answer.status for answer in answers] == [404, 404, 404]
    assert "鲍奶奶" not in "".join(answer.whole_text for answer in answers)
    assert everything(app) == before


def test_nobody_is_removed_from_themself(inside: Flask) -> None:
    with pytest.raises(NotFound):
        commands.remove_family(MAI.id, MAI.id)


def test_a_taken_name_comes_back_as_a_form(as_: SignIn) -> None:
    page = as_(MAI).open("/me/family").press("加上", "main", name="麦小芳")
    assert page.status == 422
    assert "已经有这个名字" in page.text(".field__error")
    assert page.soup.select_one("#name")["value"] == "麦小芳"  # type: ignore[index]


@both_engines
def test_hostile_texts_stay_texts(app: Flask, as_: SignIn, engine: str) -> None:
    mai, accounts = as_(MAI), rows(app, "SELECT * FROM accounts ORDER BY id")
    for attack in attacked(mai, "/me/family", "加上", {"name": "麦奶奶", "relation": "妈妈"}):
        assert "49{" not in attack.answer.whole_text
        if attack.kind in ("NUL", "line break", "endless"):
            assert attack.answer.status == 422, attack
    assert rows(app, "SELECT * FROM accounts ORDER BY id") == accounts
    added = rows(app, "SELECT DISTINCT account_id, is_self FROM volunteers WHERE id > 6")
    assert [(account, bool(is_self)) for account, is_self in added] == [(MAI.id, False)]


def test_without_a_token_nobody_is_added(app: Flask, as_: SignIn) -> None:
    mai, before = as_(MAI), everything(app)
    assert mai.client.post("/me/family", data={"name": "麦奶奶"}).status_code == 400
    assert everything(app) == before

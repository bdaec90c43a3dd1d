"""An organizer founds a team, fills it and chooses its leader."""

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.browser import Page
from tests.support.cast import ADA, BAO, MAI, OLGA, RAIL, RIVER, TIAN, Person
from tests.teams.squad import RED_HATS, draft, make_team, viewer_of
from volboard.core.errors import NotFound
from volboard.teams import commands, kinds
from volboard.teams.errors import NobodyToAdd, NotAMember, TeamNameTaken
from volboard.teams.rules import TeamKind

NEW = {"name": "党员先锋志愿者服务队", "kind": "party", "purpose": "走访、巡逻、\n帮一把。"}


def add(page: Page, phone: str) -> Page:
    return page.press("加进队里", "main", phone=phone)


def test_a_team_is_founded_filled_and_led(app: Flask, as_: SignIn) -> None:
    olga = as_(OLGA)
    page = olga.open("/teams").follow("建一支服务队").press("建队", "main", False, **NEW)
    assert page.text("h1") == "党员先锋志愿者服务队"
    page = add(add(page, MAI.phone), "+86 138 0000 0002")
    assert page.texts(".person__name") == ["麦小芳", "鲍国强"]
    page = page.press("存下", "main", leader=str(BAO.id))
    assert page.texts(".person__name") == ["鲍国强", "麦小芳"]
    assert page.texts(".person__relation") == ["队长"]
    page = page.press("移出", ".people .confirm")
    assert page.texts(".person__name") == ["麦小芳"]
    (team,) = rows(app, "SELECT community_id, kind, purpose, leader_id FROM teams")
    assert team == (RIVER, "party", "走访、巡逻、 帮一把。", None)


def test_saving_without_a_change_changes_nothing(app: Flask, as_: SignIn) -> None:
    team = make_team(app, leader=BAO, members=(MAI, BAO))
    before = everything(app)
    page = as_(OLGA).open(f"/organize/teams/{team}")
    assert page.text("#leader [selected]") == "鲍国强"
    assert "存好了" in page.press("存下", "main").text("#notices")
    assert everything(app) == before


def test_the_admin_says_in_which_community(as_: SignIn, app: Flask) -> None:
    page = as_(ADA).open("/organize/teams/new")
    assert page.press("建队", "main", False, **NEW).status == 422
    page.press("建队", "main", False, community="2", **NEW)
    assert rows(app, "SELECT community_id FROM teams") == [(RAIL,)]


@pytest.mark.parametrize("person", [MAI, TIAN])
def test_beyond_the_border_there_is_no_such_team(app: Flask, as_: SignIn, person: Person) -> None:
    team = make_team(app, leader=BAO, members=(BAO,))
    visitor = as_(person)
    token = str(visitor.open("/me/account").form("存下名字").select("input")[0]["value"])
    before = everything(app)
    data: dict[str, object] = {"csrf_token": token, "phone": person.phone, "leader": "0", **NEW}
    path = f"/organize/teams/{team}"
    answers = [visitor.open(path), visitor.post(path, data), visitor.post(path + "/members", data),
               visitor.post(f"{path}/members/{BAO.id}/remove", data)]  # fmt: skip
    assert [answer.status for answer in answers] == [404] * 4
    assert "鲍国强" not in "".join(answer.whole_text for answer in answers)
    assert everything(app) == before


def test_a_community_cannot_be_smuggled_in(app: Flask, as_: SignIn) -> None:
    tian = as_(TIAN)
    token = str(tian.open("/organize/teams/new").form("建队").select("input")[0]["value"])
    data: dict[str, object] = {"csrf_token": token, "community": "1", "community_id": "1", **NEW}
    assert tian.post("/organize/teams/new", data).status == 422
    team = make_team(app)
    olga = as_(OLGA)
    page = olga.open(f"/organize/teams/{team}")
    token = str(page.form("存下").select("input")[0]["value"])
    olga.post(page.url, {**data, "csrf_token": token, "community": "2", "community_id": "2",
                         "leader": "0", "id": "9"})  # fmt: skip
    assert rows(app, "SELECT id, community_id, name FROM teams") == [(team, RIVER, NEW["name"])]


@both_engines
def test_commands_know_the_border_too(app: Flask, engine: str) -> None:
    team = make_team(app, members=(BAO,))
    with app.app_context():
        tian = viewer_of(TIAN)
        for command in (
            lambda: commands.create_team(RIVER, draft("另一支"), tian),
            lambda: commands.change_team(team, draft(), None, tian),
            lambda: commands.add_member(team, TIAN.phone, tian),
            lambda: commands.remove_member(team, BAO.id, tian),
        ):
            with pytest.raises(NotFound):
                command()


def test_unknown_and_foreign_numbers_look_alike(app: Flask, as_: SignIn) -> None:
    page = as_(OLGA).open(f"/organize/teams/{make_team(app)}")
    answers = [add(page, phone) for phone in ("13911112222", TIAN.phone)]
    assert [answer.status for answer in answers] == [422, 422]
    assert len({answer.text(".field__error") for answer in answers}) == 1
    assert "田铁生" not in answers[1].whole_text
    assert rows(app, "SELECT count(*) FROM team_members") == [(0,)]


def test_numbers_cannot_be_tried_out_in_bulk(app: Flask, as_: SignIn) -> None:
    page = as_(OLGA).open(f"/organize/teams/{make_team(app)}")
    codes = [add(page, f"139111122{n:02}").status for n in range(21)]
    assert codes == [422] * 20 + [429]


@both_engines
def test_a_leader_is_one_of_the_members(app: Flask, engine: str) -> None:
    team = make_team(app, members=(BAO,))
    with app.app_context():
        olga = viewer_of(OLGA)
        with pytest.raises(NotAMember):
            commands.change_team(team, draft(), MAI.id, olga)
        with pytest.raises(NotFound):
            commands.remove_member(team, MAI.id, olga)
        with pytest.raises(NobodyToAdd):
            commands.add_member(team, TIAN.phone, olga)


def test_a_stranger_cannot_be_chosen_as_leader(app: Flask, as_: SignIn) -> None:
    page = as_(OLGA).open(f"/organize/teams/{make_team(app, members=(BAO,))}")
    assert page.press("存下", "main", leader=str(MAI.id)).status == 422
    assert rows(app, "SELECT leader_id FROM teams") == [(None,)]


@both_engines
def test_a_community_has_each_team_name_once(app: Flask, engine: str) -> None:
    make_team(app)
    other = make_team(app, "另一支队")
    with app.app_context():
        with pytest.raises(TeamNameTaken):
            commands.create_team(RIVER, draft(), viewer_of(OLGA))
        with pytest.raises(TeamNameTaken):
            commands.change_team(other, draft(), None, viewer_of(OLGA))
        commands.create_team(RAIL, draft(), viewer_of(TIAN))


def test_a_taken_name_comes_back_as_a_form(app: Flask, as_: SignIn) -> None:
    make_team(app)
    page = as_(OLGA).open("/organize/teams/new")
    page = page.press("建队", "main", False, **{**NEW, "name": RED_HATS})
    assert page.status == 422
    assert "叫这个名字" in page.text(".field__error")


def test_every_kind_has_a_word(inside: Flask) -> None:
    assert [kinds.word(kind) for kind in TeamKind] == [
        "党员", "驻区单位", "居民", "青年", "妇女", "退役军人", "老年"
    ]  # fmt: skip


def test_hostile_texts_stay_texts(app: Flask, as_: SignIn) -> None:
    olga = as_(OLGA)
    for _attack in attacked(olga, "/organize/teams/new", "建队", NEW):
        pass
    for _name, purpose in rows(app, "SELECT name, purpose FROM teams"):
        assert purpose.isprintable()
    page = olga.open("/teams")
    assert "{{7*7}}" in page.whole_text
    assert "<script>alert(1)</script>" in page.whole_text
    assert not page.soup.select("main script")


def test_hostile_numbers_add_nobody(app: Flask, as_: SignIn) -> None:
    team = make_team(app)
    good = {"phone": "13911112222"}
    for attack in attacked(as_(OLGA), f"/organize/teams/{team}", "加进队里", good):
        assert attack.answer.status == 422, attack
    assert rows(app, "SELECT count(*) FROM team_members") == [(0,)]


def test_without_a_token_nothing_happens(app: Flask, as_: SignIn) -> None:
    team, olga = make_team(app, members=(BAO,)), as_(OLGA)
    before = everything(app)
    path = f"/organize/teams/{team}"
    for place in ("/organize/teams/new", path, path + "/members", f"{path}/members/2/remove"):
        data = {**NEW, "phone": MAI.phone, "community": "1", "leader": "2"}
        assert olga.client.post(place, data=data).status_code == 400
    assert everything(app) == before

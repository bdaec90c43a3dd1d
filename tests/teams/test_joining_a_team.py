"""A resident finds a team, joins it and leaves it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, RAIL, RIVER, TIAN
from tests.support.statements import counted
from tests.teams.squad import make_team, viewer_of
from volboard.communities.queries import is_resident
from volboard.teams import commands
from volboard.teams.queries import is_member, roster, team_choices, teams


def test_everybody_sees_the_teams_but_no_full_name(app: Flask, visitor: Visitor) -> None:
    make_team(app, leader=MAI, members=(MAI, BAO))
    page = visitor.open("/teams")
    assert page.text(".card__title") == "爱心红帽一刻钟服务队"
    assert page.text(".card__over") == "居民"
    assert "队长 麦*芳" in page.text(".card")
    assert "2 名队员" in page.text(".card")
    page = page.follow("爱心红帽一刻钟服务队")
    assert page.texts(".person__name") == ["麦*芳", "鲍*强"]
    assert page.texts(".person__relation") == ["队长"]
    for name in ("麦小芳", "鲍国强"):
        assert name not in page.whole_text


def test_a_community_without_a_team_says_what_to_do(visitor: Visitor) -> None:
    assert "到社区服务台说一声" in visitor.open("/teams").text(".empty")


def test_a_resident_joins_reads_the_names_and_leaves(app: Flask, as_: SignIn) -> None:
    team = make_team(app, leader=BAO, members=(BAO,))
    mai = as_(MAI)
    page = mai.open(f"/teams/{team}")
    assert page.texts(".person__name") == ["鲍*强"]
    page = page.press("加入这支队", "main")
    assert page.texts(".person__name") == ["鲍国强", "麦小芳"]
    page = page.press("退出", ".confirm")
    assert page.texts(".person__name") == ["鲍*强"]


def test_a_visitor_is_led_through_the_sign_in(app: Flask, visitor: Visitor) -> None:
    team = make_team(app)
    page = visitor.open(f"/teams/{team}").follow("登录后加入")
    page = page.press("登录", "main", phone=MAI.phone, password="open-the-gate-7")
    assert page.url == f"/teams/{team}"


def test_who_joins_from_elsewhere_belongs_here_too(app: Flask, as_: SignIn) -> None:
    team = make_team(app)
    as_(TIAN).open(f"/teams/{team}").press("加入这支队", "main")
    with app.app_context():
        assert is_resident(TIAN.id, RIVER)
        assert is_resident(TIAN.id, RAIL)


@both_engines
def test_joining_four_times_at_once_is_joining_once(app: Flask, engine: str) -> None:
    team, start = make_team(app), Barrier(4)

    def press(_time: int) -> None:
        with app.app_context():
            mai = viewer_of(MAI)
            start.wait()
            commands.join_team(team, mai)

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(press, range(4)))
    assert rows(app, "SELECT volunteer_id FROM team_members") == [(MAI.id,)]


@both_engines
def test_a_leader_who_leaves_leads_no_more(app: Flask, engine: str) -> None:
    team = make_team(app, leader=MAI, members=(MAI, BAO))
    with app.app_context():
        commands.leave_team(team, viewer_of(MAI))
        commands.leave_team(team, viewer_of(MAI))
        found = roster(team, viewer_of(BAO))
        assert (found.team.leader_id, found.team.leader, found.team.members) == (None, "", 1)
        assert not is_member(team, MAI.id)


@pytest.mark.parametrize(
    "path", ["/teams/99", "/teams/99999999999999999999", "/teams/0", "/teams/x"]
)
def test_a_team_that_does_not_exist_is_not_found(as_: SignIn, path: str) -> None:
    mai = as_(MAI)
    token = str(mai.open("/me/account").form("存下名字").select("input")[0]["value"])
    assert mai.open(path).status == 404
    assert mai.post(path + "/join", {"csrf_token": token}).status == 404
    assert mai.post(path + "/leave", {"csrf_token": token}).status == 404


def test_nobody_is_put_into_a_team_by_somebody_else(app: Flask, as_: SignIn) -> None:
    team, mai = make_team(app), as_(MAI)
    token = str(mai.open(f"/teams/{team}").form("加入").select("input")[0]["value"])
    data: dict[str, object] = {"csrf_token": token, "volunteer_id": str(BAO.id), "volunteer": "2",
                               "leader_id": "1", "account_id": "2"}  # fmt: skip
    mai.post(f"/teams/{team}/join", data)
    assert rows(app, "SELECT volunteer_id FROM team_members") == [(MAI.id,)]
    assert rows(app, "SELECT leader_id FROM teams") == [(None,)]


def test_without_a_token_nobody_joins(app: Flask, as_: SignIn) -> None:
    team, mai = make_team(app), as_(MAI)
    before = everything(app)
    for path in ("join", "leave"):
        assert mai.client.post(f"/teams/{team}/{path}").status_code == 400
        foreign = {"Origin": "https://evil.example"}
        assert mai.client.post(f"/teams/{team}/{path}", headers=foreign).status_code in (400, 403)
    assert everything(app) == before


def test_other_slices_learn_the_names_of_the_teams(app: Flask) -> None:
    team = make_team(app)
    with app.app_context():
        assert team_choices(RIVER) == ((team, "爱心红帽一刻钟服务队"),)
        assert team_choices(RAIL) == ()


def test_the_pages_cost_the_same_for_one_team_and_for_ten(app: Flask, visitor: Visitor) -> None:
    def statements(path: str) -> int:
        with counted(app) as sent:
            assert visitor.open(path).status == 200
        return len(sent)

    team = make_team(app, members=(MAI,))
    visitor.open("/teams")
    few = statements("/teams"), statements(f"/teams/{team}")
    for number in range(9):
        make_team(app, f"第{number}队", members=(MAI, BAO, OLGA))
    with app.app_context():
        assert len(teams()) == 10
        commands.join_team(team, viewer_of(BAO))
    assert (statements("/teams"), statements(f"/teams/{team}")) == few

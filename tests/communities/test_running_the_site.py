"""The admin founds communities and says who organizes in them."""

import pytest
from flask import Flask

from tests.accounts.facts import SignIn, everything, rows
from tests.accounts.hostile import attacked
from tests.conftest import both_engines
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from volboard.communities import commands
from volboard.communities.commands import CommunityDraft
from volboard.communities.errors import CommunityNameTaken, HasPower, NoSuchAccount
from volboard.communities.queries import community, load_viewer, offices, organizers
from volboard.core.access import Viewer
from volboard.core.errors import NotFound

PAGES = ("/admin", "/admin/communities/new", "/admin/communities/1", "/admin/communities/99")
NEW = {"name": "东山社区", "slug": "dongshan", "city": "牡丹江市", "address": "东山路 3 号",
       "phone": "0453-6123456"}  # fmt: skip


def viewer_of(account_id: int) -> Viewer:
    found = load_viewer(f"{account_id}.1")
    assert found is not None
    return found


def test_an_organizer_is_dismissed(app: Flask, as_: SignIn) -> None:
    with app.app_context():
        commands.grant(BAO.id, RAIL, ADA.id)
    ada, bao = as_(ADA), as_(BAO)
    page = ada.open("/admin")
    assert "138****0002" in page.whole_text
    assert BAO.phone not in page.whole_text
    assert bao.open("/organize/desk-help").status == 200
    row = next(one for one in page.soup.select(".person") if "鲍国强" in one.get_text())
    form = row.select_one("form")
    assert form is not None
    page = ada.post(
        str(form["action"]), {str(i["name"]): str(i["value"]) for i in form.select("input")}
    )
    assert "已经取消" in page.text("#notices")
    assert bao.open("/organize/desk-help").status == 404


@both_engines
def test_power_ends_at_the_border_and_with_the_office(inside: Flask, engine: str) -> None:
    commands.grant(BAO.id, RAIL, ADA.id)
    commands.grant(BAO.id, RAIL, ADA.id)
    bao = viewer_of(BAO.id)
    assert (bao.manages(RAIL), bao.manages(RIVER), bao.is_admin) == (True, False, False)
    commands.revoke(BAO.id, RAIL, ADA.id)
    assert not viewer_of(BAO.id).is_organizer
    with pytest.raises(NotFound):
        commands.revoke(BAO.id, RAIL, ADA.id)


def test_a_number_without_an_account_is_no_organizer(inside: Flask) -> None:
    with pytest.raises(NoSuchAccount):
        commands.offer_office("13911112222", RIVER, ADA.id)
    with pytest.raises(NotFound):
        commands.offer_office(BAO.phone, 99, ADA.id)
    with pytest.raises(HasPower):
        commands.offer_office(OLGA.phone, RIVER, ADA.id)


def test_organizers_are_listed_by_community(inside: Flask) -> None:
    found = [(one.account_id, one.community_id) for one in organizers()]
    assert found == [(OLGA.id, RIVER), (OTTO.id, RIVER), (TIAN.id, RAIL)]
    assert offices(TIAN.id) == {RAIL}


def test_a_community_is_founded_and_changed(app: Flask, as_: SignIn) -> None:
    ada = as_(ADA)
    page = ada.open("/admin").follow("建一个社区").press("存下", "main", False, **NEW)
    assert "东山社区" in page.texts("h2")
    page = ada.open("/admin/communities/3")
    assert page.soup.select_one("#address")["value"] == "东山路 3 号"  # type: ignore[index]
    page = page.press("存下", "main", address="东山路 4 号")
    assert "东山路 4 号" in page.whole_text
    with app.app_context():
        assert community(3).slug == "dongshan"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "沿河社区"), ("slug", "yanhe"), ("slug", "Dong Shan"), ("slug", "-x"),
     ("slug", "x\n"), ("city", " "), ("address", "长" * 121), ("phone", "")],
)  # fmt: skip
def test_a_community_needs_a_name_of_its_own(
    app: Flask, as_: SignIn, field: str, value: str
) -> None:
    page = (
        as_(ADA)
        .open("/admin/communities/new")
        .press("存下", "main", False, **(NEW | {field: value}))
    )
    assert page.status == 422
    assert page.text(".field__error")
    assert rows(app, "SELECT count(*) FROM communities") == [(2,)]


@both_engines
def test_two_communities_never_share_a_name(inside: Flask, engine: str) -> None:
    draft = CommunityDraft("tiebei", "另一个", "林口县", "路", "1")
    with pytest.raises(CommunityNameTaken):
        commands.create_community(draft)
    with pytest.raises(CommunityNameTaken):
        commands.change_community(RIVER, draft)
    assert community(RIVER).slug == "yanhe"
    with pytest.raises(NotFound):
        commands.change_community(99, draft)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("person", [MAI, OLGA, TIAN])
def test_to_everybody_else_there_is_no_admin_page(as_: SignIn, person: Person, path: str) -> None:
    page = as_(person).open(path)
    assert page.status == 404
    assert "欧阳兰" not in page.whole_text


@pytest.mark.parametrize("person", [MAI, OLGA])
def test_nobody_appoints_themself(app: Flask, as_: SignIn, person: Person) -> None:
    visitor = as_(person)
    token = str(visitor.open("/me/account").form("存下名字").select("input")[0]["value"])
    before = everything(app)
    ids = {"community": "2", "account_id": "5", "community_id": "2"}
    data: dict[str, object] = {**NEW, **ids, "phone": person.phone, "csrf_token": token}
    for path in ("/admin/organizers", "/admin/organizers/remove", "/admin/communities/new",
                 "/admin/communities/1", "/admin/offers/1/withdraw"):  # fmt: skip
        assert visitor.post(path, data).status == 404
    assert everything(app) == before


def test_a_dismissal_of_nobody_is_not_found(as_: SignIn) -> None:
    ada = as_(ADA)
    token = str(ada.open("/admin").form("给一个接任的验证码").select("input")[0]["value"])
    for account, place in (
        ("1", "1"),
        ("x", "1"),
        ("", ""),
        ("9" * 30, "1"),
        ("3", "2"),
        ("-1", "1"),
    ):
        data: dict[str, object] = {
            "account_id": account,
            "community_id": place,
            "csrf_token": token,
        }
        assert ada.post("/admin/organizers/remove", data).status == 404


def test_hostile_texts_appoint_nobody(app: Flask, as_: SignIn) -> None:
    before, ada = everything(app), as_(ADA)
    for _attack in attacked(
        ada, "/admin", "给一个接任的验证码", {"phone": "13911112222", "community": "1"}
    ):
        assert everything(app) == before
    for attack in attacked(ada, "/admin/communities/1", "存下", NEW | {"slug": "tiebei"}):
        assert attack.answer.status in (200, 422)
    assert [table for table in everything(app) if table not in before] == [
        rows(app, "SELECT * FROM communities ORDER BY 1, 2")
    ]


def test_without_a_token_nothing_happens(app: Flask, as_: SignIn) -> None:
    ada, before = as_(ADA), everything(app)
    data = {"phone": BAO.phone, "community": "1", "account_id": "3", "community_id": "1", **NEW}
    for path in ("/admin/organizers", "/admin/organizers/remove", "/admin/communities/new",
                 "/admin/communities/1"):  # fmt: skip
        assert ada.client.post(path, data=data).status_code == 400
    assert everything(app) == before

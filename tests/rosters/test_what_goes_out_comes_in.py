"""Every list of people that the product sends out it takes in again, and nothing changes."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.rosters.conftest import Sender
from tests.rosters.files import an_xlsx
from tests.rosters.test_lists_as_excel import post, rename, served
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family, give_consent
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.rules import ConsentKind
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.models import HourEntry
from volboard.rosters.models import RosterListing
from volboard.signups.commands import sign_up_by_organizer
from volboard.teams.commands import TeamDraft, add_new_people, create_team
from volboard.teams.models import TeamMember
from volboard.teams.rules import TeamKind

__all__ = ["served"]
As = Callable[[Person], Visitor]
DAYS = {"from": "2027-06-01", "to": "2027-06-30"}
QUERY = "from=2027-06-01&to=2027-06-30"
APART = ("陈试", MAI.phone)


@pytest.fixture
def town(app: Flask, as_: As, send: Sender, served: int) -> Visitor:
    """People with family, with two teams, without a number, from elsewhere, with odd names."""
    with app.app_context():
        add_family(MAI.id, "麦奶奶", "妈妈")
        add_family(MAI.id, "麦 Anna·Лена", "女儿")
        olga = viewer_of(OLGA)
        for name in ("红帽队", "蓝帽队"):
            team = create_team(1, TeamDraft(name, TeamKind.RESIDENT, "帮忙"), olga)
            add_new_people([(team, MAI.id), (team, BAO.id)])
        with clock.standing_at(NOON):
            elsewhere = a_shift(an_event(title="外来"), starts_at=NOON.replace(day=20))
            sign_up_by_organizer(TIAN.id, elsewhere, olga)
        give_consent(MAI.id, ConsentKind.HAND_OVER, MAI.id)
    visitor = as_(OLGA)
    send(visitor, an_xlsx([APART])).press("加进来 1 人", asked="y")
    rename(app, BAO, "=1+1")
    return visitor


def state(app: Flask) -> list[int]:
    """How many rows there are of whatever a roster could add."""
    tables = (Account, Volunteer, TeamMember, RosterListing, HourEntry)
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def read_again(visitor: Visitor, send: Sender, page: Page) -> list[str]:
    """What the preview says of each row of a file that was sent out, sheet by sheet."""
    assert page.status == 200
    preview = send(visitor, page.response.data)
    sheets = len(preview.soup.select("input[name=sheet]"))
    pages = [preview.press("读这一张", sheet=str(n)) for n in range(sheets)] or [preview]
    return [said for one in pages for said in one.texts(".person__note")]


WAYS: dict[str, Callable[[Visitor], Page]] = {
    "people in full": lambda by: post(by, "/organize/people.xlsx"),
    "people masked": lambda by: by.open("/organize/people.xlsx"),
    "event in full": lambda by: post(by, "/organize/events/1/roster.xlsx"),
    "event masked": lambda by: by.open("/organize/events/1/roster.xlsx"),
    "somebody from elsewhere": lambda by: post(by, "/organize/events/2/roster.xlsx"),
    "from elsewhere, masked": lambda by: by.open("/organize/events/2/roster.xlsx"),
    "hours, on two sheets": lambda by: by.open(f"/organize/hours.xlsx?{QUERY}"),
    "for the state's system": lambda by: post(by, "/organize/national.xlsx", **DAYS),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_is_known_and_nothing_changes(
    app: Flask, town: Visitor, send: Sender, language: str
) -> None:
    before = state(app)
    for what, way in WAYS.items():
        town.client.set_cookie("language", language)
        page = way(town)
        town.client.set_cookie("language", "zh")
        said = read_again(town, send, page)
        assert said, what
        others = [one for one in said if one != "已经有了，不动" and "同一个人" not in one]
        assert others == [], what
    assert state(app) == before


def test_half_a_number_adds_nobody_whom_nobody_knows(town: Visitor, send: Sender) -> None:
    rows = [("生人", "138****0001"), ("生人", "没有手机号"), (MAI.name, "138****9999")]
    said = send(town, an_xlsx(rows)).texts(".person__note")
    assert said == ["不能加：号码不全，这里也没有对得上的人"] * 3


def test_a_sample_is_taken_in_without_its_examples(town: Visitor, send: Sender) -> None:
    sample = town.open("/organize/rosters/sample.xlsx")
    page = send(town, sample.response.data)
    assert page.texts(".person__note") == ["这一行不是人，不用管"] * 2
    assert "没有新的人要加" in page.whole_text

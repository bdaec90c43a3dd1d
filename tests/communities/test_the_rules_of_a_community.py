"""A community decides for itself, from now on: stars, nights, and what not coming means."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.conftest import both_engines
from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.town import viewer_of
from volboard.communities.models import Pause
from volboard.communities.rule_commands import RulesDraft, change_rules, lift, pause
from volboard.communities.rule_queries import CommunityRules, community_rules, paused_until
from volboard.communities.rules import is_ladder
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

As = Callable[[Person], Visitor]
DRAFT = RulesDraft("李主任", "30,60,100", 3, 50, 21 * 60, 5 * 60, "pause", 2, 14, 22 * 60, 0)
NEW = {
    "in_charge": "李主任", "star_ladder": "30、60，100", "star_notice_days": "3",
    "night_percent": "50", "night_from": "21:00", "night_to": "05:00", "absence_rule": "pause",
    "absence_limit": "2", "pause_days": "14", "quiet_from": "22:00", "quiet_to": "00:00",
}  # fmt: skip


def rules(app: Flask, community: int = RIVER) -> CommunityRules:
    with app.app_context():
        return community_rules(community)


def form(as_: As, person: Person = OLGA) -> Page:
    return as_(person).open("/organize/communities/1/rules")


@pytest.mark.parametrize(
    ("hours", "fits"),
    [((100,), True), ((100, 300, 600, 1000, 1500), True), ((1, 2, 3, 4, 5), True), ((), False),
     ((1, 2, 3, 4, 5, 6), False), ((0, 1), False), ((100, 100), False), ((300, 100), False),
     ((100_000,), True), ((100_001,), False)],
)  # fmt: skip
def test_a_ladder_rises_with_one_to_five_rungs(hours: tuple[int, ...], fits: bool) -> None:
    assert is_ladder(hours) is fits


def test_an_organizer_changes_the_rules_from_the_desk(app: Flask, as_: As) -> None:
    page = as_(OLGA).open("/organize").follow("规矩")
    assert page.soup.select_one("#star_ladder")["value"] == "100、300、600、1000、1500"  # type: ignore[index]
    assert page.soup.select_one("#night_from")["value"] == "22:00"  # type: ignore[index]
    assert page.soup.select_one("input[value=nothing][checked]")
    page = page.press("存下", "main", False, **NEW)
    assert "从现在起照新的来" in page.text("#notices")
    assert rules(app) == CommunityRules(
        1, "李主任", "30,60,100", 3, 50, 1260, 300, "pause", 2, 14, 1320, 0
    )
    assert rules(app, RAIL).star_ladder == "100,300,600,1000,1500"
    assert "没有改动" in page.press("存下", "main").text("#notices")


def test_every_rule_says_what_it_does(as_: As) -> None:
    page = form(as_)
    hints = page.soup.select(".field__hint")
    fields = page.soup.select(".form .field")
    assert len(fields) == 11
    assert len(hints) >= 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"in_charge": "长" * 41}, {"in_charge": "李\x00"}, {"star_ladder": ""},
        {"star_ladder": "100"[:0] + "a"}, {"star_ladder": "300、100"}, {"star_ladder": "0"},
        {"star_ladder": "1,2,3,4,5,6"}, {"star_ladder": "-1,2"}, {"star_ladder": "٣"},
        {"star_ladder": "9" * 60}, {"star_notice_days": "61"}, {"star_notice_days": "-1"},
        {"star_notice_days": ""}, {"star_notice_days": "3.5"}, {"night_percent": "101"},
        {"night_percent": "1e9"}, {"night_percent": "9" * 5000}, {"night_from": ""},
        {"night_from": "25:00"}, {"night_to": "21:00"}, {"absence_rule": "jail"},
        {"absence_limit": "0"}, {"absence_limit": "21"}, {"pause_days": "0"},
        {"pause_days": "366"}, {"pause_days": "x\x00"},
        {"quiet_from": ""}, {"quiet_from": "24:00"}, {"quiet_to": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_rule_comes_back_with_a_sentence(
    app: Flask, as_: As, wrong: dict[str, Any]
) -> None:
    before = rules(app)
    page = form(as_).press("存下", "main", False, **(NEW | wrong))
    assert page.status == 422
    assert len(page.texts(".field__error")) == 1
    assert len(page.text(".field__error")) > 5
    assert rules(app) == before


@pytest.mark.parametrize(("person", "status"), [(OLGA, 200), (OTTO, 200), (ADA, 200),
                                                (TIAN, 404), (MAI, 404)])  # fmt: skip
def test_only_its_own_organizers_and_the_admin_may(as_: As, person: Person, status: int) -> None:
    assert form(as_, person).status == status
    assert as_(person).open("/organize/communities/99/rules").status == 404


@both_engines
def test_a_strangers_command_changes_nothing(inside: Flask, engine: str) -> None:
    before = community_rules(RIVER)
    for stranger in (TIAN, MAI, BAO):
        with pytest.raises(NotFound):
            change_rules(RIVER, DRAFT, viewer_of(stranger))
    with pytest.raises(NotFound):
        change_rules(99, DRAFT, viewer_of(ADA))
    assert community_rules(RIVER) == before
    assert set(change_rules(RIVER, DRAFT, viewer_of(OLGA))) == set(DRAFT.__dict__)
    assert change_rules(RIVER, DRAFT, viewer_of(OTTO)) == ()


@both_engines
@pytest.mark.parametrize(
    "column",
    ["absence_rule = 'jail'", "absence_limit = 0", "absence_limit = 21", "pause_days = 0",
     "pause_days = 366", "night_percent = -1", "night_percent = 101", "night_to = night_from",
     "night_from = 1440", "star_notice_days = 61"],
)  # fmt: skip
def test_the_database_refuses_what_the_form_refuses(
    inside: Flask, engine: str, column: str
) -> None:
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text(f"UPDATE communities SET {column} WHERE id = 1"))


def test_the_log_says_who_changed_which_rule_and_no_name(
    inside: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    for _time in range(2):
        change_rules(RIVER, DRAFT, viewer_of(OLGA))
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "rules changed" in one]
    told = json.loads(line)
    assert (told["community"], told["by"]) == (RIVER, OLGA.id)
    assert "star_ladder" in told["rules"]
    assert "李主任" not in line


@both_engines
def test_a_pause_is_one_and_its_later_end_stands(inside: Flask, engine: str) -> None:
    soon, late = (clock.now() + timedelta(days=days) for days in (3, 9))
    for until in (soon, late, soon):
        pause(MAI.id, RIVER, until)
    assert paused_until(MAI.id, RIVER) == late
    assert paused_until(MAI.id, RAIL) is None
    assert paused_until(BAO.id, RIVER) is None
    lift(MAI.id, RIVER)
    lift(MAI.id, RIVER)
    assert paused_until(MAI.id, RIVER) is None


@both_engines
def test_giving_the_rule_up_lets_everybody_go(inside: Flask, engine: str) -> None:
    change_rules(RIVER, DRAFT, viewer_of(OLGA))
    for community in (RIVER, RAIL):
        pause(MAI.id, community, clock.now() + timedelta(days=3))
    change_rules(RIVER, DRAFT, viewer_of(OLGA))
    assert db.session.query(Pause).count() == 2
    noted = RulesDraft(**(DRAFT.__dict__ | {"absence_rule": "note"}))
    change_rules(RIVER, noted, viewer_of(OLGA))
    assert [row.community_id for row in db.session.query(Pause)] == [RAIL]

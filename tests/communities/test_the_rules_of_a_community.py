"""A community decides for itself, from now on: what not coming means, and when it is quiet."""

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
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound

As = Callable[[Person], Visitor]
DRAFT = RulesDraft("李主任", "pause", 2, 14, 22 * 60, 0)
NEW = {
    "in_charge": "李主任", "absence_rule": "pause", "absence_limit": "2", "pause_days": "14",
    "quiet_from": "22:00", "quiet_to": "00:00",
}  # fmt: skip


def rules(app: Flask, community: int = RIVER) -> CommunityRules:
    with app.app_context():
        return community_rules(community)


def form(as_: As, person: Person = OLGA) -> Page:
    return as_(person).open("/organize/communities/1/rules")


def test_an_organizer_changes_the_rules_from_the_desk(app: Flask, as_: As) -> None:
    page = as_(OLGA).open("/organize").follow("规矩")
    assert page.soup.select_one("#quiet_from")["value"] == "21:00"  # type: ignore[index]
    assert page.soup.select_one("input[value=nothing][checked]")
    page = page.press("存下", "main", False, **NEW)
    assert "从现在起照新的来" in page.text("#notices")
    assert rules(app) == CommunityRules(1, "李主任", "pause", 2, 14, 1320, 0, ())
    assert rules(app, RAIL).pause_days == 30
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
        {"in_charge": "长" * 41}, {"in_charge": "李\x00"}, {"absence_rule": "jail"},
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
     "pause_days = 366", "quiet_from = 1440"],
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
    assert "absence_rule" in told["rules"]
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

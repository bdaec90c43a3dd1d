"""Pages say what holds now, and say it to people: no queue of nobody, no digest, no lone dot."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import update

from tests.certificates.service import a_service, proof_of
from tests.support.browser import Visitor
from tests.support.cast import ADA, MAI, OLGA, Person
from tests.support.house_rules import check_house_rules
from tests.support.town import NOON, a_shift
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, transaction

As = Callable[[Person], Visitor]
DIGEST = re.compile(r"[0-9a-f]{12,}")


def unfolded(soup: BeautifulSoup) -> str:
    """What one sees without opening a fold."""
    for fold in soup.select("details:not([open])"):
        fold.decompose()
    main = soup.select_one("main")
    assert main
    return main.get_text(" ")


def test_a_proof_shows_digests_in_a_fold_only(app: Flask, as_: As, visitor: Visitor) -> None:
    with app.app_context():
        a_service(MAI)
        a_service(MAI, days=3)
        number = proof_of()
    sheet = as_(MAI).open(f"/certificates/{number}")
    assert DIGEST.search(sheet.text("details[data-printed]")), "it goes onto the paper"
    assert not DIGEST.search(re.sub(r"https?://\S+", "", unfolded(sheet.soup)))
    heads = visitor.open("/verify")
    assert DIGEST.search(heads.text("main details"))
    assert not DIGEST.search(unfolded(heads.soup))


def test_what_is_over_has_no_places_left_to_offer(app: Flask, as_: As) -> None:
    with app.app_context():
        a_shift(capacity=5)
    olga = as_(OLGA)
    pages = ("/organize/events/1", "/organize/shifts/1/roster")
    for at, has in ((NOON - timedelta(hours=1), True), (NOON + timedelta(hours=3), False)):
        with clock.standing_at(at):
            assert ["个名额" in olga.open(path).text("main") for path in pages] == [has, has]


def test_an_empty_queue_is_not_counted(as_: As) -> None:
    page = as_(OLGA).open("/organize/disputes")
    assert page.status == 200
    assert not page.soup.select("main .chip")


@pytest.mark.parametrize("missing", ["city", "address", "phone"])
def test_a_missing_part_takes_its_separator_along(app: Flask, as_: As, missing: str) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Community).values({missing: ""}))
    lead = as_(ADA).open("/admin").text("main .section__lead")
    assert lead.count("·") == 1


@pytest.mark.parametrize(
    "line", ["<p>穆棱市 · </p>", "<li> · 三楼</li>", "<dd>一 ·  · 三</dd>", "<td>·</td>"]
)
def test_a_lonely_separator_is_seen_on_every_page_that_a_test_opens(line: str) -> None:
    with pytest.raises(AssertionError, match="separator"):
        check_house_rules(BeautifulSoup(line, "html.parser"), "/")
    check_house_rules(BeautifulSoup("<p>阿依古丽·买买提 · 三楼</p>", "html.parser"), "/")

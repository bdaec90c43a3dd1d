"""An organizer looks for the list of tonight, of last week, of an event long over."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.home.planting import MORNING, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import OLGA, RAIL
from tests.support.town import a_shift, an_event
from volboard.core import clock

SignedIn = Callable[..., Visitor]
ROSTERS = "/organize/rosters"


def look(visitor: Visitor, url: str = ROSTERS) -> Page:
    with clock.standing_at(MORNING):
        return visitor.open(url)


def plant(app: Flask, *days: float, **columns: object) -> None:
    """Events of two hours, so many days from now."""
    with planting(app):
        for distance in days:
            begins = MORNING + timedelta(days=distance)
            event = an_event(title=f"第{distance}天的", starts_at=begins,
                             ends_at=begins + timedelta(hours=2), **columns)  # type: ignore[arg-type]  # fmt: skip
            a_shift(event, starts_at=begins)


def names(page: Page) -> list[str]:
    return page.texts('section[aria-labelledby="events-title"] .person__name')


def test_what_is_on_what_is_next_and_what_is_just_over_stand_first(
    app: Flask, as_: SignedIn
) -> None:
    plant(app, *range(5, 20), -30, -7, -1, -0.02, 1)
    assert names(look(as_(OLGA))) == ["第-0.02天的", "第1天的", "第5天的", "第-1天的", "第-7天的",
                                      "第-30天的"]  # fmt: skip


def test_all_that_is_over_and_all_that_comes_have_their_pages(app: Flask, as_: SignedIn) -> None:
    plant(app, *range(1, 23), *range(-22, 0))
    olga = as_(OLGA)
    links = look(olga).soup.select(f'a[href^="{ROSTERS}"]')
    (href,) = (str(one["href"]) for one in links if "以前办过的" in one.text)
    over = look(olga, href)
    assert (names(over)[0], len(names(over))) == ("第-1天的", 20)
    rest = look(olga, f"{ROSTERS}?when=over&page=2")
    assert names(rest) == ["第-21天的", "第-22天的"]
    coming = look(olga, f"{ROSTERS}?when=coming")
    assert (names(coming)[0], len(names(coming))) == ("第1天的", 20)
    assert names(look(olga, f"{ROSTERS}?when=coming&page=2")) == ["第21天的", "第22天的"]


def test_drafts_and_other_communities_are_not_offered(app: Flask, as_: SignedIn) -> None:
    plant(app, -1, 1, state="draft")
    plant(app, -1, 1, community=RAIL)
    assert names(look(as_(OLGA))) == []


def test_an_address_that_says_anything_shows_the_first_look(app: Flask, as_: SignedIn) -> None:
    plant(app, -1)
    for url in ("?when=x", "?page=x", "?when=over&page=-3", "?when=%00", f"?page={'9' * 30}"):
        assert names(look(as_(OLGA), ROSTERS + url)) == ["第-1天的"], url

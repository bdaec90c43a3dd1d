"""A page is a fixed number of statements, and the first visit a fixed number of bytes."""

import re
from collections.abc import Callable
from datetime import timedelta

import brotli
from flask import Flask
from sqlalchemy import select

from tests.home.planting import MORNING, counted_statements, many_events, planting
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA
from tests.support.town import NOON
from volboard.accounts.commands import add_family
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.models import EventChange, Shift
from volboard.signups.commands import sign_up

FILE = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*?(?:href|src)="([^"]+)"')
MOST_STATEMENTS = 8
MOST_BYTES = 30 * 1024
MOST_REQUESTS = 5
PAGES = ("/", "/?past=1", "/?q=活动&free=1", "/festivals", "/calendar.ics", "/events/1")
OWN_PAGES = (*PAGES, "/me", "/me/code")


def statements_for(app: Flask, visitor: Visitor, pages: tuple[str, ...]) -> dict[str, int]:
    """How many statements each page takes when nothing is kept."""
    counts = {}
    with clock.standing_at(MORNING):
        for url in pages:
            with counted_statements(app) as statements:
                assert visitor.client.get(url, headers={"HX-Request": "no"}).status_code == 200
            counts[url] = len(statements)
    return counts


def everybody_signs_up(app: Flask) -> None:
    """Mai and her mother take a place wherever there is one; each event has changed."""
    with planting(app), clock.standing_at(MORNING):
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        first_of_each = select(Shift.event_id, Shift.id).where(Shift.title == "包粽子")
        for event, shift in db.session.execute(first_of_each).all():
            for person, account in ((MAI.id, MAI.id), (BAO.id, BAO.id), (mother, MAI.id)):
                sign_up(person, shift, account)
            with transaction():
                db.session.add(EventChange(event_id=event, changed_by=OLGA.id, sentence="改了",
                                           changed_at=MORNING + timedelta(hours=1)))  # fmt: skip


def test_five_events_and_sixty_take_the_same_statements(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    costs = []
    for count in (5, 55):
        many_events(app, count)
        if count == 5:
            mai, olga, nobody = as_(MAI), as_(OLGA), Visitor(app)
            for visitor in (mai, olga, nobody):
                visitor.client.get("/")
            everybody_signs_up(app)
        costs.append({
            "nobody": statements_for(app, nobody, PAGES),
            "mai": statements_for(app, mai, OWN_PAGES),
            "olga": statements_for(app, olga, (*OWN_PAGES, "/organize")),
        })  # fmt: skip
    few, many = costs
    assert few == many
    for who, counts in many.items():
        for url, count in counts.items():
            assert count <= MOST_STATEMENTS, f"{url} takes {who} {count} statements"
    assert many["nobody"]["/"] <= 3


def test_a_long_list_of_own_places_takes_no_more_statements(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    mai = as_(MAI)
    many_events(app, 1)
    everybody_signs_up(app)
    mai.open("/me")  # the first page of an application also asks whether its data is made up
    few = statements_for(app, mai, ("/me", "/"))
    many_events(app, 30)
    with planting(app), clock.standing_at(MORNING):
        for shift in db.session.scalars(select(Shift.id).where(Shift.title == "送粽子")).all():
            start = db.session.scalar(select(Shift.starts_at).where(Shift.id == shift))
            if start != NOON:
                sign_up(MAI.id, shift, MAI.id)
    page = mai.open("/me")
    assert len(page.soup.select(".shift")) > 20
    assert statements_for(app, mai, ("/me", "/")) == few


def test_the_first_visit_is_small(app: Flask, visitor: Visitor) -> None:
    many_events(app, 25)
    with clock.standing_at(MORNING):
        page = visitor.client.get("/", headers={"Accept-Encoding": "br"})
    html = brotli.decompress(page.data).decode()
    assert html.count('class="slip"') == 12
    files = set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*?(?:href|src)="([^"]+)"', html)
    )
    assert len(files) + 1 <= MOST_REQUESTS
    sizes = {"/": len(page.data)}
    for url in files:
        with visitor.client.get(url, headers={"Accept-Encoding": "br"}) as answer:
            sizes[url] = len(answer.data)
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert "htmx" not in html

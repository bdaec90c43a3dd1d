"""Whoever does not organize in the community learns nothing, and changes nothing."""

from collections.abc import Callable
from typing import Any

from tests.support.browser import Visitor
from tests.support.cast import ADA, MAI, OLGA, TIAN, Person
from tests.support.town import a_shift, an_event
from volboard.events.facts import EventFact

As = Callable[[Person], Visitor]
POSTS = (
    "/organize/events/{event}",
    "/organize/events/{event}/publish",
    "/organize/events/{event}/shifts",
    "/organize/events/{event}/move",
    "/organize/events/{event}/copy",
    "/organize/events/{event}/discard",
    "/organize/shifts/{shift}/drop",
)
FORM = {
    "title": "改了", "place": "改了", "day": "2027-06-09", "kind": "service", "start": "08:00",
    "end": "09:00", "capacity": "5", "cancel_notice": "120", "festival": "", "team": "",
}  # fmt: skip


def token_of(visitor: Visitor) -> str:
    page = visitor.open("/me" if visitor.open("/me").status == 200 else "/sign-in")
    return str(page.soup.select_one('[name="csrf_token"]')["value"])  # type: ignore[index]


def test_the_neighbours_organizer_and_a_resident_find_nothing(
    as_: As, done: Callable[..., Any], stored: Callable[[int], EventFact]
) -> None:
    event = done(an_event, state="draft")
    shift = done(a_shift, event)
    before = stored(event)
    for person in (TIAN, MAI):
        stranger = as_(person)
        assert stranger.open(f"/organize/events/{event}").status == 404
        data: dict[str, object] = {**FORM, "csrf_token": token_of(stranger)}
        for path in POSTS:
            url = path.format(event=event, shift=shift)
            assert stranger.post(url, data).status == 404, url
            assert stranger.post(url, data, htmx=True).status == 404, url
    assert stored(event) == before
    assert as_(OLGA).open(f"/organize/events/{event + 1}").status == 404


def test_a_resident_finds_no_page_to_start_from(as_: As) -> None:
    mai = as_(MAI)
    data: dict[str, object] = {**FORM, "key": "zongzi", "csrf_token": token_of(mai)}
    assert mai.open("/organize/events/new").status == 404
    for path in ("/organize/events/new", "/organize/events/from-template"):
        assert mai.post(path, data).status == 404


def test_a_visitor_is_sent_to_sign_in_and_back(visitor: Visitor, done: Callable[..., Any]) -> None:
    event = done(an_event)
    page = visitor.open(f"/organize/events/{event}")
    assert page.url.startswith("/sign-in")
    assert f"next=/organize/events/{event}" in page.url.replace("%2F", "/")


def test_ids_that_no_row_can_have_are_not_found(as_: As) -> None:
    ada = as_(ADA)
    for number in ("0", "-1", "99999999999999999999", "1e3", "abc", "2147483648", "2147483647"):
        assert ada.open(f"/organize/events/{number}").status == 404, number


def test_the_admin_and_every_organizer_of_the_community_may(
    as_: As, done: Callable[..., Any]
) -> None:
    event = done(an_event, state="draft")
    assert as_(ADA).open(f"/organize/events/{event}").status == 200

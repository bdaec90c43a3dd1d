"""Who makes codes up has to wait soon; who has one, and everybody else, never."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from volboard.core.security import limiter
from volboard.signups.feeds import renew_feed

MADE_UP = "0123456789abcdef0123456789abcdef"
WITH_CODES = {
    "certificates.show_verdict": f"/verify/{MADE_UP}",
    "home.send_feed": f"/feed/{MADE_UP}.ics",
    "signups.show_offered": f"/hand-over/{MADE_UP}",
    "signups.take_over": f"/hand-over/{MADE_UP}",
    "rights.confirm_email": f"/email/{MADE_UP}",
    "attendance.code": f"/codes/{MADE_UP}",
    "attendance.walk_in_with_code": f"/codes/{MADE_UP}/shifts/1/walk-in",
    "venue.arrive": f"/arrive/{MADE_UP}",
    "venue.show_arriving": f"/arrive/with/{MADE_UP}",
    "venue.show_sheet_code": f"/arrive/paper/{MADE_UP}",
    "venue.ask_to_confirm": f"/arrive/paper/{MADE_UP}",
}
NO_SECRET = {
    "rights.show_confirm": "shows a button and looks at nothing",
    "certificates.show_proof": "one's own only, by its printed number",
    "certificates.send_pdf": "one's own only, by its printed number",
    "certificates.send_picture": "one's own only, by its printed number",
    "certificates.show_revoke": "of the organizer's community only, by its printed number",
    "certificates.revoke": "of the organizer's community only, by its printed number",
    "rosters.show_preview": "the organizer's own drafts only",
    "rosters.print_bad_rows": "the organizer's own drafts only",
    "rosters.show_columns": "the organizer's own drafts only",
    "rosters.choose_sheet": "the organizer's own drafts only",
    "rosters.choose_columns": "the organizer's own drafts only",
    "rosters.take_in": "the organizer's own drafts only",
    "rosters.drop": "the organizer's own drafts only",
    "rights.give_consent": "a word of four that the page shows",
    "rights.withdraw_consent": "a word of four that the page shows",
    "messages.show_text": "a kind of message, which the list shows",
    "messages.change_text": "a kind of message, which the list shows",
    "messages.reset_text": "a kind of message, which the list shows",
    "oversight.show_anomaly": "of the organizer's community only, made of numbers of rows",
    "oversight.review_anomaly": "of the organizer's community only, made of numbers of rows",
}
"""Addresses with a text in them that nobody could profit from guessing."""
AT_ONCE = 60
POSTED = {"signups.take_over", "rights.confirm_email", "attendance.walk_in_with_code",
          "venue.ask_to_confirm"}  # fmt: skip


def test_every_address_with_a_text_in_it_is_in_one_of_the_two_tables(app: Flask) -> None:
    texts = {
        rule.endpoint for rule in app.url_map.iter_rules()
        for name in rule.arguments if name != "filename" and not name.endswith("_id")
    }  # fmt: skip
    assert texts == WITH_CODES.keys() | NO_SECRET.keys()


@pytest.mark.parametrize("endpoint", WITH_CODES)
def test_codes_that_lead_nowhere_are_counted(
    as_: Callable[..., Visitor], endpoint: str
) -> None:  # fmt: skip
    limiter.reset()
    olga, url = as_(OLGA), WITH_CODES[endpoint]
    token = str(olga.open("/me").soup.select_one("[name=csrf_token]")["value"])  # type: ignore[index]

    def knock() -> int:
        if endpoint in POSTED:
            return olga.client.post(url, data={"csrf_token": token}).status_code
        return olga.client.get(url).status_code

    statuses = [knock() for _guess in range(AT_ONCE + 1)]
    allowed = statuses.index(429)
    assert set(statuses[:allowed]) <= {200, 404}
    assert allowed == (30 if endpoint == "venue.ask_to_confirm" else AT_ONCE)
    limiter.reset()


def test_all_doors_together_have_one_count(visitor: Visitor) -> None:
    doors = [url for name, url in WITH_CODES.items() if name not in POSTED and "codes" not in url]
    statuses = [visitor.client.get(doors[n % len(doors)]).status_code for n in range(AT_ONCE + 1)]
    assert 429 not in statuses[:-1]
    assert statuses[-1] == 429


def test_a_neighbour_s_guesses_cost_nobody_who_has_an_account(
    app: Flask, visitor: Visitor, as_: Callable[..., Visitor]
) -> None:
    with app.app_context():
        secret = renew_feed(MAI.id)
    for _guess in range(AT_ONCE + 1):
        last = visitor.client.get(f"/feed/{MADE_UP}.ics")
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) <= 60
    assert visitor.client.get(f"/feed/{secret}.ics").status_code == 429
    assert as_(MAI).client.get(f"/feed/{secret}.ics").status_code == 200

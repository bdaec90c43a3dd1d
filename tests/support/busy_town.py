"""A town in which everything goes on at once, so that every form of the product is to be seen."""

from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import update

from tests.messages.post_office import a_message, give_address
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER
from tests.support.town import NOON, a_shift, an_event, viewer_of
from tests.test_who_may_enter import MOTHER, said
from volboard.accounts.commands import add_family, give_consent, set_email
from volboard.accounts.rules import ConsentKind
from volboard.attendance.commands import check_in, check_out
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.series import repeat
from volboard.events.series_rules import Repeat
from volboard.messages.models import Delivery
from volboard.messages.rules import Kind
from volboard.messages.text_commands import change_text
from volboard.rights.email_commands import token_of
from volboard.signups.coming import ask_who_comes
from volboard.signups.commands import sign_up
from volboard.signups.cover import ask_these
from volboard.signups.hand_overs import digest_of
from volboard.signups.models import HandOver
from volboard.venue.commands import ask_to_confirm
from volboard.venue.tokens import Screen, Sheet

PASSED_ON = "o" * 22
"""The secret of Mai's seat, which she offers."""
FULL = 4
"""The shift for whose one seat somebody waits."""
BUSY = 5
"""The shift at which people come in every way while the walk goes on."""
WEEKLY = 7
"""The event that comes again each week."""
ADDRESS = "mai@board.example"
CUT = {"title": "门口引导", "kind": "service", "day": "2027-06-10", "start": "08:00",
       "end": "10:00", "length": "60", "pause": "0", "capacity": "3"}  # fmt: skip
AGAIN = {"rule": "weekly", "count": "4"}


def make_it_busy() -> None:
    """Write all of it, three hours before noon."""
    wait_for_the_seat()
    fill_the_busy_shift()
    ask_and_pass_on()
    tell_and_fail()
    come_every_week()


def busy_doors() -> tuple[str, ...]:
    """Addresses that no page leads to: scanned, sent in letters, or behind a form's answers."""
    return (
        f"/organize/shifts/{BUSY}/gate?q=0001",
        f"/organize/shifts/{BUSY}/arrivals",
        f"/organize/shifts/{FULL}/roster",
        f"/arrive/{said(Screen(BUSY, OLGA.id))}",
        f"/arrive/paper/{said(Sheet(BUSY))}",
        f"/hand-over/{PASSED_ON}",
        "/organize/unconfirmed/1/refuse",
        "/me/hours/unconfirmed/1/ask-again",
        f"/email/{token_of(MAI.id, ADDRESS)}",
        f"/organize/communities/{RIVER}/texts/{Kind.CANCELLED}",
        f"/organize/events/{WEEKLY}",
        f"/organize/events/{WEEKLY}/cut?{urlencode(CUT)}",
        f"/organize/events/{WEEKLY}/repeat?{urlencode(AGAIN)}",
    )


def wait_for_the_seat() -> None:
    """Otto has the only seat, and Bao is next; Ada is on the shift that runs."""
    sign_up(ADA.id, 1, ADA.id)
    assert a_shift(starts_at=NOON + timedelta(hours=1), capacity=1) == FULL
    for person in (OTTO, BAO):
        sign_up(person.id, FULL, person.id)


def fill_the_busy_shift() -> None:
    """Of one family two are expected, one is here, one has left; two more scanned the sheet."""
    names = (("陈晓", "儿子"), ("陈大山", "爸爸"), ("陈奶奶", "奶奶"))
    son, father, granny = (add_family(MAI.id, name, relation) for name, relation in names)
    start = NOON - timedelta(minutes=30)
    assert a_shift(starts_at=start, minutes=60, capacity=9) == BUSY
    for person in (MOTHER["volunteer_id"], son, father, granny):
        sign_up(person, BUSY, MAI.id)
    for one in (OTTO, BAO):
        sign_up(one.id, BUSY, one.id)
    olga = viewer_of(OLGA)
    with clock.standing_at(start):
        for person in (father, granny):
            check_in(BUSY, person, olga, "gate", "test")
        for one in (OTTO, BAO):
            ask_to_confirm(BUSY, (one.id,), viewer_of(one), "test")
    with clock.standing_at(start + timedelta(minutes=10)):
        check_out(BUSY, granny, olga, "test")


def ask_and_pass_on() -> None:
    """Mai is asked whether she still comes and offers her seat; Bao is asked to help out."""
    olga, later = viewer_of(OLGA), a_shift(starts_at=NOON + timedelta(hours=5), capacity=3)
    place = sign_up(MAI.id, later, MAI.id)
    ask_who_comes(later, olga)
    ask_these(later, [BAO.id], olga)
    offer = HandOver(signup_id=place.signup_id, secret_hash=digest_of(PASSED_ON))
    offer.made_at = NOON - timedelta(hours=3)
    with transaction():
        db.session.add(offer)


def tell_and_fail() -> None:
    """A letter to Bao could not be sent; Mai has yet to confirm her address, and agreed to more."""
    change_text(RIVER, Kind.CANCELLED, "{活动}不办了。", viewer_of(OLGA))
    give_address(BAO, "bao@board.example")
    letter = a_message(BAO, 9)
    set_email(MAI.id, ADDRESS)
    give_consent(MAI.id, ConsentKind.PUBLIC_NAME, MAI.id)
    with transaction():
        db.session.execute(
            update(Delivery).where(Delivery.id == letter).values(state="failed", ended_at=NOON)
        )


def come_every_week() -> None:
    """A chess evening is announced for tomorrow and two weeks more."""
    start = NOON + timedelta(days=1)
    ends = start + timedelta(hours=2)
    assert an_event(title="棋会", starts_at=start, ends_at=ends) == WEEKLY
    a_shift(WEEKLY, starts_at=start, title="裁判")
    days = [start.date() + timedelta(weeks=number) for number in (1, 2)]
    assert repeat(WEEKLY, Repeat.WEEKLY, days, True, viewer_of(OLGA)) == 2

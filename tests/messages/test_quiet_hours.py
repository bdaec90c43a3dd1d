"""When what rings may ring: quiet hours, the message, the time of day, and when people gather."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.messages.post_office import a_message, reached_by
from tests.support.cast import MAI
from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.messages.models import Delivery, Message
from volboard.messages.own_queries import my_messages
from volboard.messages.rules import AT_ANY_HOUR, Kind, Quiet, due, ring_by

NIGHT, NOON_NAP, NEVER = Quiet(21 * 60, 8 * 60), Quiet(12 * 60, 14 * 60), Quiet(60, 60)
ACT = (Kind.CANCELLED, Kind.CHANGED, Kind.PROMOTED, Kind.COMING, Kind.COVER)
"""Somebody acted just now, and others may set out in vain, or be missed."""
PLAIN = (Kind.INVITED, Kind.HANDED_OVER, Kind.DISPUTE_WAITS, Kind.NAME_DECIDED, Kind.HOUSEHOLD,
         Kind.UNCONFIRMED, Kind.RULE_WAITS, Kind.LEAVING)  # fmt: skip
ALWAYS = (Kind.HELPED, Kind.HELP_GIVEN, Kind.ADDRESS)
TABLE: tuple[tuple[Quiet, Iterable[Kind], str, str | None, str], ...] = (
    (NIGHT, ACT, "8 20:59", "9 08:05", "8 20:59"),
    (NIGHT, ACT, "8 23:29", "9 08:05", "8 23:29"),
    (NIGHT, ACT, "8 23:29", "9 08:59", "8 23:29"),
    (NIGHT, ACT, "8 23:29", "9 09:00", "9 08:00"),
    (NIGHT, ACT, "8 23:29", "9 19:00", "9 08:00"),
    (NIGHT, ACT, "8 23:29", "9 02:00", "8 23:29"),
    (NIGHT, ACT, "9 07:59", "9 08:59", "9 07:59"),
    (NIGHT, ACT, "9 07:59", "9 09:00", "9 08:00"),
    (NIGHT, ACT, "9 08:00", "9 08:05", "9 08:00"),
    (NIGHT, ACT, "9 00:00", None, "9 08:00"),
    (NIGHT, ACT, "8 21:00", "8 20:00", "8 21:00"),
    (NIGHT, PLAIN, "8 20:59", "9 08:05", "8 20:59"),
    (NIGHT, PLAIN, "8 21:00", "9 08:05", "9 08:00"),
    (NIGHT, PLAIN, "9 03:00", None, "9 08:00"),
    (NIGHT, ALWAYS, "8 23:29", None, "8 23:29"),
    (NIGHT, ALWAYS, "9 03:00", None, "9 03:00"),
    (NOON_NAP, ACT, "9 12:30", "9 14:59", "9 12:30"),
    (NOON_NAP, ACT, "9 12:30", "9 15:00", "9 14:00"),
    (NOON_NAP, PLAIN, "9 12:30", "9 13:00", "9 14:00"),
    (NOON_NAP, PLAIN, "8 23:29", "9 08:05", "8 23:29"),
    (NOON_NAP, ALWAYS, "9 12:30", None, "9 12:30"),
    (NEVER, ACT + PLAIN + ALWAYS, "9 02:00", "9 02:30", "9 02:00"),
)  # fmt: skip
EACH = [(quiet, kind, *times) for quiet, kinds, *times in TABLE for kind in kinds]


def at(text: str) -> datetime:
    """A moment in Beijing, in June 2027: `8 20:30`."""
    day, hour = text.split()
    return datetime.fromisoformat(f"2027-06-{int(day):02}T{hour}:00+08:00")


@pytest.mark.parametrize(("quiet", "kind", "told", "gathers", "rings"), EACH)
def test_when_it_rings(
    quiet: Quiet, kind: Kind, told: str, gathers: str | None, rings: str
) -> None:
    late = ring_by(kind, at(gathers) if gathers else None)
    moment = at(told) if kind in AT_ANY_HOUR else max(at(told), due(at(told), quiet, late))
    assert moment == at(rings)


@pytest.mark.parametrize(("quiet", "kinds", "told", "gathers", "rings"), TABLE)
def test_the_gateway_waits_for_that_moment_and_the_page_for_none(
    inside: Flask, quiet: Quiet, kinds: Iterable[Kind], told: str, gathers: str | None, rings: str
) -> None:
    reached_by(inside, webhook_url="http://127.0.0.1:9/", smtp_url="smtp://127.0.0.1:9")
    with transaction():
        values = {"quiet_from": quiet.begins, "quiet_to": quiet.ends}
        db.session.execute(update(Community).values(values))
    with clock.standing_at(at(told)):
        for number, kind in enumerate(kinds):
            a_message(MAI, number, kind, gathers_at=at(gathers) if gathers else None)
        shown = my_messages(MAI.id, 1).news
    d = Delivery
    moments = set(db.session.execute(select(Message.due_at, d.next_at).join(d)))
    assert moments == {(at(rings), at(rings))}
    assert sorted(one.kind for one in shown) == sorted(set(kinds) - {Kind.ADDRESS})
    assert {one.at for one in shown} <= {at(told)}


@pytest.mark.parametrize("told", ["8 12:00", "8 23:29", "9 07:59"])
def test_the_list_to_telephone_from_waits_for_nothing(inside: Flask, told: str) -> None:
    with clock.standing_at(at(told)):
        a_message(MAI, gathers_at=at("9 15:00"))
    assert db.session.scalars(select(Delivery.next_at)).all() == [at(told)]


def test_every_kind_has_its_row_in_the_table() -> None:
    reminders = {Kind.REMINDER_DAY, Kind.REMINDER_SOON}
    waiting = {Kind.APPROVAL_WAITS, Kind.APPROVAL_DECIDED, Kind.DISPUTE_ANSWERED, Kind.NAME_WAITS,
               Kind.CONFIRM_WAITS, Kind.UNCONFIRMED_REFUSED, Kind.RULE_DECIDED}  # fmt: skip
    assert set(Kind) == {*ACT, *PLAIN, *ALWAYS} | reminders | waiting
    assert not any(ring_by(kind, at("9 08:05")) for kind in {*PLAIN, *waiting})

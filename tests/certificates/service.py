"""People who served, so that there is something to prove."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text

from tests.support.cast import MAI, OLGA, OTTO, RIVER, Person
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in, check_out
from volboard.certificates.commands import issue
from volboard.certificates.models import Certificate
from volboard.certificates.queries import Proof
from volboard.certificates.rules import Facts, ServiceLine
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.hours.make_ups import approve, ask
from volboard.signups.commands import sign_up

LATER = NOON + timedelta(days=30)
"""When people ask for their proof."""
FIRST, LAST = date(2027, 1, 1), date(2027, 7, 9)
FOREIGN = "0" * 32
"""A code that no proof has."""
CHANGE_FACTS = "UPDATE certificates SET facts = :facts"


def a_service(
    *people: Person, days: float = 0, minutes: int = 120, account: int = 0, **event: object
) -> int:
    """People serve from noon, some days later, for two hours; `minutes` of them. The shift.

    Family is signed up by its account.
    """
    starts_at = NOON + timedelta(days=days)
    with clock.standing_at(starts_at - timedelta(days=1)):
        found = an_event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **event)  # type: ignore[arg-type]
        shift = a_shift(found, capacity=9, starts_at=starts_at)
        for person in people:
            sign_up(person.id, shift, account or person.id)
    for person in people:
        seen_by = viewer_of(OTTO if person is OLGA else OLGA)
        with clock.standing_at(starts_at):
            check_in(shift, person.id, seen_by, "gate", "test")
        with clock.standing_at(starts_at + timedelta(minutes=minutes)):
            check_out(shift, person.id, seen_by)
    with clock.standing_at(starts_at + timedelta(hours=3)):
        close_shift(shift, viewer_of(OLGA))
    return shift


def a_make_up(person: Person, minutes: int = 60, days: float = 1) -> None:
    """Olga asks for hours that the gate did not see, and Otto approves."""
    shift = a_service(days=days, title="补录的活动")
    came = NOON + timedelta(days=days)
    with clock.standing_at(LATER - timedelta(hours=1)):
        asked = ask(shift, person.id, came, came + timedelta(minutes=minutes), "门口没有签",
                    viewer_of(OLGA), Phone("a" * 32, "微信 · aaaaaa"))  # fmt: skip
        approve(asked, viewer_of(OTTO), Phone("b" * 32, "微信 · bbbbbb"))


def proof_of(
    person: Person = MAI, first: date = FIRST, last: date = LAST, shows_name: bool = False,
    by: Viewer | None = None, moment: datetime = LATER,
) -> str:  # fmt: skip
    """The number of a proof for this person, whom the river's community knows."""
    with clock.standing_at(moment):
        return issue(person.id, RIVER, first, last, shows_name, by or viewer_of(person))


LINE = ServiceLine("2027-06-09", "12:00", "14:00", "端午包粽子", "包粽子", "一楼", 120, 0, False)
FACTS = Facts(
    version=1, name="麦小芳", volunteer_id=1, shows_name=False, community_id=1,
    community="沿河社区", city="穆棱市", address="河畔路 1 号", phone="0453-3120001",
    in_charge="沈大姐", handler="", first_day="2027-01-01", last_day="2027-07-09",
    issued_on="2027-07-09", minutes=120, extra_minutes=0, make_up_minutes=0,
    ledger_digest="3f" * 32, seal_day="2027-07-08", seal_digest="ab" * 32, lines=(LINE,),
)  # fmt: skip


def a_sheet(*lines: ServiceLine, **facts: Any) -> Proof:
    """A proof that is in no database, for the press alone."""
    told = replace(FACTS, lines=lines or (LINE,), **facts)
    return Proof("001-2027-000042-53", "0a" * 16, MAI.id, told, LATER, None, "")


def stored(number: str) -> Certificate:
    """The row as it stands in the database."""
    db.session.rollback()
    query = db.select(Certificate).where(Certificate.number == number)
    found: Certificate = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return found


def code_of_proof(app: Flask, number: str) -> str:
    """The code under which a stranger checks this proof."""
    with app.app_context():
        return stored(number).code


def without_guard(statement: str, **values: object) -> None:
    """Write past the trigger, as somebody does who owns the database's file."""
    with transaction():
        sqlite = db.engine.dialect.name == "sqlite"
        where = "" if sqlite else " ON certificates"
        for name in ("certificate_stays_as_issued", "certificate_keeps_its_key"):
            db.session.execute(text(f"DROP TRIGGER IF EXISTS {name}{where}"))
        changed = db.session.connection().execute(text(statement), values)
        assert changed.rowcount == 1

"""Many people at once: accounts made ready, and sessions signed without the sign-in page."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, session
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert

from tests.support.browser import Visitor
from tests.support.cast import LONG_AGO
from tests.support.past import known_from_before
from volboard.accounts.models import Account, Volunteer
from volboard.core.db import db, transaction
from volboard.signups.models import Signup

FIRST = 1001


@dataclass(frozen=True)
class Phone:
    """A signed-in phone: what it sends with a form."""

    account_id: int
    volunteer_id: int
    cookie: str
    token: str


def a_crowd(count: int, first: int = FIRST, known: bool = True) -> list[int]:
    """Write this many accounts, each with its own volunteer of the same id, from `first` on; needs
    a context. Organizers know them from before, unless they are not `known`."""
    ids = range(first, first + count)
    with transaction():
        db.session.execute(insert(Account), [
            {"id": n, "phone": f"+86139{n:08}", "created_at": LONG_AGO} for n in ids
        ])  # fmt: skip
        db.session.execute(insert(Volunteer), [
            {"id": n, "account_id": n, "name": f"邻居{n}", "initials": "lj", "is_self": True,
             "relation": "", "code": f"crowd-{n}", "created_at": LONG_AGO} for n in ids
        ])  # fmt: skip
    if known:
        known_from_before(ids)
    return list(ids)


def seat_all(people: list[int], shift_id: int, moment: datetime) -> None:
    """Give each of the crowd a seat, as if they had all pressed at this moment."""
    with transaction():
        db.session.execute(insert(Signup), [
            {"shift_id": shift_id, "volunteer_id": n, "made_by": n, "state": "seated",
             "created_at": moment, "seated_at": moment} for n in people
        ])  # fmt: skip


def phone_of(app: Flask, account_id: int) -> Phone:
    """A phone on which this account is signed in."""
    session_id, secret = f"{account_id}.1", f"{account_id:040x}"
    with app.test_request_context():
        session.update({"_user_id": session_id, "_fresh": True, "csrf_token": secret})
        session["device"] = f"{account_id:06x}"
        session.permanent = True
        answer = Response()
        app.session_interface.save_session(app, session, answer)
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    return Phone(account_id, account_id, cookie, _token(app, secret))


def signed_in(app: Flask, account_id: int) -> Visitor:
    """Somebody whose session was signed without asking for the password, which takes long."""
    visitor = Visitor(app)
    name, _, value = phone_of(app, account_id).cookie.partition("=")
    visitor.client.set_cookie(name, value)
    return visitor


def _token(app: Flask, secret: str) -> str:
    signed = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(secret)
    return signed if isinstance(signed, str) else signed.decode()

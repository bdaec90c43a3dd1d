"""Signing a phone in and out: a new session each time, which remembers only the device."""

from flask import session
from flask_login import login_user, logout_user
from sqlalchemy import and_, select

from volboard.accounts.commands import remember_sign_in
from volboard.accounts.models import Account, Volunteer
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.devices import kept_by_the_phone, phone_id, remember_number
from volboard.core.errors import NotFound


def sign_in(account_id: int) -> None:
    """Sign this phone in for thirty days. What the session held before is forgotten.

    For views only. Raises NotFound for an account that does not exist.
    """
    a, v = Account, Volunteer
    row = db.session.execute(
        select(a.session_version, a.is_admin, a.language, a.large_text, v.id, v.name, a.phone)
        .join(v, and_(v.account_id == a.id, v.is_self))
        .where(a.id == account_id)
    ).first()
    if row is None:
        raise NotFound
    remember_sign_in(account_id)
    _forget_all_but_the_device()
    session.permanent = True
    phone_id()
    remember_number(row.phone)
    login_user(Viewer(account_id, row[4], row[5], row[0], row[1], frozenset(), row[2], row[3]))


def sign_out() -> None:
    """Sign this phone out."""
    logout_user()
    _forget_all_but_the_device()


def _forget_all_but_the_device() -> None:
    kept = kept_by_the_phone()
    session.clear()
    if kept:
        session.update(kept)
        session.permanent = True

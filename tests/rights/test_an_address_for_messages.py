"""Somebody wants messages by e-mail: nothing goes to an address that its owner did not confirm."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, Person
from tests.support.town import NOON
from volboard.accounts.models import Account
from volboard.core import clock
from volboard.core.db import db
from volboard.messages import taking
from volboard.messages.models import Delivery, Message
from volboard.rights.email_commands import token_of

As = Callable[[Person], Visitor]
ADDRESS = "mai@example.com"


@pytest.fixture(autouse=True)
def mail(app: Flask) -> Iterator[None]:
    """An installation that can send mail, by day."""
    settings = app.extensions["settings"]
    able = replace(settings, smtp_url="smtp://localhost:1", mail_from="a@b.cn")
    app.extensions["settings"] = able
    with clock.standing_at(NOON):
        yield


def confirmed(app: Flask) -> bool:
    with app.app_context():
        return db.session.get_one(Account, MAI.id).email_confirmed_at is not None


def letter(app: Flask) -> tuple[str, str]:
    """Where the one letter goes, and the path in it."""
    with app.app_context():
        delivery = db.session.scalars(select(Delivery.id)).one()
        taken = taking.take(delivery)
        assert taken is not None
        return taken.email, taken.path


def test_the_letter_goes_to_the_address_and_its_link_confirms(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    page = mai.open("/me/account/email").press("寄一封确认信", "main", email=ADDRESS)
    assert page.status == 200
    assert not confirmed(app)
    to, path = letter(app)
    assert to == ADDRESS
    opened = Visitor(app).open(path)
    assert not confirmed(app), "a program that looks through mail opens links too"
    assert opened.press("是我的邮箱").status == 200
    assert confirmed(app)


def test_the_page_never_shows_the_way_in(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    mai.open("/me/account/email").press("寄一封确认信", "main", email=ADDRESS)
    with app.app_context():
        path = db.session.scalars(select(Message.path)).one()
    for url in ("/me", "/me/messages", "/me/account/email"):
        assert path not in mai.open(url).response.get_data(as_text=True)


@pytest.mark.parametrize(
    "typed", ["", "mai", "mai@", "@x.cn", "a@b", "a b@c.cn", "a@b.cn\nBcc: x@y.cn"]
)
def test_what_is_no_address_is_sent_back(app: Flask, as_: As, typed: str) -> None:
    page = as_(MAI).open("/me/account/email").press("寄一封确认信", "main", email=typed)
    assert page.status == 422
    with app.app_context():
        assert db.session.query(Message).count() == 0


def test_a_token_is_good_for_its_own_address_only(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    mai.open("/me/account/email").press("寄一封确认信", "main", email=ADDRESS)
    with app.test_request_context():
        other = token_of(MAI.id, "other@example.com")
        stranger = token_of(BAO.id, ADDRESS)
    for token in (other, stranger, "nonsense", other[:-2]):
        assert Visitor(app).open(f"/email/{token}").press("是我的邮箱").status == 404
    assert not confirmed(app)


def test_taking_it_back_is_one_press(app: Flask, as_: As) -> None:
    mai = as_(MAI)
    mai.open("/me/account/email").press("寄一封确认信", "main", email=ADDRESS)
    mai.open("/me/account/email").press("删掉", ".confirm")
    with app.app_context():
        assert db.session.get_one(Account, MAI.id).email is None

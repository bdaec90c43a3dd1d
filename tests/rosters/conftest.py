"""Files that are sent, and what stands in the tables afterwards."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import stream_encode_multipart

from tests.support.browser import Page, Visitor, fields
from tests.support.cast import RIVER
from volboard.accounts.models import Account, Volunteer
from volboard.core.db import Base, db

Sender = Callable[..., Page]


def post(by: Visitor, url: str, data: dict[str, object]) -> Page:
    """Send a form with a file; the test client itself would leave a temporary file open."""
    body, _length, boundary = stream_encode_multipart(MultiDict(data), use_tempfile=False)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = by.client.post(url, data=body.read(), content_type=kind, follow_redirects=True)
    return Page(by, answer, answer.request.full_path.rstrip("?"))


@pytest.fixture
def send() -> Sender:
    """Choose a file on the page and press the button; answers the page that follows."""

    def choose(by: Visitor, data: bytes, name: str = "名单.xlsx", community: int = RIVER) -> Page:
        opened = by.open("/organize/rosters/import")
        form = opened.form("先看一遍")
        assert form.get("enctype") == "multipart/form-data"
        sent = fields(form, form.select("button")[0])
        file = FileStorage(BytesIO(data), name, "roster")
        return post(by, str(form["action"]), sent | {"roster": file, "community": str(community)})

    return choose


@pytest.fixture
def count(app: Flask) -> Callable[[type[Base]], int]:
    """How many rows a table has."""

    def rows(model: type[Base]) -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    return rows


@pytest.fixture
def who(app: Flask) -> Callable[[str], Volunteer | None]:
    """The volunteer of an account with this number."""

    def find(phone: str) -> Volunteer | None:
        with app.app_context():
            query = select(Volunteer).join(Account, Account.id == Volunteer.account_id)
            return db.session.scalars(query.where(Account.phone == "+86" + phone)).one_or_none()

    return find

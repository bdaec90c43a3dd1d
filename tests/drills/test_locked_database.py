"""Somebody else holds the database: a short wait is waited out, a long one gets a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import event

from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from tests.support.crowd import signed_in
from tests.support.town import NOON, a_shift, seats
from volboard.core import clock
from volboard.core.db import db, sqlite_module

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def mai(app: Flask) -> Iterator[Visitor]:
    """Mai before the button of the only shift, number 1."""
    with app.app_context():
        a_shift()
    with clock.standing_at(NOON - timedelta(days=3)):
        yield signed_in(app, MAI.id)


@contextmanager
def held(app: Flask) -> Iterator[Event]:
    """Another program, a backup say, writes meanwhile, or until the event."""
    enough = Event()
    with app.app_context():
        path = db.engine.url.database
    other = sqlite_module().connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    def let_go() -> None:
        enough.wait()
        other.execute("ROLLBACK")

    holder = Thread(target=let_go)
    holder.start()
    try:
        yield enough
    finally:
        enough.set()
        holder.join()
        other.close()


def test_a_short_wait_is_waited_out(app: Flask, mai: Visitor) -> None:
    page = mai.open("/events/1")
    with held(app) as enough:

        def let_go_when_asked(*call: object) -> None:
            if call[2] == "BEGIN IMMEDIATE":
                enough.set()

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", let_go_when_asked)
        assert page.press("报名", within="main").text(".seal") == "已报名"


def test_a_long_wait_ends_with_a_sentence_and_stores_nothing(app: Flask, mai: Visitor) -> None:
    page = mai.open("/events/1")
    with held(app):
        busy = page.press("报名", within="main")
        assert busy.status == 503
        assert busy.response.headers["Retry-After"]
        assert "刚才没有存上" in busy.whole_text
        assert "locked" not in busy.whole_text
        assert "包粽子" in mai.open("/events/1").whole_text
    with app.app_context():
        assert seats(1) == (0, 0)
    assert page.press("报名", within="main").text(".seal") == "已报名"


def test_every_write_of_this_slice_begins_immediately(app: Flask, mai: Visitor) -> None:
    began = {"mode": ""}
    late: list[str] = []

    def watch(conn: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("BEGIN"):
            began["mode"] = statement
        elif statement.startswith(WRITES) and began["mode"] != "BEGIN IMMEDIATE":
            late.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", watch)
    page = mai.open("/events/1").press("报名", within="main").press("确定不去")
    page.press("报名", within="main")
    visitor = Visitor(app).open("/shifts/1/sign-up")
    visitor.press("报名", within="main", name="王桂芳", phone="13912345678")
    olga = signed_in(app, OLGA.id)
    roster = olga.open("/organize/shifts/1/roster").press("看电话").follow("名单")
    roster = roster.press("报名", "#desk", name="李秀英", phone="13912345679")
    roster = roster.press("确定先上", reason="带队").press("确定取消", reason="不来了")
    olga.open("/organize/events/1").press("保存岗位", capacity="9")
    page = olga.open("/organize/events/1").press("确定停办", reason="下雨")
    assert page.status == 200
    assert began["mode"]
    assert late == []

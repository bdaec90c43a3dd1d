"""Every write takes its lock before it reads; what was answered is stored."""

import stat
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.conftest import both_engines, settings_for
from tests.support.cast import MAI
from volboard.accounts.models import Account, Volunteer
from volboard.app import create_app
from volboard.config import Settings, with_driver
from volboard.core.db import db, is_sound, locked, transaction


def add_person(name: str) -> None:
    db.session.add(
        Volunteer(account_id=MAI.id, name=name, initials="x", is_self=False, code=name,
                  created_at=db.session.get_one(Account, MAI.id).created_at)
    )  # fmt: skip


def family() -> int:
    return db.session.scalar(select(func.count(Volunteer.id))) or 0


@both_engines
def test_an_error_leaves_nothing_behind(inside: Flask) -> None:
    before = family()

    def fail_half_way() -> None:
        with transaction():
            add_person("甲")
            db.session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert family() == before


@both_engines
def test_a_nested_block_commits_with_the_outer_one_or_not_at_all(inside: Flask) -> None:
    before = family()

    def fail_after_the_inner_block() -> None:
        with transaction():
            with transaction():
                add_person("甲")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_the_inner_block()
    assert family() == before


def test_a_write_begins_immediate_and_a_read_does_not(inside: Flask) -> None:
    begun: list[str] = []

    def listen(*call: object) -> None:
        if str(call[2]).startswith("BEGIN"):
            begun.append(str(call[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    db.session.rollback()
    family()
    with transaction():
        family()
    assert begun == ["BEGIN DEFERRED", "BEGIN IMMEDIATE"]


@both_engines
def test_two_who_read_and_then_write_do_not_lose_an_update(app: Flask) -> None:
    def count_up() -> None:
        with app.app_context(), transaction():
            query = locked(select(Account.session_version).where(Account.id == MAI.id), of=Account)
            version = db.session.scalar(query) or 0
            time.sleep(0.02)
            db.session.execute(
                text("UPDATE accounts SET session_version = :v WHERE id = :i"),
                {"v": version + 1, "i": MAI.id},
            )

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert db.session.get_one(Account, MAI.id).session_version == 7


@both_engines
def test_foreign_keys_and_constraints_are_on(inside: Flask) -> None:
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text("INSERT INTO residencies (account_id, community_id, since) "
                                "VALUES (999, 1, '2026-01-01')"))  # fmt: skip


def test_sqlite_keeps_every_commit(inside: Flask) -> None:
    pragma = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in
              ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert pragma == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("version", "sound"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 50, 7), True),
     ((3, 50, 6), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 53, 4), True)],
)  # fmt: skip
def test_a_sqlite_that_can_lose_commits_is_refused(version: tuple[int, ...], sound: bool) -> None:
    assert is_sound(version) is sound


def test_the_secret_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    environ = {"VOLBOARD_INSTANCE": str(tmp_path / "new")}
    first, second = Settings.from_environ(environ), Settings.from_environ(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "new/secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_every_postgresql_address_gets_the_driver(url: str) -> None:
    assert with_driver(url) == "postgresql+psycopg://h/d"


def test_a_locked_database_is_a_polite_503_and_comes_back(app: Flask, tmp_path: Path) -> None:
    other = create_app(settings_for(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"]))
    client = app.test_client()
    token = csrf_token(client.get("/sign-in").get_data(as_text=True))
    with other.app_context():
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
        db.session.connection(execution_options={"begin_mode": "EXCLUSIVE"})
        with app.app_context():
            db.session.rollback()
        answer = client.post(
            "/join",
            data={"csrf_token": token, "name": "新来的", "phone": "13912345678",
                  "password": "a good long one", "community": "1"},
        )  # fmt: skip
        db.session.rollback()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert client.get("/healthz").status_code == 200


def csrf_token(html: str) -> str:
    return html.split('name="csrf_token"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_a_statement_that_fails_tells_the_log_no_names(app: Flask) -> None:
    with app.app_context(), pytest.raises(DatabaseError) as failed:
        db.session.execute(text("SELECT :name FROM no_such_table"), {"name": "麦小芳"})
    assert "麦小芳" not in str(failed.value)

"""What has been kept long enough goes; who has not come for years is told first."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, LONG_AGO, MAI, OLGA, OTTO, PASSWORD, RIVER, TIAN
from tests.support.town import a_shift
from volboard.accounts.commands import add_family, record_phone_view
from volboard.accounts.models import Account, Erasure, PhoneView, Volunteer
from volboard.accounts.rules import GONE
from volboard.cli import main
from volboard.core import clock
from volboard.core.db import Base, db, transaction
from volboard.messages.commands import Notice, tell
from volboard.messages.models import Message
from volboard.messages.rules import Kind
from volboard.rights.retention import sweep
from volboard.rights.rules import AWAY_FOR, LOGS_LAST, MESSAGES_LAST, TOLD_BEFORE
from volboard.signups.commands import sign_up

A_DAY = timedelta(days=1)
TELLING = LONG_AGO + AWAY_FOR - TOLD_BEFORE + A_DAY
"""When the cast, whose accounts were made long ago, has been away for nearly three years."""


def name_of(volunteer_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Volunteer, volunteer_id).name


def sweep_at(moment: datetime) -> None:
    with clock.standing_at(moment):
        sweep()


def read(account_id: int, at: datetime) -> None:
    with transaction():
        mail = db.session.scalars(select(Message).where(Message.account_id == account_id)).one()
        mail.read_at = at


@both_engines
def test_looks_at_a_number_are_kept_for_six_months_and_no_year(inside: Flask, engine: str) -> None:
    now = LONG_AGO + timedelta(days=300)
    for days in (199, 201):
        with clock.standing_at(now - timedelta(days=days)):
            record_phone_view(MAI.id, OLGA.id, f"/{days}")
    sweep_at(now)
    assert db.session.scalars(select(PhoneView.place)).all() == ["/199"]
    assert timedelta(days=183) < LOGS_LAST < timedelta(days=366)


@both_engines
def test_messages_go_after_a_year(inside: Flask, engine: str) -> None:
    for number, days in enumerate((0, 2)):
        with clock.standing_at(LONG_AGO + timedelta(days=days)):
            tell([Notice(f"k{number}", Kind.PROMOTED, "shift:1", MAI.id, RIVER, {}, "/me")])
    sweep_at(LONG_AGO + MESSAGES_LAST + A_DAY)
    assert db.session.scalars(select(Message.key)).all() == ["k1"]


def test_what_went_is_not_left_in_the_journal(inside: Flask, tmp_path: Path) -> None:
    with clock.standing_at(LONG_AGO):
        tell([Notice("k0", Kind.PROMOTED, "shift:1", MAI.id, RIVER, {"原因": "糖水"}, "/me")])
    journal = tmp_path / "volboard.sqlite3-wal"
    assert "糖水" in journal.read_bytes().decode(errors="ignore")
    sweep_at(LONG_AGO + MESSAGES_LAST + A_DAY)
    assert journal.read_bytes() == b""


def test_copies_of_the_database_go_after_a_month(inside: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    now = clock.now()
    for days in (29, 31):
        copy = folder / f"volboard-{days}.sqlite3"
        copy.write_text("x")
        then = (now - timedelta(days=days)).timestamp()
        os.utime(copy, (then, then))
    assert sweep(rehearse=True).copies == 1
    sweep_at(now)
    assert [path.name for path in folder.iterdir()] == ["volboard-29.sqlite3"]


@both_engines
def test_who_stayed_away_is_told_a_month_before_and_then_deleted(
    inside: Flask, engine: str
) -> None:
    child = add_family(MAI.id, "小妹", "女儿")
    with transaction():
        db.session.query(Volunteer).filter_by(id=child).update({"created_at": LONG_AGO})
        db.session.execute(Base.metadata.tables["consents"].delete())
    sweep_at(TELLING - 2 * A_DAY)
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0
    for _twice in range(2):
        sweep_at(TELLING)
    told = set(db.session.scalars(select(Message.account_id).where(Message.kind == Kind.LEAVING)))
    assert told == {MAI.id, BAO.id}, "not who organizes or runs the site"
    assert db.session.scalar(select(func.count()).select_from(Message)) == 2
    sweep_at(TELLING + TOLD_BEFORE - A_DAY)
    assert name_of(MAI.id) == MAI.name
    sweep_at(TELLING + TOLD_BEFORE)
    assert {name_of(one) for one in (MAI.id, child, BAO.id)} == {GONE}
    assert {name_of(one.id) for one in (OLGA, OTTO, TIAN, ADA)} == {
        OLGA.name, OTTO.name, TIAN.name, ADA.name
    }  # fmt: skip
    causes = set(db.session.scalars(select(Erasure.cause)))
    assert causes == {"retention"}


def test_nobody_goes_untold_however_long_the_worker_was_off(inside: Flask) -> None:
    late = LONG_AGO + AWAY_FOR + timedelta(days=400)
    sweep_at(late)
    assert name_of(MAI.id) == MAI.name
    sweep_at(late + TOLD_BEFORE - A_DAY)
    assert name_of(MAI.id) == MAI.name
    sweep_at(late + TOLD_BEFORE)
    assert name_of(MAI.id) == GONE


def signs_in(app: Flask, at: datetime) -> None:
    with clock.standing_at(at):
        Visitor(app).sign_in(MAI.phone, PASSWORD)


@pytest.mark.parametrize("sign", ["signs in", "reads the message", "has a place", "agrees"])
def test_a_sign_of_life_keeps_everything(app: Flask, sign: str) -> None:
    with app.app_context():
        sweep_at(TELLING)
    if sign == "signs in":
        signs_in(app, TELLING + A_DAY)
    with app.app_context():
        if sign == "reads the message":
            read(MAI.id, TELLING + A_DAY)
        if sign == "has a place":
            shift = a_shift(starts_at=TELLING + timedelta(days=3))
            with clock.standing_at(TELLING + A_DAY):
                sign_up(MAI.id, shift, MAI.id)
        if sign == "agrees":
            with clock.standing_at(TELLING + A_DAY):
                add_family(MAI.id, "小妹", "女儿")
        sweep_at(TELLING + TOLD_BEFORE + 5 * A_DAY)
        assert name_of(MAI.id) == MAI.name
        assert name_of(BAO.id) == GONE


def test_signing_in_is_written_down_once_a_day(app: Flask) -> None:
    seen = []
    for hours in (0, 5, 30):
        signs_in(app, TELLING + timedelta(hours=hours))
        with app.app_context():
            seen.append(db.session.get_one(Account, MAI.id).last_signed_in_at)
    assert seen == [TELLING, TELLING, TELLING + timedelta(hours=30)]


def test_a_rehearsal_counts_and_changes_nothing(app: Flask) -> None:
    with app.app_context(), clock.standing_at(LONG_AGO):
        record_phone_view(MAI.id, OLGA.id, "/x")
    with app.app_context():
        sweep_at(TELLING - timedelta(days=400))
    with app.app_context(), clock.standing_at(LONG_AGO):
        record_phone_view(MAI.id, OLGA.id, "/y")
    with clock.standing_at(TELLING + A_DAY):
        said = app.test_cli_runner().invoke(main, ["retention", "--dry-run"]).output
    with app.app_context():
        assert "看号码的记录：1" in said
        assert "要告诉的账号：2" in said
        assert db.session.scalars(select(PhoneView.place)).all() == ["/y"]
        assert db.session.scalar(select(func.count()).select_from(Message)) == 0

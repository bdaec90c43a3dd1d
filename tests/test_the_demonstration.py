"""The demonstration data, made by the real commands, keeps every rule and fills every page."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.conftest import settings_for
from volboard.app import create_app
from volboard.attendance.models import Attendance
from volboard.certificates import keys
from volboard.core import clock, site, upgrade
from volboard.core.db import db
from volboard.demo.town import fill
from volboard.events.models import Event, Shift
from volboard.hours.models import HourEntry
from volboard.signups.models import Signup
from volboard.teams.models import Team

SUNDAY_EVENING = datetime.fromisoformat("2026-11-22T20:10:00+08:00")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("town")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}"))
    upgrade.attach(app)
    with app.app_context(), clock.standing_at(SUNDAY_EVENING):
        assert upgrade.upgrade(folder / "backups") is None
        keys.settle()
        assert upgrade.is_empty()
        fill()
        assert not upgrade.is_empty()
    return app


def number(query: object) -> int:
    return int(db.session.scalar(query) or 0)  # type: ignore[call-overload]


def test_there_is_a_year_of_two_communities(town: Flask) -> None:
    with town.app_context():
        assert site.is_demo()
        assert number(select(func.count(Team.id))) == 10
        past = select(func.count(Event.id)).where(Event.ends_at < SUNDAY_EVENING)
        assert number(past) > 40
        coming = select(func.count(Event.id)).where(Event.ends_at >= SUNDAY_EVENING)
        assert number(coming) > 20
        assert number(select(func.count(func.distinct(Event.festival)))) >= 20


def test_the_counters_agree_with_the_rows(town: Flask) -> None:
    wrong = text(
        "SELECT count(*) FROM shifts s WHERE seated <> (SELECT count(*) FROM signups WHERE "
        "shift_id = s.id AND state = 'seated') OR waiting <> (SELECT count(*) FROM signups "
        "WHERE shift_id = s.id AND state = 'waiting')"
    )
    with town.app_context():
        assert number(wrong) == 0
        waited = select(func.count(Signup.id)).where(Signup.state == "waiting")
        assert number(waited) > 0
        assert number(select(func.count(Shift.id)).where(Shift.seated > Shift.capacity)) == 0


def test_nobody_has_more_minutes_than_they_were_there(town: Flask) -> None:
    with town.app_context():
        lines = db.session.execute(
            select(HourEntry.minutes, Attendance.checked_in_at, Shift.starts_at, Shift.ends_at)
            .join(Attendance, Attendance.id == HourEntry.attendance_id)
            .join(Shift, Shift.id == HourEntry.shift_id)
        ).all()
        assert len(lines) > 200
        for minutes, came, starts_at, ends_at in lines:
            assert came is not None
            assert 0 < minutes <= (ends_at - max(came, starts_at)).total_seconds() // 60


def test_the_same_moment_makes_the_same_data(town: Flask, tmp_path: Path) -> None:
    again = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'volboard.sqlite3'}"))
    upgrade.attach(again)
    signups = select(Signup.shift_id, Signup.volunteer_id, Signup.state).order_by(Signup.id)
    with town.app_context():
        first = db.session.execute(signups).all()
    with again.app_context(), clock.standing_at(SUNDAY_EVENING):
        upgrade.upgrade(tmp_path / "backups")
        keys.settle()
        fill()
        assert db.session.execute(signups).all() == first


def test_an_installation_without_the_demonstration_has_no_account(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'volboard.sqlite3'}"))
    upgrade.attach(app)
    with app.app_context():
        upgrade.upgrade(tmp_path / "backups")
        assert upgrade.is_empty()
        assert not site.is_demo()

"""Databases and people. Browser tests open no app context; command tests ask for `inside`."""

import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
import pytest
from flask import Flask

from tests.support import acts, cast, postgres
from tests.support.browser import Visitor
from tests.support.compiled import (
    compile_routes_once,
    compile_statements_once,
    compile_templates_once,
)
from tests.support.crowd import signed_in
from tests.support.keys import SEAL_KEY, SITE_KEY
from tests.support.unhurried import (
    give_every_example_time,
    hash_cheaply,
    stop_the_clock_of_limits,
)
from volboard.app import create_app
from volboard.certificates import keys
from volboard.config import Settings
from volboard.core import upgrade
from volboard.core.db import db

STATIC = TemporaryDirectory(prefix="volboard-static-")
LONGEST = (
    "tests/browser/test_accessibility.py",
    "tests/test_hostile_input.py",
    "tests/browser/",
    "tests/test_the_demonstration.py",
    "tests/drills/",
    "tests/messages/test_the_worker.py",
)
"""What takes a worker a minute or more, or waits most of its time for other programs."""
give_every_example_time()
hash_cheaply()
acts.watch()
compile_routes_once()
compile_statements_once()
compile_templates_once()
both_engines = pytest.mark.parametrize("engine", ["sqlite", "postgres"], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, lest one worker be left with them at the end."""
    items.sort(key=lambda item: [not item.nodeid.startswith(long) for long in LONGEST])


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it after each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def settings_for(folder: Path, url: str) -> Settings:
    """An installation in `folder`, as `make run` would set it up, without demo data.

    The static files, which are written once and never changed, are the same for all of them.
    """
    if not (folder / "static").exists():
        (folder / "static").symlink_to(STATIC.name)
    return Settings.from_environ(
        {
            "VOLBOARD_INSTANCE": str(folder),
            "VOLBOARD_DATABASE_URL": url,
            "VOLBOARD_SECRET_KEY": SITE_KEY,
            "VOLBOARD_SEAL_KEY": SEAL_KEY,
            "VOLBOARD_HTTPS": "0",
        }
    )


@pytest.fixture(autouse=True)
def still_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twenty-first try of a minute is that, however long the test takes."""
    stop_the_clock_of_limits(monkeypatch)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all migrations and the cast, to copy for each test."""
    folder = tmp_path_factory.mktemp("built")
    fill(create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}")))
    return folder / "volboard.sqlite3"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server for this worker."""
    if os.environ.get("VOLBOARD_SKIP_POSTGRES") == "1":
        pytest.skip("told to do without PostgreSQL")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(scope="session")
def pattern(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL database with all migrations and the cast, to copy for each test."""
    name = f"pattern_{uuid.uuid4().hex[:8]}"
    url = postgres.create_database(server, name)
    fill(create_app(settings_for(tmp_path_factory.mktemp("pattern"), url)))
    postgres.wait_until_alone(server, name)
    return name


def fill(app: Flask) -> None:
    """Upgrade an empty database and let the cast move in."""
    upgrade.attach(app)
    with app.app_context():
        flask_migrate.upgrade()
        keys.settle()
        cast.settle_everybody()
        db.engine.dispose()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine the test runs on: SQLite, unless it says `@both_engines`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with the cast in it."""
    if engine == "sqlite":
        path = tmp_path / "volboard.sqlite3"
        shutil.copy(request.getfixturevalue("built"), path)
        yield f"sqlite:///{path}"
        return
    server, name = request.getfixturevalue("server"), f"test_{uuid.uuid4().hex[:12]}"
    yield postgres.create_database(server, name, request.getfixturevalue("pattern"))
    postgres.drop_database(server, name)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The product on a fresh database."""
    app = create_app(settings_for(tmp_path, database_url))
    upgrade.attach(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """An open app context, for tests of commands and queries; never with `as_` or `visitor`."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app)


@pytest.fixture
def as_(app: Flask) -> Callable[[cast.Person], Visitor]:
    """Each of the cast, with a browser of their own whose session stands already.

    Tests about signing in use `Visitor.sign_in`, which goes through the page.
    """
    return lambda person: signed_in(app, person.id)

"""A throwaway PostgreSQL cluster, run as an unprivileged user; or the one you name."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask

from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, until

CURE = (
    "PostgreSQL's server programs were not found. Install them (Debian: apt-get install "
    "postgresql), or set TEST_DATABASE_URL, or VOLBOARD_SKIP_POSTGRES=1 to do without."
)
CONNECTED = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"
QUIET = "-c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=64MB"


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the address of a server's `postgres` database, without a trailing name."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given.rsplit("/", 1)[0]
        return
    bin_folder = server_programs()
    folder = Path(tempfile.mkdtemp(prefix="volboard-pg-"))
    try:
        with started(bin_folder, folder) as port:
            yield f"postgresql://volboard@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_programs() -> Path:
    """The folder of initdb and pg_ctl, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise RuntimeError(CURE)
    return found[0].parent if found else Path(str(on_path)).parent


@contextmanager
def started(bin_folder: Path, folder: Path) -> Iterator[int]:
    """Make a cluster in `folder` and run it on a free local port."""
    user = unprivileged(folder)
    data, port = folder / "data", free_port()

    def run(*command: str) -> None:
        subprocess.run([*user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    initdb, pg_ctl = str(bin_folder / "initdb"), str(bin_folder / "pg_ctl")
    run(initdb, "-D", str(data), "-U", "volboard", "-A", "trust", "-E", "UTF8", "--no-sync",
        "--locale=C.UTF-8")  # fmt: skip
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {QUIET}"
    log, patience = str(folder / "log"), str(PATIENCE)
    run(pg_ctl, "-D", str(data), "-w", "-t", patience, "-l", log, "-o", options, "start")
    try:
        yield port
    finally:
        run(pg_ctl, "-D", str(data), "-t", patience, "-m", "immediate", "stop")


def unprivileged(folder: Path) -> list[str]:
    """How to run a program as somebody who is not root: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    name = "postgres" if has_user("postgres") else "nobody"
    person = pwd.getpwnam(name)
    os.chown(folder, person.pw_uid, person.pw_gid)
    return ["runuser", "-u", name, "--"]


def has_user(name: str) -> bool:
    """Whether the system knows this user."""
    return any(entry.pw_name == name for entry in pwd.getpwall())


def create_database(server: str, name: str, template: str = "template0") -> str:
    """Make a database as a copy of another, file by file; answers its address."""
    made = f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(made.encode())
    return f"{server}/{name}"


def drop_database(server: str, name: str) -> None:
    """Remove a database, whoever is still connected."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def wait_until_alone(server: str, name: str) -> None:
    """Until nobody is connected to this database: who has just left may still be there, and a
    database is not copied while somebody is."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        until(lambda: connection.execute(CONNECTED, (name,)).fetchone() == (0,), "the last goodbye")


def wait_until_somebody_waits(app: Flask) -> None:
    """Until one connection to the app's database waits for a row that another one holds."""
    url: str = app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    name = url.rsplit("/", 1)[1]
    with psycopg.connect(url, autocommit=True) as connection:
        until(lambda: connection.execute(WAITING, (name,)).fetchone(), "somebody who waits")

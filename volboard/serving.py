"""The commands that `make run` and `make serve` call: prepare a database, serve it."""

import os
import sys
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from volboard.certificates import keys
from volboard.config import ROOT, SEAL_FILE, BadSetting, Settings
from volboard.core import site, upgrade
from volboard.demo.town import DEMO_ACCOUNTS, fill

MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(16 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(16 * 2**20),
}
"""How glibc keeps a worker's memory, where the environment does not say it; others ignore it.

A password's hash takes 19 MiB for a moment. Left alone, glibc learns from the first one to keep
the next ones for ever. With these it gives them back, and keeps what a page needs again and
again. One arena is enough: Python's lock lets one thread at a time ask for memory.
"""
DELIVER = [sys.executable, "-m", "volboard.worker"]
"""Not through the command line, whose migrations would cost the worker their memory."""


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty database with demonstration data.")
@with_appcontext
def prepare(demo: bool) -> None:
    """Bring the database to this release, taking a copy of it first."""
    settings: Settings = current_app.extensions["settings"]
    copy = upgrade.upgrade(settings.instance / "backups")
    if copy is not None:
        click.echo(f"已备份 · copied the database to {copy}")
        click.echo("钥匙不在里面，请另外存好 · the keys are not in it: secret_key, seal_key")
    tell_of_key()
    if demo and upgrade.is_empty():
        click.echo("正在准备演示数据 · making demonstration data …")
        fill()
    if site.is_demo():
        click.echo("演示账号 · demo accounts:")
        for account in DEMO_ACCOUNTS:
            click.echo(f"  {account.role}  {account.phone}  {account.password}")


def tell_of_key() -> None:
    """See that the key of this database's proofs is here, and tell of one that was made."""
    try:
        made = keys.settle()
    except BadSetting as missing:
        raise click.ClickException(str(missing)) from None
    if made:
        folder = current_app.extensions["settings"].instance
        click.echo(
            f"封证明的钥匙在 {folder / SEAL_FILE}，请和备份分开存好 · keep it beside a backup"
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; two for two cores.")
@click.option("--no-worker", is_flag=True, help="For who runs `volboard deliver` apart.")
@with_appcontext
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the product with granian, two threads a worker, and bring its messages out."""
    tell_of_key()
    click.echo(f"http://{host}:{port}")
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "--workers-kill-timeout", "10",
        "--working-dir", str(ROOT), "wsgi:app",
    ]  # fmt: skip
    if no_worker:
        become(server)
    become([sys.executable, "-m", "volboard.supervisor", *DELIVER, "--", *server])


@click.command()
def deliver() -> None:
    """Bring messages out, and keep the minutes; `volboard serve` does it too, beside the server."""
    become(DELIVER)


def become(command: list[str]) -> NoReturn:
    """Go on as this command, in the folder of the product."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, {**MEMORY, **os.environ})  # noqa: S606

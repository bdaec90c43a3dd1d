"""The commands that `make run` and `make serve` call: prepare a database, serve it."""

import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from volboard.certificates import keys
from volboard.config import ROOT, SEAL_FILE, BadSetting, Settings
from volboard.core import site, upgrade
from volboard.demo.town import DEMO_ACCOUNTS, fill
from volboard.private import hold

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
HEADER_MS = 20_000
"""How long a browser may take for a request's headers, and a connection may lie idle; the shipped
proxy lets an idle one go sooner, so that it never presses into one that is just being closed."""
CONNECTIONS = 4096
"""Connections a worker holds open; each costs some kilobytes, and no thread while it waits."""
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


def tell_of_address() -> None:
    """Say what the first visitor would run into: a cookie that comes over TLS alone."""
    settings = current_app.extensions["settings"]
    if settings.https and not settings.base_url:
        click.echo(
            "登录只在 https:// 下有用：前面放好证书，设 VOLBOARD_BASE_URL；"
            "只在自己电脑上试用，设 VOLBOARD_HTTPS=0 · signing in takes https; "
            "to try it here, VOLBOARD_HTTPS=0"
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; two for two cores.")
@click.option("--no-worker", is_flag=True, help="For who runs `volboard deliver` apart.")
@click.option("--beside", is_flag=True, help="Another server uses this folder too; I know.")
@with_appcontext
def serve(host: str, port: int, workers: int, no_worker: bool, beside: bool) -> None:
    """Serve the product with granian, and bring its messages out."""
    refuse_a_used_port(host, port)
    if not beside:
        refuse_a_used_folder(Settings.from_environ().instance, host, port)
    tell_of_key()
    click.echo(f"http://{host}:{port}")
    tell_of_address()
    server = [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--no-ws", "--http", "1", "--log-level", "warning",
        "--http1-header-read-timeout", str(HEADER_MS), "--backpressure", str(CONNECTIONS),
        "--respawn-failed-workers", "--workers-kill-timeout", "10",
        "--working-dir", str(ROOT), "--factory", "volboard.reception:served",
    ]  # fmt: skip
    if no_worker:
        become(server)
    become([sys.executable, "-m", "volboard.supervisor", *DELIVER, "--", *server])


def refuse_a_used_port(host: str, port: int) -> None:
    """Raise ClickException where somebody listens there already.

    granian would share the port, and each of the two servers would get half of the people.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise click.ClickException(
            f"{host}:{port} 用不了（{problem.strerror}）。请换一个：--port，或停掉占用它的程序。\n"
            f"{host}:{port} cannot be used ({problem.strerror}): choose another --port, or stop "
            "the program that holds it."
        ) from None


def refuse_a_used_folder(instance: Path, host: str, port: int) -> None:
    """Hold the folder, or raise ClickException where another server does."""
    holder = hold(instance, f"{os.getpid()} http://{host}:{port}")
    if holder is not None:
        raise click.ClickException(
            f"{instance} 正由另一个服务器用着（{holder}）。确实要两个一起用，请加 --beside。\n"
            f"{instance} is in use by another server ({holder}). If two of them are to share it, "
            "say --beside."
        )


@click.command()
def deliver() -> None:
    """Bring messages out, and keep the minutes; `volboard serve` does it too, beside the server."""
    become(DELIVER)


def become(command: list[str]) -> NoReturn:
    """Go on as this command, in the folder of the product."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, {**MEMORY, **os.environ})  # noqa: S606

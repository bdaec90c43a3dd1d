"""The command line: `volboard --help`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup

from volboard.app import create_app
from volboard.certificates import keys
from volboard.communities import commands as communities
from volboard.communities import queries
from volboard.config import BadSetting
from volboard.core import upgrade
from volboard.core.errors import Refusal
from volboard.hours.seals import seal_now
from volboard.hours.verifying import Book, faults
from volboard.rights.retention import sweep
from volboard.serving import deliver, prepare, serve

HEAD = re.compile("[0-9a-f]{16,64}")


def app_for_commands() -> Flask:
    """The application with its migrations, which a server does without."""
    try:
        app = create_app()
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from None
    upgrade.attach(app)
    return app


@click.group(cls=FlaskGroup, create_app=app_for_commands, add_version_option=False)
def main() -> None:
    """Run and look after a volboard."""


main.add_command(prepare)
main.add_command(serve)
main.add_command(deliver)


@contextmanager
def refusals() -> Iterator[None]:
    """Say a refusal's sentence and end with status 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


@main.command("create-admin")
@click.argument("phone")
@click.argument("name")
@click.option("--code", is_flag=True, hidden=True, help="What it does in any case by now.")
def create_admin(phone: str, name: str, code: bool) -> None:
    """Print a one-time code with which the person with this number comes to run the site.

    Whoever holds the number has nothing before the code is used at /sign-in/office, which also
    sets a new password: an admin who lost theirs gets in by it, too. Somebody who has an account
    keeps their name.
    """
    with refusals():
        offer = communities.offer_site(phone, name)
    hand_out(offer, f"{offer.name} 用它接了，才是管理员。")


@main.command("create-community")
@click.argument("slug")
@click.argument("name")
@click.argument("city")
@click.argument("address")
@click.argument("phone")
def create_community(slug: str, name: str, city: str, address: str, phone: str) -> None:
    """Found a community; SLUG is its short name in files and on the command line."""
    with refusals():
        communities.create_community(communities.CommunityDraft(slug, name, city, address, phone))
    click.echo(f"{name} 建好了。")


@main.command("grant-organizer")
@click.argument("phone")
@click.argument("slug")
def grant_organizer(phone: str, slug: str) -> None:
    """Print a one-time code with which the account with this number comes to organize here."""
    found = [one for one in queries.communities() if one.slug == slug]
    if not found:
        raise click.ClickException(f"没有简称是 {slug} 的社区。")
    with refusals():
        offer = communities.offer_office(phone, found[0].id, None)
    hand_out(offer, f"{offer.name} 用它接了，才是{found[0].name}的组织者。")


def hand_out(offer: communities.Offer, what: str) -> None:
    """Print a code, once; nothing is given before its holder accepts with it."""
    base = current_app.extensions["settings"].base_url
    click.echo(f"验证码（{offer.days} 天内，只能用一次）：{offer.spaced}")
    where = f"{base}/sign-in/office" if base else "本站的 /sign-in/office"
    click.echo(f"请当面交给本人，打开 {where}，填手机号、验证码和新密码。")
    if not base:
        click.echo("还没有设 VOLBOARD_BASE_URL，网址写不全：设好再启动，海报和消息也要用。")
    click.echo(what)


@main.command("new-seal-key")
def new_seal_key() -> None:
    """Begin to seal proofs with a new key; the old one is put aside, and goes on verifying.

    Where the old one is lost, its proofs say from now on that their seal cannot be checked.
    """
    try:
        made = keys.renew()
    except BadSetting as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"换好了，新钥匙的指纹是 {made[:16]}。请把它和备份分开存好。")


@main.group("ledger")
def ledger() -> None:
    """Seal the ledger of hours, and tell whether somebody has touched it."""


@ledger.command("verify")
@click.option("--against", default="", help="A day's head that you kept: 16 to 64 hex digits.")
def verify_ledger(against: str) -> None:
    """Read the whole ledger against its digests; a line for each fault, and status 1."""
    if against and not HEAD.fullmatch(against.lower()):
        raise click.ClickException("封存值是 16 到 64 位的 0–9、a–f。")
    book, found = Book(), False
    for fault in faults(book, against):
        click.echo(str(fault))
        found = True
    if found:
        raise click.exceptions.Exit(1)
    click.echo(
        f"账是好的：{book.lines} 条，{book.seals} 天封存。最后的封存值：{book.head or '还没有'}"
    )


@ledger.command("seal")
def seal_ledger() -> None:
    """Seal what the ledger holds as the end of yesterday; for a timer, soon after midnight."""
    sealed = seal_now()
    if sealed is None:
        click.echo("没有要封存的。")
        return
    click.echo(f"{sealed.day} 封存好了：{sealed.entries} 条，{sealed.digest}")


@main.command("retention")
@click.option("--dry-run", is_flag=True, help="Only count what is due.")
def retention(dry_run: bool) -> None:
    """Delete what has been kept long enough; the worker does it each day."""
    done = sweep(rehearse=dry_run)
    click.echo("到期的：" if dry_run else "删掉的：")
    for words, count in (
        ("看号码的记录", done.looks), ("服务台验证码", done.codes), ("消息", done.messages),
        ("数据库的旧备份", done.copies),
        ("要告诉的账号", done.told), ("三年没来的账号", done.erased),
    ):  # fmt: skip
        click.echo(f"  {words}：{count}")

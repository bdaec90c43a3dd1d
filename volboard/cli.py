"""The command line: `volboard --help`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from flask.cli import FlaskGroup

from volboard.accounts import commands as accounts
from volboard.accounts.errors import NotAPhone
from volboard.accounts.phones import normalised
from volboard.accounts.queries import account_by_phone
from volboard.accounts.rules import weakness
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
@click.option("--code", is_flag=True, help="Print a one-time code for /sign-in/code instead.")
def create_admin(phone: str, name: str, code: bool) -> None:
    """Let the person with this number run the site; asks for a password if they are new.

    Somebody who has an account keeps their name and password.
    """
    with refusals():
        if normalised(phone) is None:
            raise NotAPhone
        known = account_by_phone(phone)
        password = None if known or code else ask_for_password(phone)
        account_id = known.id if known else accounts.join(name, phone, password)
        accounts.appoint_admin(account_id)
        if code:
            digits = accounts.issue_desk_code(account_id, account_id)
            click.echo(f"验证码（10 分钟内，只能用一次）：{digits}")
    click.echo("管理员设好了。请打开 /sign-in 登录。")


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
    """Let the account with this number organize in the community."""
    found = [one for one in queries.communities() if one.slug == slug]
    if not found:
        raise click.ClickException(f"没有简称是 {slug} 的社区。")
    with refusals():
        communities.grant_by_phone(phone, found[0].id, None)
    click.echo(f"{found[0].name} 的组织者设好了。")


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


def ask_for_password(phone: str) -> str:
    """Ask twice, unseen, until the password will do."""
    while True:
        password = str(click.prompt("密码", hide_input=True, confirmation_prompt=True))
        if weakness(password, phone) is None:
            return password
        click.echo("这个密码太短、太长或太容易猜到，请换一个。", err=True)

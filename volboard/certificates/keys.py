"""The keys that proofs are sealed with: files beside the database, which knows them by their
fingerprints (docs/adr/0045)."""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, select, text

from volboard.certificates.errors import KeyMissing
from volboard.certificates.models import Certificate, SealKey
from volboard.certificates.rules import fingerprint, holds, seal_key
from volboard.config import SEAL_FILE, BadSetting, Settings, kept_secret, strong
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.logs import log

SHOWN = 8
"""Digits of a fingerprint that are told."""


@dataclass(frozen=True)
class Sealing:
    """The key that seals today, and its row."""

    id: int
    key: bytes


def sealing() -> Sealing:
    """The key for a new proof; raises KeyMissing where the database does not know it."""
    secret = _present(_settings())
    found = select(SealKey.id).where(
        SealKey.fingerprint == (fingerprint(secret) if secret else ""), SealKey.origin == "own"
    )
    number = db.session.scalar(found)
    if number is None:
        raise KeyMissing
    return Sealing(number, seal_key(secret))


def key_of(known: str | None) -> bytes | None:
    """The key with this fingerprint, if it is at hand: the one in use, or one put aside."""
    settings = _settings()
    for secret in (_present(settings), settings.secret_key, *_put_aside(settings)):
        if secret and fingerprint(secret) == known:
            return seal_key(secret)
    return None


def settle() -> str:
    """See that this database's key is here; answers the fingerprint of a key that was made.

    A key is made for a database that never had one, and for no other: nothing else may begin
    to seal in the name of a key that is lost. Raises BadSetting, which says what to restore.
    """
    if not inspect(db.engine).has_table(SealKey.__tablename__):
        return ""
    with transaction():
        _one_at_a_time()
        newest = _newest()
        secret = _present(_settings())
        if newest is None:
            return _begin(secret)
        if not secret or fingerprint(secret) != newest:
            raise BadSetting(_lost(newest, secret))
        return ""


def renew() -> str:
    """Begin with a new key, on purpose; answers its fingerprint. The old one is put aside.

    With `VOLBOARD_SEAL_KEY` that key is taken. Raises BadSetting where the database knows it.
    """
    settings = _settings()
    with transaction():
        _one_at_a_time()
        if settings.seal_key:
            mark = fingerprint(settings.seal_key)
            if db.session.scalar(select(SealKey.id).where(SealKey.fingerprint == mark)):
                raise BadSetting("请先把 VOLBOARD_SEAL_KEY 换成一把新的。")
        else:
            _put_away(settings)
            mark = fingerprint(kept_secret(settings.instance / SEAL_FILE))
        _remember(mark, "own")
    log.info("seal key renewed", fingerprint=mark[:SHOWN])
    return mark


def _begin(secret: str) -> str:
    """The first key of a database, and the site's own with which proofs were sealed before."""
    settings, made = _settings(), not secret
    if _site_sealed(settings.secret_key):
        _remember(fingerprint(settings.secret_key), "site")
    mark = fingerprint(secret or kept_secret(settings.instance / SEAL_FILE))
    _remember(mark, "own")
    log.info("seal key known", fingerprint=mark[:SHOWN])
    return mark if made else ""


def _site_sealed(secret: str) -> bool:
    """Whether the site's secret is the one of the proofs that were sealed before."""
    c = Certificate
    newest = select(c.number, c.code, c.facts, c.seal).where(c.key_id.is_(None), c.facts != "")
    row = db.session.execute(newest.order_by(c.id.desc()).limit(1)).first()
    return row is None or holds(seal_key(secret), row.number, row.code, row.facts, row.seal)


def _newest() -> str | None:
    own = select(SealKey.fingerprint).where(SealKey.origin == "own")
    return db.session.scalar(own.order_by(SealKey.id.desc()).limit(1))


def _remember(mark: str, origin: str) -> None:
    db.session.add(SealKey(fingerprint=mark, origin=origin, made_at=clock.now()))
    db.session.flush()


def _present(settings: Settings) -> str:
    """The key in use, as the environment or the file says it; empty where there is none."""
    path = settings.instance / SEAL_FILE
    if settings.seal_key or not path.exists():
        return settings.seal_key
    return strong(str(path), path.read_text("ascii"))


def _put_aside(settings: Settings) -> tuple[str, ...]:
    return tuple(
        path.read_text("ascii") for path in settings.instance.glob(f"{SEAL_FILE}.????????")
    )


def _put_away(settings: Settings) -> None:
    path: Path = settings.instance / SEAL_FILE
    if path.exists():
        os.replace(path, path.with_name(f"{SEAL_FILE}.{fingerprint(path.read_text())[:SHOWN]}"))


def _one_at_a_time() -> None:
    """On PostgreSQL, let nobody else begin with a key until we are done."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE seal_keys IN EXCLUSIVE MODE"))


def _lost(newest: str, secret: str) -> str:
    here = fingerprint(secret)[:SHOWN] if secret else "没有 · none"
    return (
        f"这个数据库的证明是用另一把钥匙封的：它记着 {newest[:SHOWN]}，这里的是 {here}。"
        f"请把备份里的 instance/{SEAL_FILE}（或 VOLBOARD_SEAL_KEY）放回来。真的找不到了，"
        "就运行 volboard new-seal-key 换一把：以前的证明还查得到，只是会写明封记核对不了。"
        f" · The key of this database's proofs is not here: restore instance/{SEAL_FILE},"
        " or begin with a new one (volboard new-seal-key)."
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings

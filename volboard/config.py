"""Settings: read once from `VOLBOARD_…` variables, each with a default that is safe."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from volboard.private import make_private

ROOT = Path(__file__).resolve().parent.parent
YES = {"1", "true", "yes", "on"}
POSTGRES_NAMES = ("postgres://", "postgresql://")


@dataclass(frozen=True)
class Settings:
    """What may differ between two installations; the README lists every variable."""

    instance: Path
    database_url: str
    secret_key: str
    https: bool
    base_url: str
    site_name: str
    trusted_hosts: tuple[str, ...]
    proxies: int
    ratelimit_url: str
    front_cache: bool
    smtp_url: str
    """`smtp://`, `smtp+tls://` or `smtps://` with user, password, host and port; empty: none."""
    mail_from: str
    webhook_url: str
    """Where messages to telephone numbers are posted as JSON; empty: no gateway."""
    webhook_key: str
    """What signs those posts (HMAC-SHA256)."""
    robots: Mapping[str, str]
    """Of a community's short name, where messages to its chat group are posted."""
    queue_url: str
    """Where the worker's queue is: `redis://` or `postgresql://`; empty: a file in `instance`."""

    messages_a_second: float
    """How many go out at most: gateways have such limits, and signups want the database too."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; makes the instance folder and, on first start, the secret key.

        From here on nobody else may read what this process writes.
        """
        instance = Path(environ.get("VOLBOARD_INSTANCE", ROOT / "instance")).resolve()
        make_private(instance)
        default_url = f"sqlite:///{instance / 'volboard.sqlite3'}"
        hosts = environ.get("VOLBOARD_TRUSTED_HOSTS", "")
        return cls(
            instance=instance,
            database_url=with_driver(environ.get("VOLBOARD_DATABASE_URL", default_url)),
            secret_key=environ.get("VOLBOARD_SECRET_KEY") or kept_secret(instance / "secret_key"),
            https=environ.get("VOLBOARD_HTTPS", "1").lower() in YES,
            base_url=environ.get("VOLBOARD_BASE_URL", "").rstrip("/"),
            site_name=environ.get("VOLBOARD_SITE_NAME", "社区志愿服务"),
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            proxies=int(environ.get("VOLBOARD_PROXIES", "0")),
            ratelimit_url=environ.get("VOLBOARD_RATELIMIT_URL", "memory://"),
            front_cache=environ.get("VOLBOARD_FRONT_CACHE", "1").lower() in YES,
            smtp_url=environ.get("VOLBOARD_SMTP_URL", ""),
            mail_from=environ.get("VOLBOARD_MAIL_FROM", ""),
            webhook_url=environ.get("VOLBOARD_WEBHOOK_URL", ""),
            webhook_key=environ.get("VOLBOARD_WEBHOOK_KEY", ""),
            robots=pairs(environ.get("VOLBOARD_ROBOTS", "")),
            queue_url=environ.get("VOLBOARD_QUEUE_URL", ""),
            messages_a_second=float(environ.get("VOLBOARD_MESSAGES_A_SECOND", "10")),
        )


def pairs(text: str) -> dict[str, str]:
    """`yanhe=https://… tiebei=https://…` as a mapping; parts without a `=` are left out."""
    return dict(part.split("=", 1) for part in text.split() if "=" in part)


def with_driver(url: str) -> str:
    """Name the PostgreSQL driver that volboard uses, whatever form the address came in."""
    for name in POSTGRES_NAMES:
        if url.startswith(name):
            return "postgresql+psycopg://" + url.removeprefix(name)
    return url


def kept_secret(path: Path) -> str:
    """Return the installation's secret key; made on first use, readable by its owner only."""
    if not path.exists():
        passing = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(passing, path)
        passing.unlink()
    return path.read_text("ascii")

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
SHORTEST_SECRET, FEWEST_SIGNS = 32, 8
SEAL_FILE = "seal_key"
POSTGRES_NAMES = ("postgres://", "postgresql://")


class BadSetting(ValueError):
    """A setting with which nothing may start; its words say how to mend it."""


@dataclass(frozen=True)
class Settings:
    """What may differ between two installations; the README lists every variable."""

    instance: Path
    database_url: str
    secret_key: str
    """What signs sessions and codes."""
    seal_key: str
    """What proofs are sealed with; empty: the file `instance/seal_key` (docs/adr/0045)."""
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

        From here on nobody else may read what this process writes. Raises BadSetting for a shared
        secret that is empty or short.
        """
        instance = Path(environ.get("VOLBOARD_INSTANCE", ROOT / "instance")).resolve()
        make_private(instance)
        default_url = f"sqlite:///{instance / 'volboard.sqlite3'}"
        hosts = environ.get("VOLBOARD_TRUSTED_HOSTS", "")
        return cls(
            instance=instance,
            database_url=with_driver(environ.get("VOLBOARD_DATABASE_URL", default_url)),
            secret_key=own_secret(environ, "VOLBOARD_SECRET_KEY")
            or strong(str(instance / "secret_key"), kept_secret(instance / "secret_key")),
            seal_key=own_secret(environ, "VOLBOARD_SEAL_KEY"),
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
            webhook_key=gateway_secret(environ),
            robots=pairs(environ.get("VOLBOARD_ROBOTS", "")),
            queue_url=environ.get("VOLBOARD_QUEUE_URL", ""),
            messages_a_second=float(environ.get("VOLBOARD_MESSAGES_A_SECOND", "10")),
        )


def strong(name: str, secret: str) -> str:
    """The secret, if nobody guesses it; raises BadSetting for one that is empty or short."""
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_SIGNS:
        return secret
    raise BadSetting(
        f"{name} 太短或太简单：要 {SHORTEST_SECRET} 个以上、各不相同的字符，比如 "
        f'`python3 -c "import secrets; print(secrets.token_hex(32))"` 印出来的。'
        f" · {name} is empty, short or too plain: use {SHORTEST_SECRET} characters or more."
    )


def own_secret(environ: Mapping[str, str], name: str) -> str:
    """The secret that the environment names; empty where it does not, so that a file holds it."""
    return strong(name, environ[name]) if name in environ else ""


def gateway_secret(environ: Mapping[str, str]) -> str:
    """What signs the posts to a gateway, which must be told where there is one."""
    name = "VOLBOARD_WEBHOOK_KEY"
    is_needed = bool(environ.get("VOLBOARD_WEBHOOK_URL"))
    secret = environ.get(name, "")
    return strong(name, secret) if secret or is_needed else ""


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

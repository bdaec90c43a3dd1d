"""Passwords at rest: Argon2id."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's profile for Argon2id: 19 MiB, two passes, one lane."""
_two_at_a_time = threading.Semaphore(2)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody has this password")


def hashed_password(password: str) -> str:
    """The Argon2id hash; at most two a process are computed at once, for their memory."""
    with _two_at_a_time:
        return _hasher.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Whether the password fits; takes as long where there is no account or no password."""
    with _two_at_a_time:
        try:
            return _hasher.verify(password_hash or _hash_of_nobody(), password) and bool(
                password_hash
            )
        except (Argon2Error, InvalidHashError):
            return False

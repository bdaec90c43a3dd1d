"""What counts seconds by itself, and does not in tests; and what costs much and tells little."""

import os
import time
from types import SimpleNamespace

import hypothesis
import pytest
from argon2 import PasswordHasher
from limits.storage import memory

from volboard.accounts import passwords

REAL_HASHER = passwords._hasher
"""What the product hashes with."""


ROUNDS = int(os.environ.get("VOLBOARD_ROUNDS", "0"))
"""How long the drill goes on; 0: this is no drill."""


def give_every_example_time() -> None:
    """Hypothesis counts milliseconds unless it is told not to.

    Its examples are the same in each run, so that a run is red for what was changed; the drill
    looks for new ones. What it finds is written down as an `example`.
    """
    hypothesis.settings.register_profile(
        "volboard", deadline=None, derandomize=not ROUNDS, max_examples=100 * max(ROUNDS, 1),
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )  # fmt: skip
    hypothesis.settings.load_profile("volboard")


def stop_the_clock_of_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the present minute of every limit last: they ask the system's clock, not ours."""
    now = time.time()
    monkeypatch.setattr(memory, "time", SimpleNamespace(time=lambda: now))


def hash_cheaply() -> None:
    """Let a password cost a thousandth of its memory; tests/accounts/test_passwords.py has it real.

    What a hash cost stands in the hash, so the real server knows these too.
    """
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)

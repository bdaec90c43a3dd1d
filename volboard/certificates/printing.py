"""A proof as PDF and pictures, set by a process of its own.

Typst and its fonts need 100 MB while they draw. One proof is set at a time in each worker, and
who comes meanwhile is asked to try again: a worker has two threads, and the other one serves.
Nothing is kept: the same facts give the same bytes.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from threading import BoundedSemaphore

from volboard.certificates.errors import Unprintable
from volboard.certificates.queries import Proof
from volboard.core.logs import log
from volboard.core.qr import code

SECONDS = 120
"""Only a press that hangs takes so long."""
PATIENCE = 0.5
LENGTH_BYTES = 8
_press = BoundedSemaphore(1)


@lru_cache(maxsize=1)
def can_print() -> bool:
    """Whether the programs and fonts that set a proof are installed."""
    return all(map(importlib.util.find_spec, ("typst", "noto_cjk_sans_otc")))


def pdf(proof: Proof, url: str) -> bytes:
    """The proof on A4, all its lines over as many pages as they need; raises Unprintable."""
    return next(_sheets(proof, url, "pdf"))


def pictures(proof: Proof, url: str) -> tuple[bytes, ...]:
    """A PNG of each page; raises Unprintable."""
    return tuple(_sheets(proof, url, "png"))


def order(proof: Proof, url: str, kind: str) -> dict[str, object]:
    """What the press is told: the sealed facts as they are, and the address with its code."""
    return {"kind": kind, "facts": asdict(proof.facts), "number": proof.number, "url": url,
            "code": str(code(url, border=0))}  # fmt: skip


def _sheets(proof: Proof, url: str, kind: str) -> Iterator[bytes]:
    """What the press answers: each sheet behind its length."""
    asked = json.dumps(order(proof, url, kind), ensure_ascii=False).encode()
    with _turn():
        answer = _run(asked)
    while answer:
        end = LENGTH_BYTES + int.from_bytes(answer[:LENGTH_BYTES], "big")
        yield answer[LENGTH_BYTES:end]
        answer = answer[end:]


@contextmanager
def _turn() -> Iterator[None]:
    if not _press.acquire(timeout=PATIENCE):
        raise Unprintable
    try:
        yield
    finally:
        _press.release()


def _run(asked: bytes) -> bytes:
    command = [sys.executable, "-m", "volboard.certificates.press"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the words go in as data
            command, input=asked, capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as problem:
        log.warning("proof", problem=type(problem).__name__)
        raise Unprintable from None
    return done.stdout

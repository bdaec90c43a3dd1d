"""The picture of an event for chats: drawn once for its words, kept in the instance folder.

Typst and its fonts need 100 MB while they draw, so a process of its own does it and the
workers stay small. Where it cannot be drawn there is no picture, and nothing else is missing.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from threading import Lock

from flask import current_app

from volboard.core.logs import log

SOURCE = Path(__file__).with_name("share.typ")
SECONDS = 120
"""Only a drawing that hangs takes so long; on a busy machine one has been seen to take twenty."""
MOST_KEPT = 500
_one_at_a_time = Lock()
_too_slow: set[str] = set()
"""What took too long is not asked for again before this process is another one. Nothing is kept of
it, as it is of what cannot be drawn: a busy hour is no reason to be without a picture for ever."""


@lru_cache(maxsize=1)
def can_draw() -> bool:
    """Whether the programs and fonts that draw are installed."""
    return all(map(importlib.util.find_spec, ("typst", "noto_cjk_sans_otc")))


def picture(words: dict[str, str]) -> bytes | None:
    """The PNG of these words; none if it cannot be drawn, which is tried once."""
    if not can_draw():
        return None
    asked = json.dumps(words, ensure_ascii=False, sort_keys=True)
    name = hashlib.sha256((SOURCE.read_text("utf-8") + asked).encode()).hexdigest()[:32]
    place = Path(current_app.instance_path) / "pictures" / f"{name}.png"
    with _one_at_a_time:
        if not place.exists() and name not in _too_slow:
            _keep(place, asked)
    return (place.exists() and place.read_bytes()) or None


def _keep(place: Path, asked: str) -> None:
    """Draw it and keep it, or keep that it cannot be drawn."""
    try:
        _place(place, _drawn(asked))
    except subprocess.TimeoutExpired:
        log.warning("picture", problem="TimeoutExpired")
        _too_slow.add(place.stem)


def _drawn(asked: str) -> bytes:
    """The PNG from the drawing process; empty if it fails. Raises TimeoutExpired."""
    command = [sys.executable, "-m", "volboard.home.picture"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the words go in as data
            command, input=asked.encode(), capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.CalledProcessError, OSError) as problem:
        log.warning("picture", problem=type(problem).__name__)
        return b""
    return done.stdout


def _place(target: Path, content: bytes) -> None:
    """Write the file whole, and let go of the oldest where there are too many."""
    target.parent.mkdir(exist_ok=True)
    kept = sorted(target.parent.glob("*.png"), key=lambda path: path.stat().st_mtime)
    for old in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
        old.unlink(missing_ok=True)
    passing = target.with_suffix(f".{os.getpid()}")
    passing.write_bytes(content)
    passing.replace(target)

"""What an installation keeps is readable by its user alone; one server at a time uses it."""

import fcntl
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OURS = ("secret_key", "volboard.sqlite3")
"""By one of these a folder is known as an installation's, and not as somebody's home."""


def make_private(instance: Path) -> None:
    """Let nobody else read what this process makes, and what lies in the folder already.

    Raises SystemExit, with a sentence, where the folder is somebody else's and open.
    """
    os.umask(OTHERS)
    is_new = not instance.exists()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_new or any((instance / name).exists() for name in OURS):
        for path in (instance, *kept_in(instance)):
            close(path)


def kept_in(instance: Path) -> Iterator[Path]:
    """The files of an installation, and its backups."""
    for folder in (instance, instance / "backups"):
        with suppress(FileNotFoundError):
            for entry in os.scandir(folder):
                if entry.is_file(follow_symlinks=False) or entry.name == "backups":
                    yield Path(entry.path)


def close(path: Path) -> None:
    """Take everybody else's rights to this file or folder away."""
    with suppress(FileNotFoundError):  # SQLite's log comes and goes
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & OTHERS:
            return
        try:
            path.chmod(mode & ~OTHERS)
        except PermissionError:
            sys.exit(
                f"{path} 是别的用户的，而且别人也能看。请把它交给运行 volboard 的用户（chown）。\n"
                f"{path} belongs to another user and is open to others: give it to the user "
                "that runs volboard (chown)."
            )


def hold(instance: Path, words: str) -> str | None:
    """Hold this folder until the process ends; answers who holds it, where somebody does.

    The lock goes on into the program that this process becomes (`exec`).
    """
    handle = os.open(instance / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with os.fdopen(handle, encoding="utf-8") as file:
            return file.read().strip() or "?"
    os.ftruncate(handle, 0)
    os.write(handle, words.encode())
    os.set_inheritable(handle, True)
    return None

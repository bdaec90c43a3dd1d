"""What an installation keeps is its user's alone, and one server at a time uses it."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live import environment
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE
from volboard import private
from volboard.config import ROOT, Settings


@pytest.fixture(autouse=True)
def _own_mask() -> Iterator[None]:
    """The tests' own files stay as they would be."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def settings_of(folder: Path) -> Settings:
    return Settings.from_environ({"VOLBOARD_INSTANCE": str(folder)})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_and_what_is_written_from_then_on_are_ours_alone(tmp_path: Path) -> None:
    instance = tmp_path / "new"
    settings_of(instance)
    (instance / "written-later").write_text("names and numbers")
    assert mode(instance) == 0o700
    assert {mode(path) for path in instance.iterdir()} == {0o600}


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    instance = tmp_path / "old"
    (instance / "backups").mkdir(parents=True)
    names = ("volboard.sqlite3", "volboard.sqlite3-wal", "secret_key", "backups/one.sqlite3")
    files = [instance / name for name in names]
    for path in files:
        path.write_text("0123456789abcdef" * 4)
        path.chmod(0o644)
    settings_of(instance)
    assert mode(instance) == mode(instance / "backups") == 0o700
    assert {mode(path) for path in files} == {0o600}


def test_somebodys_own_folder_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear Mai")
    before = mode(tmp_path), mode(tmp_path / "letter.txt")
    private.make_private(tmp_path)
    assert (mode(tmp_path), mode(tmp_path / "letter.txt")) == before


def test_an_open_file_of_somebody_else_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret_key").write_text("0" * 64)

    def not_yours(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", not_yours)
    with pytest.raises(SystemExit) as refused:
        private.make_private(tmp_path)
    assert "chown" in str(refused.value)


def serve(instance: Path, port: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Start a server that is expected to refuse."""
    return subprocess.run(
        [sys.executable, "-m", "volboard", "serve", "--port", str(port), "--no-worker", *options],
        cwd=ROOT, env=environment(instance), capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip


def test_a_used_port_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = serve(tmp_path / "instance", port)
    assert done.returncode == 1
    assert f"127.0.0.1:{port} 用不了" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_used_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, pathlib; from volboard import private;"
         "print(private.hold(pathlib.Path(sys.argv[1]), '12345 http://there'), flush=True);"
         "sys.stdin.read()", str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "None\n"
        done = serve(tmp_path, free_port())
        assert done.returncode == 1
        assert "12345 http://there" in done.stderr
        assert "--beside" in done.stderr
        holder.communicate("")
    assert private.hold(tmp_path, "the next") is None

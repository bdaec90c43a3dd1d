"""`make run` on a fresh Debian: python3 is there, its venv is not. Run for real, with a python3
whose venv is missing until apt-get has installed it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from volboard.config import ROOT

SCRIPT = ROOT / "scripts" / "make-venv"
PYTHON = f"""#!/bin/sh
echo "python3 $*" >> "$CALLS"
case "$*" in
  *ensurepip*) [ -e "$INSTALLED" ] || exit 1;;
  "-m venv --clear "*)
    [ -z "$REAL" ] || exec {sys.executable} "$@"
    rm -rf "$4" && mkdir -p "$4/bin"
    [ ! -e "$INSTALLED" ] || exec ln -s {sys.executable} "$4/bin/python"
    exit 1;;
esac
exec {sys.executable} "$@"
"""
APT = '#!/bin/sh\necho "apt-get $*" >> "$CALLS"\ncase "$1" in install) touch "$INSTALLED";; esac\n'
PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for name, words in (("python3", PYTHON), ("apt-get", APT)):
        program = tmp_path / "bin" / name
        program.write_text(words)
        program.chmod(0o755)
    return tmp_path


@pytest.fixture
def make_venv(bench: Path) -> Run:
    """Run the script as the user with this number."""

    def run(
        user: int = 1000, python: str = "python3", really: bool = False
    ) -> subprocess.CompletedProcess[str]:
        (bench / "bin" / "id").write_text(f"#!/bin/sh\necho {user}\n")
        (bench / "bin" / "id").chmod(0o755)
        environ = {"PATH": f"{bench / 'bin'}:{os.environ['PATH']}", "CALLS": str(bench / "calls"),
                   "INSTALLED": str(bench / "installed"), "REAL": "yes" * really}  # fmt: skip
        return subprocess.run(["bash", str(SCRIPT), python, str(bench / "venv")], check=False,
                              env=environ, capture_output=True, text=True)  # fmt: skip

    return run


def calls(bench: Path) -> str:
    known = bench / "calls"
    return known.read_text() if known.exists() else ""


def has_pip(bench: Path) -> bool:
    asked = [str(bench / "venv" / "bin" / "python"), "-m", "pip", "--version"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def test_who_may_not_install_is_told_what_to_install_in_one_line(
    bench: Path, make_venv: Run
) -> None:
    answer = make_venv()
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert f"apt-get install {PACKAGE}" in answer.stderr
    assert "apt-get" not in calls(bench)


def test_after_installing_it_the_same_command_goes_on(bench: Path, make_venv: Run) -> None:
    assert make_venv().returncode == 1
    (bench / "installed").touch()
    answer = make_venv()
    assert (answer.returncode, answer.stderr) == (0, "")
    assert has_pip(bench)


def test_a_half_made_one_from_before_is_made_anew(bench: Path, make_venv: Run) -> None:
    left_behind = bench / "venv" / "bin"
    left_behind.mkdir(parents=True)
    (left_behind / "python").write_text("#!/bin/sh\nexit 1\n")
    (left_behind / "python").chmod(0o755)
    (bench / "installed").touch()
    assert make_venv().returncode == 0
    assert has_pip(bench)


def test_root_installs_it_and_goes_on(bench: Path, make_venv: Run) -> None:
    answer = make_venv(user=0, really=True)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert re.search(rf"apt-get install .*{re.escape(PACKAGE)}", calls(bench))
    assert has_pip(bench)


def test_what_is_whole_is_left_alone(bench: Path, make_venv: Run) -> None:
    (bench / "installed").touch()
    make_venv()
    kept = bench / "venv" / "kept"
    kept.touch()
    before = calls(bench)
    assert make_venv().returncode == 0
    assert kept.exists()
    assert calls(bench) == before


def test_without_any_python_that_is_what_is_missing(make_venv: Run) -> None:
    answer = make_venv(python="python-of-nowhere")
    assert answer.returncode == 1
    assert "apt-get install python3 python3-venv" in answer.stderr


def test_make_uses_it_before_it_installs_anything() -> None:
    told = subprocess.run(["make", "-n", "-B", "-C", str(ROOT), "run"], check=True,
                          capture_output=True, text=True)  # fmt: skip
    steps = told.stdout
    assert steps.index("./scripts/make-venv") < steps.index("pip install")

"""Memory is paid once a worker: what no page needs is not loaded, or is given back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.live import environment
from volboard.config import ROOT
from volboard.serving import MEMORY

PAGES = ["/", "/?past=1", "/festivals", "/teams", "/sign-in", "/join"]
HEAVY = {
    "huey": "only the worker delivers",
    "smtplib": "only the worker delivers",
    "alembic": "migrations run in the command that prepares",
    "pypinyin": "only a new name is spelled",
    "sqlalchemy.dialects.postgresql": "declare partial indexes with core.indexes.unique_where",
    "typst": "only a proof is set in type",
    "xlsxwriter": "only a file for Excel is written with it",
}
VISIT = """
import json, sys
from babel import localedata
from wsgi import app
for path in json.loads(sys.argv[1]):
    assert app.test_client().get(path, headers={"Cookie": "language=en"}).status_code == 200, path
    assert app.test_client().get(path).status_code == 200, path
print(json.dumps([sorted(sys.modules), sorted(localedata._cache)]))
"""
HASH = """
from pathlib import Path
from volboard.accounts.passwords import hashed_password

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

hashed_password("first-1234")
before = resident()
for number in range(4):
    hashed_password(f"more-{number}")
print(resident() - before)
"""
MOST_KEPT = 4  # MiB; a hash takes 19 while it is made


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc, and is about glibc")
def test_the_memory_of_a_password_is_given_back(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", HASH], check=True, cwd=ROOT, capture_output=True,
        env=environment(tmp_path) | MEMORY,
    )  # fmt: skip
    assert float(answer.stdout) < MOST_KEPT


def test_pages_load_no_heavy_library_that_they_do_not_need(built: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", VISIT, json.dumps(PAGES)], check=False, cwd=ROOT,
        capture_output=True, env=environment(tmp_path, VOLBOARD_DATABASE_URL=f"sqlite:///{built}"),
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr.decode()
    modules, locales = json.loads(answer.stdout.splitlines()[-1])
    loaded = {name: why for name, why in HEAVY.items() if name in modules}
    assert not loaded
    assert not locales, "4 MB of the Unicode locales, for names of days: core.formats has them"

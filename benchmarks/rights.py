"""How long a household of more than a thousand records waits for its copy, and for its deletion.

    .venv/bin/python -m benchmarks.rights [SERVICES]

Two people serve so many times (165 unless said otherwise) in a throw-away SQLite file. Prints the
seconds, and fails above ten for either.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.conftest import fill, settings_for
from tests.rights.planting import AFTER, a_full_life
from volboard.app import create_app
from volboard.core import clock
from volboard.core.db import db
from volboard.rights.commands import erase_account
from volboard.rights.export_queries import copy_of
from volboard.rights.workbook import workbook

AIM_S = 10.0


def took(what: str, do: Callable[[], object]) -> float:
    """Do it; prints and answers the seconds."""
    began = time.perf_counter()
    do()
    seconds = time.perf_counter() - began
    print(f"{what}: {seconds:.2f} s (aim {AIM_S:.0f})")
    return seconds


def main(services: int = 165) -> int:
    """Measure both; 1 where the aim is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app(settings_for(folder, f"sqlite:///{folder / 'volboard.sqlite3'}"))
        fill(app)
        with app.app_context():
            home = a_full_life(services)
            rows = sum(len(sheet.rows) for sheet in copy_of(home.account).sheets)
            print(f"{rows} records")
            copied = took("a copy as a workbook", lambda: workbook(copy_of(home.account)))
            with clock.standing_at(AFTER + timedelta(days=60)):
                gone = took("a deletion", lambda: erase_account(home.account))
            db.engine.dispose()
    return int(max(copied, gone) > AIM_S)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""How long `volboard ledger verify` reads, and how much memory it takes.

python -m benchmarks.ledger [LINES]     (100,000 unless said otherwise; a throw-away SQLite file)
"""

import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from tests.support.keys import SITE_KEY
from volboard.app import create_app
from volboard.config import Settings
from volboard.core import upgrade
from volboard.core.db import db, sqlite_module
from volboard.hours.digests import SIGNED, line_digest
from volboard.hours.verifying import Book, as_instant, faults

CHAIN = 100
"""Lines of each volunteer."""
AT = "2027-06-09 04:00:00.000000"
LINE = {
    "kind": "credit", "community_id": 1, "shift_id": 1, "attendance_id": 1, "make_up_id": None,
    "minutes": 120, "night_minutes": 0, "extra_minutes": 0, "planned_minutes": 120,
    "served_from": AT, "served_to": AT, "away_seconds": 0, "breaks": "", "how": "gate",
    "seen_by": 1, "seen_at": AT, "device": "微信 iPhone · a3f91c", "rule": "", "recorded_by": 2,
    "recorded_at": AT, "reason_digest": "", "reverses": None, "replaces": None,
}  # fmt: skip


def fill(path: Path, count: int) -> None:
    """Write so many lines, chained as they should be, past all keys and triggers."""
    file = sqlite_module().connect(str(path))
    file.execute("PRAGMA foreign_keys = OFF")
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")
    file.execute("DROP INDEX one_credit_per_attendance")
    names = ", ".join((*SIGNED, "digest"))
    places = ", ".join("?" * (len(SIGNED) + 1))
    before, rows = "", []
    for number in range(1, count + 1):
        person, place = divmod(number - 1, CHAIN)
        line = LINE | {"id": number, "volunteer_id": person + 1, "position": place + 1,
                       "previous_digest": before if place else ""}  # fmt: skip
        before = line_digest(as_instant(line[name]) for name in SIGNED)
        rows.append((*(line[name] for name in SIGNED), before))
        if place == CHAIN - 1:
            file.execute("INSERT INTO hour_chains VALUES (?, ?, ?)", (person + 1, CHAIN, before))
            file.executemany(f"INSERT INTO hour_entries ({names}) VALUES ({places})", rows)
            rows.clear()
    file.commit()
    file.close()


def main() -> None:
    """Fill a file, read it, and tell."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "volboard.sqlite3"
        app = create_app(Settings.from_environ({
            "VOLBOARD_INSTANCE": folder, "VOLBOARD_DATABASE_URL": f"sqlite:///{path}",
            "VOLBOARD_SECRET_KEY": SITE_KEY, "VOLBOARD_HTTPS": "0",
        }))  # fmt: skip
        upgrade.attach(app)
        with app.app_context():
            upgrade.upgrade(Path(folder) / "backups")
            db.engine.dispose()
            fill(path, count)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began, book = time.perf_counter(), Book()
            found = list(islice(faults(book), 5))
            took = time.perf_counter() - began
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{book.lines:,} lines in {took:.1f} s, {book.lines / took:,.0f} a second;")
    print(f"highest memory {before / 1024:.0f} MiB before, {after / 1024:.0f} MiB after")
    print("faults:", [str(fault) for fault in found] or "none")


if __name__ == "__main__":
    main()

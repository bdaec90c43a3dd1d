"""The worker: brings messages out, and does what is due every minute and every day.

`python -m volboard.worker`, as `volboard serve` and `volboard deliver` start it. The outbox
in the database is the truth. huey's queue holds ids and ticks only: losing it loses nothing.
"""

import sqlite3
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial

import click
from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer, Scheduler

from volboard.app import create_app
from volboard.config import POSTGRES_NAMES, Settings
from volboard.core import clock
from volboard.core.logs import log
from volboard.messages import delivering, taking
from volboard.messages.pacing import Pace
from volboard.rights import retention
from volboard.rosters import drafts
from volboard.signups import reminders

Sweep = Callable[[], object]
EVERY_MINUTE: tuple[Sweep, ...] = (taking.lapse, taking.let_go, reminders.sweep)
EVERY_DAY: tuple[Sweep, ...] = (drafts.purge_drafts, retention.sweep)
"""Once when a worker starts, then once each new day in Beijing; so a day spent switched off is
made up for. Doing one twice must do no harm."""
NAME = "volboard"
TICK = 2
"""Seconds between two looks at what is due."""
BATCH = 200
THREADS = 4
"""How many gateways are called at the same time."""
GOODBYE = 60
"""Seconds for those who are with a gateway when the worker is told to stop, which ends as soon as
they are back. Longer than they wait for an answer: else a slow gateway would make them unsure."""


def queue_at(settings: Settings) -> Huey:
    """The queue: a file of its own beside the database, or where `VOLBOARD_QUEUE_URL` says.

    The file has a plain rollback journal: Python's own SQLite may lose data in WAL mode.
    """
    url = settings.queue_url
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey(NAME, url=url, results=False)
    if url.startswith(POSTGRES_NAMES):
        return PostgresHuey(NAME, dsn=url, results=False)
    path = settings.instance / "queue.sqlite3"
    embedded = {"filename": str(path), "journal_mode": "truncate", "fsync": False}
    try:
        return SqliteHuey(NAME, results=False, **embedded)
    except sqlite3.OperationalError:
        raise  # somebody else has it locked
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)  # broken; what it held is in the outbox
        return SqliteHuey(NAME, results=False, **embedded)


class Often(Scheduler):
    """Asks every `TICK` what is due, where huey's own scheduler asks every minute."""

    periodic_task_seconds = TICK


class Deliverers(Consumer):
    """Ends when told to, after those who are with a gateway; on HUP too, to be started anew.

    It listens before anybody is sent to a gateway; huey by itself listens only afterwards.
    """

    scheduler_class = Often

    def __init__(self, queue: Huey, threads: int) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            queue, workers=threads, max_delay=1.0, backoff=1.5, shutdown_timeout=GOODBYE
        )

    def start(self) -> None:
        self._set_signal_handlers()  # type: ignore[no-untyped-call]
        super().start()  # type: ignore[no-untyped-call]

    def _handle_signal(self, signum: int, _frame: object) -> None:
        """Let a second signal change nothing: a system and a supervisor may both send one."""
        self._signum, self._restart, self._graceful = signum, False, True


def consumer(app: Flask, queue: Huey, threads: int = THREADS) -> Consumer:
    """What runs this application's deliveries and sweeps from this queue."""
    deliverers = Deliverers(queue, threads)
    pace = Pace(app.extensions["settings"].messages_a_second, deliverers.stop_flag)

    def at_its_turn(delivery_id: int) -> None:
        if pace.wait():
            delivering.deliver(delivery_id)

    bring = queue.task(name="deliver")(inside(app, at_its_turn))
    ticks: dict[str, tuple[Callable[..., None], Callable[[datetime], object]]] = {
        "outbox": (partial(sweep_outbox, queue, bring), moment),
        "every_minute": (partial(sweep, EVERY_MINUTE), minute),
        "every_day": (partial(sweep, EVERY_DAY), day),
    }
    for name, (do, slot) in ticks.items():
        queue.periodic_task(each(slot), name=name)(inside(app, do))
    return deliverers


def inside(app: Flask, do: Callable[..., None]) -> Callable[..., None]:
    """Do it with the application at hand; no error leaves it."""

    def done(*arguments: int) -> None:
        with app.app_context():
            guarded(do, *arguments)

    return done


def sweep_outbox(queue: Huey, bring: Callable[[int], object]) -> None:
    """Enqueue what is due, unless the last batch is not even begun."""
    if queue.storage.queue_size() == 0:
        for delivery_id in delivering.due(BATCH):
            bring(delivery_id)


def sweep(sweeps: tuple[Sweep, ...]) -> None:
    """Do each, whatever becomes of the one before."""
    for one in sweeps:
        guarded(one)


def each(slot: Callable[[datetime], object]) -> Callable[[object], bool]:
    """Say yes once in each slot of time, the first one included."""
    last: list[object] = [None]

    def is_due(_naive: object) -> bool:
        this = slot(clock.now())
        is_new, last[0] = this != last[0], this
        return is_new

    return is_due


def moment(now: datetime) -> object:
    """A slot of its own each time it is asked for."""
    return now


def minute(now: datetime) -> object:
    """The minute."""
    return now.replace(second=0, microsecond=0)


def day(now: datetime) -> object:
    """The day in Beijing."""
    return clock.local(now).date()


def guarded(do: Callable[..., object], *arguments: int) -> None:
    """Do it; an error is logged by its kind and place, for its words may hold somebody's."""
    try:
        do(*arguments)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("worker", error=type(error).__name__, at=f"{place.filename}:{place.lineno}")


@click.command()
@click.option("--threads", default=THREADS, show_default=True, help="Gateways called at once.")
def main(threads: int) -> None:
    """Bring messages out and keep the minutes, until told to stop."""
    app = create_app()
    consumer(app, queue_at(app.extensions["settings"]), threads).run()


if __name__ == "__main__":
    main()

"""The desk: gives each request to a thread, once all of it is there."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from volboard.core.logs import log
from volboard.core.turns import ARRIVED
from volboard.home.front import ONLY_KEPT, NotKept, call
from volboard.reception.bodies import Bodies, ProtocolClosed, brings_nothing
from volboard.reception.scopes import Exchange, Headers, Scope, environ_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

READERS, PRESSERS = 2, 2
"""Threads for pages, and for presses, which may have to wait for the database. More would cost
memory and make each of them slower."""
SAFE = {"GET", "HEAD", "OPTIONS"}
CLOSE: Headers = [("connection", "close")]
Job = Callable[[], None]


class Desk:
    """A WSGI application behind granian's RSGI."""

    def __init__(self, app: "WSGIApplication", looks_itself: bool) -> None:
        """`looks_itself`: the event loop may look into the front cache, for that cannot hang."""
        self.app = app
        self.looks_itself = looks_itself
        self.bodies = Bodies()
        self.pages: SimpleQueue[Job] = SimpleQueue()
        self.presses: SimpleQueue[Job] = SimpleQueue()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads."""
        self.loop = loop
        for queue in [self.pages] * READERS + [self.presses] * PRESSERS:
            Thread(target=work, args=(queue,), daemon=True).start()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer a request."""
        environ = environ_of(scope)
        if scope.method in SAFE and brings_nothing(environ):
            if not (self.looks_itself and self.is_answered_from_the_shelf(environ, exchange)):
                await self.hand_over(self.pages, environ, exchange, [])
            return
        environ[ARRIVED] = time.monotonic()
        try:
            stays = await self.bodies.read_into(environ, exchange)
        except ProtocolClosed:
            exchange.response_bytes(400, CLOSE, b"")
        else:
            await self.hand_over(self.presses, environ, exchange, [] if stays else CLOSE)

    def is_answered_from_the_shelf(self, environ: "WSGIEnvironment", exchange: Exchange) -> bool:
        """Answer with a kept page, if there is one."""
        environ[ONLY_KEPT] = True
        try:
            status, headers, body = call(self.app, environ)
        except NotKept:
            del environ[ONLY_KEPT]
            return False
        exchange.response_bytes(int(status[:3]), headers, body)
        return True

    async def hand_over(
        self, queue: "SimpleQueue[Job]", environ: "WSGIEnvironment", exchange: Exchange,
        more: Headers,
    ) -> None:  # fmt: skip
        """Let a thread answer, with these headers besides, and wait until it has."""
        answered = asyncio.Event()
        queue.put(partial(self.answer, environ, exchange, more, answered))
        await answered.wait()

    def answer(
        self, environ: "WSGIEnvironment", exchange: Exchange, more: Headers,
        answered: asyncio.Event,
    ) -> None:  # fmt: skip
        """Ask the application; all of its answer is taken over, so a slow reader holds no thread.

        Where the application fails for good, granian answers 500.
        """
        try:
            status, headers, body = call(self.app, environ)
            exchange.response_bytes(int(status[:3]), headers + more, body)
        except Exception as error:
            log.error("unanswered", exc_info=error)
        finally:
            self.loop.call_soon_threadsafe(answered.set)


def work(queue: "SimpleQueue[Job]") -> None:
    """Answer one request after another."""
    while True:
        queue.get()()

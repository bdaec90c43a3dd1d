"""Reading what people send: with a length that is told beforehand, within limits, in time."""

import asyncio
import io
from typing import TYPE_CHECKING

from granian.rsgi import ProtocolClosed

from volboard.core.failures import REFUSED
from volboard.reception.scopes import Exchange

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SECONDS = 10.0
SLOWEST = 16 * 1024
"""Bytes a second: a body may take longer than `SECONDS` by its length at this pace."""
SMALL = 256 * 1024
LARGEST = 4 * 2**20
"""Bytes of the largest form of all, a roster's with its file; each form has limits of its own."""
LARGE_AT_ONCE = 8
"""Bodies above `SMALL` that are read at the same time: until then they lie in memory."""
LONGEST_NUMBER = 15
DRAINED = 4 * LARGEST
"""Bytes that are taken and thrown away, so that the sender of too much can read the answer."""


class Bodies:
    """The bodies that are being read by this process."""

    def __init__(self) -> None:
        self.large = 0

    async def read_into(self, environ: "WSGIEnvironment", exchange: Exchange) -> bool:
        """Put the body into the environment, or the status with which it is refused.

        Answers whether the connection can carry on; where it is cut off, there is nobody left.
        Raises `ProtocolClosed` then.
        """
        length = told_length(environ)
        if length is None:
            environ[REFUSED] = 411
            return False
        if length > LARGEST:
            environ[REFUSED] = 413
            return await drained(exchange, length)
        if length > SMALL and self.large >= LARGE_AT_ONCE:
            environ[REFUSED] = 503
            return False
        self.large += length > SMALL
        try:
            async with asyncio.timeout(SECONDS + length / SLOWEST):
                environ["wsgi.input"] = io.BytesIO(await exchange())
        except TimeoutError:
            environ[REFUSED] = 408
            return False
        finally:
            self.large -= length > SMALL
        return True


def brings_nothing(environ: "WSGIEnvironment") -> bool:
    """Whether no body comes with this request."""
    return environ.get("CONTENT_LENGTH", "0") == "0" and "HTTP_TRANSFER_ENCODING" not in environ


def told_length(environ: "WSGIEnvironment") -> int | None:
    """How many bytes the request says that it brings; none where it does not say, or oddly."""
    told = environ.get("CONTENT_LENGTH", "0")
    is_odd = "HTTP_TRANSFER_ENCODING" in environ or not (told.isascii() and told.isdigit())
    return None if is_odd or len(told) > LONGEST_NUMBER else int(told)


async def drained(exchange: Exchange, length: int) -> bool:
    """Take all that comes and keep nothing of it; answers whether that was the whole body."""
    if length > DRAINED:
        return False
    left = length
    try:
        async with asyncio.timeout(SECONDS):
            async for part in exchange:
                left -= len(part)
    except TimeoutError:
        pass
    return left <= 0


__all__ = ["Bodies", "ProtocolClosed"]

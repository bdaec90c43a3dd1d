"""Saying that a line is wrong."""

from tests.support.cast import MAI, Person
from tests.support.town import viewer_of
from volboard.hours.dispute_commands import open_dispute


def opened(claim: str = "wrong_time", words: str = "我十点就到了", by: Person = MAI) -> int:
    """The dispute about line 1; `conftest.line` credits it to Mai."""
    return open_dispute(1, claim, words, viewer_of(by))

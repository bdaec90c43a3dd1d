"""The product as it is shipped, but that it waits as long as a test does, and that a worker
is not ready for anybody while a test does not want it."""

import os
from pathlib import Path

from tests.support.waiting import PATIENCE, until
from volboard import reception
from volboard.core import turns
from volboard.reception import bodies
from volboard.reception.desk import Desk

SHUT = "shut"
"""A file in the folder of the installation, which keeps new workers from being ready."""


def served() -> Desk:
    turns.PRESS = bodies.SECONDS = float(PATIENCE)
    shut = Path(os.environ["VOLBOARD_INSTANCE"], SHUT)
    until(lambda: not shut.exists(), "the end of keeping new workers away")
    return reception.served()

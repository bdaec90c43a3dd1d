"""What the board's templates need beside the facts: months, leaves, festivals by name."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from volboard.core import formats
from volboard.core.i18n import language
from volboard.festivals.catalog import FESTIVALS
from volboard.festivals.queries import lunar_text
from volboard.home.board_facts import Slip


@dataclass(frozen=True, slots=True)
class Month:
    """A heading of the board, with the slips below it."""

    heading: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the leaf of a tear-off calendar says."""

    date: str
    """As machines read it, 2026-06-19."""
    month: str
    day: int
    weekday: str
    lunar: str


def months(slips: tuple[Slip, ...]) -> tuple[Month, ...]:
    """The slips in their order, under a heading for each month."""
    found: dict[date, list[Slip]] = {}
    for slip in slips:
        found.setdefault(slip.day.replace(day=1), []).append(slip)
    return tuple(Month(formats.month(day), tuple(its)) for day, its in found.items())


def leaf(day: date) -> Leaf:
    """The leaf of a day, in the language of the request."""
    return _leaf(day, language())


@lru_cache(maxsize=1024)
def _leaf(day: date, tongue: str) -> Leaf:
    """As `leaf`, whose language `tongue` must be."""
    return Leaf(
        day.isoformat(), formats.leaf_month(day), day.day, formats.weekday(day), lunar_text(day)
    )


@lru_cache(maxsize=2)
def festival_names(tongue: str) -> tuple[tuple[str, str], ...]:
    """Key and name of each festival, in the language of the request, which `tongue` names."""
    return tuple((festival.key, str(festival.name)) for festival in FESTIVALS)

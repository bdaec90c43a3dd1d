"""Facts turned into slips of paper: each is drawn once and kept while its facts stay the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from flask import current_app
from markupsafe import Markup

from volboard.config import ROOT
from volboard.core import formats
from volboard.core.i18n import language
from volboard.festivals.catalog import FESTIVALS
from volboard.festivals.queries import lunar_text
from volboard.home.board_queries import Slip
from volboard.home.rules import BoardFilters
from volboard.home.seal_queries import Seal

MARKS = ROOT / "templates" / "components" / "marks"
NAME = re.compile(r"[a-z]{1,30}")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Month:
    """A heading of the board, with the finished slips below it."""

    heading: str
    slips: tuple[Markup, ...]


def months(slips: tuple[Slip, ...], seals: Mapping[int, Seal]) -> tuple[Month, ...]:
    """The slips in their order, under a heading for each month."""
    tongue = language()
    return tuple(
        Month(
            formats.month(found[0].day),
            tuple(draw(slip, seals.get(slip.id), tongue) for slip in found),
        )
        for _, group in groupby(slips, key=lambda slip: (slip.day.year, slip.day.month))
        if (found := list(group))
    )


@lru_cache(maxsize=2048)
def draw(slip: Slip, seal: Seal | None, tongue: str) -> Markup:
    """One slip as HTML in the language of the request, which `tongue` must name."""
    template = current_app.jinja_env.get_template("home/_slip.html")
    return Markup(template.render(slip=Drawn(slip, seal)))  # noqa: S704 - our template, escaped


@dataclass(frozen=True, slots=True)
class FilterForm:
    """What `home/_filters.html` shows."""

    asked: BoardFilters
    communities: tuple[tuple[int | str, str], ...]
    all_url: str

    @property
    def festivals(self) -> tuple[tuple[str, object], ...]:
        return tuple((festival.key, festival.name) for festival in FESTIVALS)


@lru_cache(maxsize=256)
def draw_filters(form: FilterForm, tongue: str) -> Markup:
    """The form that narrows the board, in the language of the request, named by `tongue`."""
    template = current_app.jinja_env.get_template("home/_filters.html")
    return Markup(template.render(form=form))  # noqa: S704 - our template, escaped


@lru_cache(maxsize=256)
def draw_symbols(names: frozenset[str]) -> Markup:
    """The drawn marks that a page uses, each once."""
    template = current_app.jinja_env.get_template("home/_symbols.html")
    return Markup(template.render(names=sorted(names)))  # noqa: S704 - our own drawings


@dataclass(frozen=True, slots=True)
class Drawn:
    """What `home/_slip.html` shows."""

    fact: Slip
    seal: Seal | None

    @property
    def lunar(self) -> str:
        return lunar_text(self.fact.day)

    @property
    def taken(self) -> int:
        """Places that nobody can have now, sat on or not."""
        return self.fact.capacity - self.fact.left

    @property
    def iso(self) -> str:
        return self.fact.day.isoformat()


@lru_cache(maxsize=128)
def mark_lines(name: str) -> Markup:
    """The lines of a drawn mark, to stand inside a `<symbol>`; empty for an unknown name."""
    path = MARKS / f"{name}.svg"
    if not NAME.fullmatch(name) or not path.is_file():
        return Markup("")
    found = INNER.search(path.read_text("utf-8"))
    return Markup(found[1] if found else "")  # noqa: S704 - our own drawing


def has_mark(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return bool(mark_lines(name))


def this_or_that_year(day: date, today: date) -> str:
    """A day with its year only where the year is another than this one."""
    words = formats.day(day)
    return words if day.year == today.year else f"{day.year} · {words}"

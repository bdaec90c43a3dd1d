"""The board: what is on, for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.i18n import language
from volboard.core.marks import has_mark
from volboard.festivals.queries import BY_KEY
from volboard.home import front
from volboard.home.blueprint import bp
from volboard.home.board_changes import next_change
from volboard.home.board_facts import BoardPage
from volboard.home.board_queries import board, places
from volboard.home.rules import BoardFilters, filters_from
from volboard.home.seal_queries import Seal, seals
from volboard.home.slips import Month, festival_names, months


@dataclass(frozen=True)
class BoardView:
    """What the page of the board shows."""

    asked: BoardFilters
    months: tuple[Month, ...]
    seals: Mapping[int, Seal]
    """What the viewer's household has at these events, by their ids."""
    marks: tuple[str, ...]
    """Names of the drawn marks on the slips, each once."""
    festivals: tuple[tuple[str, str], ...]
    communities: tuple[tuple[int, str], ...]
    all_url: str
    newer: str
    older: str


@bp.get("/", access=Access.PUBLIC)
def show_board() -> ResponseReturnValue:
    """The events to come, or with `past=1` those that were; a GET form narrows them."""
    asked = filters_from(request.args, BY_KEY)
    found = board(asked)
    own = seals(viewer().id, [slip.id for slip in found.slips])
    response = make_response(render_template("home/board.html", board=_view(asked, found, own)))
    front.keep_until(response, lambda: next_change(clock.now()))
    return response


def _view(asked: BoardFilters, found: BoardPage, own: Mapping[int, Seal]) -> BoardView:
    return BoardView(
        asked=asked,
        months=months(found.slips),
        seals=own,
        marks=tuple(filter(has_mark, sorted({slip.mark for slip in found.slips}))),
        festivals=festival_names(language()),
        communities=places(),
        all_url=BoardFilters(past=asked.past).url(),
        newer=asked.url(page=asked.page - 1) if asked.page > 1 else "",
        older=asked.url(page=asked.page + 1) if found.has_more else "",
    )

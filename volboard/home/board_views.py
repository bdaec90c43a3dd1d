"""The board: what is on, for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app, make_response, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from volboard.communities.queries import communities
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.i18n import language, large_text
from volboard.festivals.queries import BY_KEY
from volboard.home import front
from volboard.home.blueprint import bp
from volboard.home.board_queries import BoardPage, board, next_change
from volboard.home.rules import BoardFilters, filters_from
from volboard.home.seal_queries import Seal, seals
from volboard.home.slips import FilterForm, Month, draw_filters, draw_symbols, months

TEMPLATE = "home/board.html"
KEPT = "home.board_pages"


@dataclass(frozen=True)
class BoardView:
    """What the page of the board shows."""

    asked: BoardFilters
    months: tuple[Month, ...]
    symbols: Markup
    filters: Markup
    all_url: str
    newer: str
    older: str


@bp.get("/", access=Access.PUBLIC)
def show_board() -> ResponseReturnValue:
    """The events to come, or with `past=1` those that were; a GET form narrows them."""
    asked = filters_from(request.args, BY_KEY)
    found = board(asked)
    own = seals(viewer().id, [slip.id for slip in found.slips])
    response = make_response(_html(_view(asked, found, own)))
    front.keep_until(response, lambda: next_change(clock.now()))
    return response


def _html(board: BoardView) -> str:
    """The page; for visitors it is made once for the same facts.

    Every write turns out what the front cache keeps, also one that the board does not show,
    such as each check-in at a gate: then the facts are read again, and are the same.
    """
    if viewer().is_signed_in or session:
        return render_template(TEMPLATE, board=board)
    kept = current_app.extensions[KEPT]
    return str(kept(board, language(), large_text(), request.full_path))


@bp.record
def keep_pages(state: BlueprintSetupState) -> None:
    """Give each application its own pages, for their files and names differ."""
    state.app.extensions[KEPT] = lru_cache(maxsize=32)(_draw)


def _draw(board: BoardView, tongue: str, large: bool, path: str) -> str:
    """The page as this request wants it, which the other arguments must tell in full."""
    return render_template(TEMPLATE, board=board)


def _view(asked: BoardFilters, found: BoardPage, own: Mapping[int, Seal]) -> BoardView:
    everything = BoardFilters(past=asked.past).url()
    places = tuple((community.id, community.name) for community in communities())
    return BoardView(
        asked=asked,
        months=months(found.slips, own),
        symbols=draw_symbols(frozenset(slip.mark for slip in found.slips)),
        filters=draw_filters(FilterForm(asked, places, everything), language()),
        all_url=everything,
        newer=asked.url(page=asked.page - 1) if asked.page > 1 else "",
        older=asked.url(page=asked.page + 1) if found.has_more else "",
    )

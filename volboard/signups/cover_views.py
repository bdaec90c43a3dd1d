"""Finding people for a shift, asking them, and the page on which they answer."""

from dataclasses import dataclass

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.asked import ticked
from volboard.core.web import go_to, page
from volboard.events.queries import ManagedShift, get_managed_shift
from volboard.signups import cover, cover_wording
from volboard.signups.ask_queries import own_ask
from volboard.signups.blueprint import bp
from volboard.signups.cover_queries import PAGE_SIZE, Asked, Candidates, asked, candidates

COVER = "/organize/shifts/<id:shift_id>/cover"
ASK = "/asks/<id:ask_id>"


@dataclass(frozen=True)
class CoverPage:
    """Who could help out in a shift, and who was asked."""

    managed: ManagedShift
    found: Candidates
    asked: tuple[Asked, ...]

    @property
    def can_ask(self) -> bool:
        """Whether it stands and has not begun."""
        shift, event = self.managed.shift, self.managed.event
        stands = shift.called_off_at is None and shift.closed_at is None
        return stands and event.state == "published" and clock.now() < shift.starts_at

    @property
    def newer(self) -> str:
        return self._url(self.found.page - 1) if self.found.page > 1 else ""

    @property
    def older(self) -> str:
        return self._url(self.found.page + 1) if self.found.more else ""

    def _url(self, number: int) -> str:
        return f"{cover_url(self.managed.shift.id)}?page={number}"


@bp.get(COVER, access=Access.ORGANIZER)
def show_cover(shift_id: int) -> ResponseReturnValue:
    """Who could help out, twenty a page, and what those said who were asked."""
    managed = get_managed_shift(shift_id, viewer())
    number = request.args.get("page", 1, type=int)
    found = CoverPage(managed, candidates(managed, number), asked(shift_id))
    return page("signups/cover.html", cover=found, why=cover_wording.why)


@bp.post(COVER, access=Access.ORGANIZER)
def ask_these(shift_id: int) -> ResponseReturnValue:
    """Ask those who were ticked."""
    return _told(shift_id, cover.ask_these(shift_id, ticked("volunteer", PAGE_SIZE), viewer()))


@bp.post(COVER + "/first", access=Access.ORGANIZER)
def ask_first_few(shift_id: int) -> ResponseReturnValue:
    """Ask the first of the list."""
    return _told(shift_id, cover.ask_first_few(shift_id, viewer()))


@bp.get(ASK, access=Access.SIGNED_IN)
def show_ask(ask_id: int) -> ResponseReturnValue:
    """The question, with two buttons; or what was answered."""
    return page("signups/ask.html", ask=own_ask(ask_id, viewer().id))


@bp.post(ASK + "/yes", access=Access.SIGNED_IN)
def accept(ask_id: int) -> ResponseReturnValue:
    cover.accept(ask_id, viewer())
    return go_to(f"/asks/{ask_id}")


@bp.post(ASK + "/no", access=Access.SIGNED_IN)
def decline(ask_id: int) -> ResponseReturnValue:
    cover.decline(ask_id, viewer())
    return go_to(f"/asks/{ask_id}")


def cover_url(shift_id: int) -> str:
    """Where people are found for a shift."""
    return f"/organize/shifts/{shift_id}/cover"


def _told(shift_id: int, count: int) -> ResponseReturnValue:
    words = ngettext("请了 %(num)s 个人，等他们回。", "请了 %(num)s 个人，等他们回。", count)
    flash(words, "done")
    return go_to(cover_url(shift_id))

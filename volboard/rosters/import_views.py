"""People from an Excel file: choose it, read what would happen, say yes."""

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.communities.queries import CommunityFact, communities
from volboard.core.access import Access, viewer
from volboard.core.security import limiter
from volboard.core.web import go_to, number_in, page
from volboard.rosters import commands
from volboard.rosters.blueprint import bp
from volboard.rosters.errors import Unreadable
from volboard.rosters.forms import RosterForm, TakeForm
from volboard.rosters.queries import Preview, preview
from volboard.rosters.rules import LINES_A_PAGE, MOST_BYTES
from volboard.rosters.wording import notes, verdict

IMPORT = "/organize/rosters/import"
DRAFT = IMPORT + "/<draft_key>"
ROOM_FOR_A_FILE = 2 * MOST_BYTES
"""What a request may carry here, so that a file that is too big gets its own sentence."""
LAST_PAGE = 10_000
per_organizer = limiter.limit("20/minute; 200/hour", key_func=lambda: f"account {viewer().id}")


@bp.url_value_preprocessor
def make_room(endpoint: str | None, _values: object) -> None:
    """Let a file through where one is sent; everywhere else the app's limit stands."""
    if endpoint == "rosters.upload":
        request.max_content_length = ROOM_FOR_A_FILE


@bp.get(IMPORT, access=Access.ORGANIZER)
def show_import() -> ResponseReturnValue:
    form = RosterForm.blank()
    form.offer(own_communities())
    return page("rosters/import.html", form=form)


@bp.post(IMPORT, access=Access.ORGANIZER)
@per_organizer
def upload() -> ResponseReturnValue:
    """Read a file; nothing but its preview is kept, for an hour."""
    form = RosterForm()
    form.offer(own_communities())
    if not form.is_right():
        return page("rosters/import.html", 422, form=form)
    file = form.roster.data
    data, name = file.stream.read(MOST_BYTES + 1), file.filename or ""
    try:
        key = commands.keep_draft(data, name, form.community.data, viewer())
    except Unreadable as refusal:
        form.refuse("roster", refusal)
        return page("rosters/import.html", 422, form=form)
    return go_to(f"{IMPORT}/{key}")


@bp.get(DRAFT, access=Access.ORGANIZER)
def show_preview(draft_key: str) -> ResponseReturnValue:
    """What would become of each row, a page at a time; `show=bad` for those that cannot be."""
    found = preview(draft_key, viewer())
    if found.draft.columns is None:
        return go_to(f"{IMPORT}/{draft_key}/columns")
    return preview_page(found, TakeForm.blank())


@bp.get(DRAFT + "/bad", access=Access.ORGANIZER)
def print_bad_rows(draft_key: str) -> ResponseReturnValue:
    """All rows that cannot be added, to be mended in the file."""
    found = preview(draft_key, viewer())
    return page("rosters/bad_rows.html", found=found, say=verdict)


@bp.post(DRAFT + "/take", access=Access.ORGANIZER)
@per_organizer
def take_in(draft_key: str) -> ResponseReturnValue:
    """Add all of them, or none; raises BadRows."""
    found, form = preview(draft_key, viewer()), TakeForm()
    if not form.is_right():
        return preview_page(found, form, 422)
    taken = commands.take_in(draft_key, viewer(), form.two.data or ())
    flash(ngettext("加进来 %(num)s 人。", "加进来 %(num)s 人。", taken.added) if taken.added
          else _("没有新的人，什么都没有改。"), "done")  # fmt: skip
    return go_to("/organize/rosters")


@bp.post(DRAFT + "/drop", access=Access.ORGANIZER)
def drop(draft_key: str) -> ResponseReturnValue:
    """Forget the file."""
    commands.discard(draft_key, viewer())
    flash(_("没有加，读到的也删掉了。"), "info")
    return go_to(IMPORT)


def own_communities() -> tuple[CommunityFact, ...]:
    """Those that this person organizes."""
    return tuple(one for one in communities() if viewer().manages(one.id))


def preview_page(found: Preview, form: TakeForm, status: int = 200) -> Response:
    """One page of the rows, with the counts of all."""
    form.offer(found.alike)
    only_bad = request.args.get("show") == "bad"
    number = number_in(request.args.get("page"), LAST_PAGE) or 1
    lines = found.page(number, only_bad)
    whole = len(found.bad) if only_bad else len(found.lines)
    return page("rosters/preview.html", status, found=found, form=form, lines=lines,
                number=number, only_bad=only_bad, has_more=whole > number * LINES_A_PAGE,
                notes=notes(found), say=verdict)  # fmt: skip

"""Which sheet and which columns of a file are meant, where that is not sure or not right."""

from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, number_in, page
from volboard.rosters import commands
from volboard.rosters.arranging import Choice
from volboard.rosters.blueprint import bp
from volboard.rosters.errors import Unreadable
from volboard.rosters.forms import ColumnsForm, SheetForm
from volboard.rosters.import_views import DRAFT, IMPORT, per_organizer
from volboard.rosters.queries import Draft, book_of, own_draft
from volboard.rosters.rules import MOST_SHEETS
from volboard.rosters.shown import columns_of, guessed
from volboard.rosters.tables import Book, Table


@dataclass(frozen=True)
class Asked:
    """A draft whose sheet or columns are being chosen."""

    draft: Draft
    book: Book
    sheet: int
    """-1: the sheet must be chosen first."""

    @property
    def table(self) -> Table:
        return self.book.tables[self.sheet]

    @property
    def url(self) -> str:
        return f"{IMPORT}/{self.draft.key}"


@bp.get(DRAFT + "/columns", access=Access.ORGANIZER)
def show_columns(draft_key: str) -> ResponseReturnValue:
    """The columns of a sheet to choose from; of the sheets first, where there are several."""
    asked = _asked(draft_key)
    if asked.sheet < 0:
        return sheets_page(asked, SheetForm.blank())
    chosen = asked.draft.columns if asked.draft.sheet == asked.sheet else None
    return columns_page(asked, ColumnsForm.showing(chosen or guessed(asked.table)))


@bp.post(DRAFT + "/sheet", access=Access.ORGANIZER)
@per_organizer
def choose_sheet(draft_key: str) -> ResponseReturnValue:
    """Read another sheet of the same file."""
    asked, form = _asked(draft_key), SheetForm()
    form.offer(asked.book)
    if not form.is_right():
        return sheets_page(asked, form, 422)
    try:
        commands.choose(draft_key, Choice(form.sheet.data), viewer())
    except Unreadable as refusal:
        form.refuse("sheet", refusal)
        return sheets_page(asked, form, 422)
    return go_to(asked.url)


@bp.post(DRAFT + "/columns", access=Access.ORGANIZER)
@per_organizer
def choose_columns(draft_key: str) -> ResponseReturnValue:
    """Read the same file by these columns."""
    asked, form = _asked(draft_key), ColumnsForm()
    if asked.sheet < 0:
        return sheets_page(asked, SheetForm.blank(), 422)
    form.offer(columns_of(asked.table))
    if not form.is_right():
        return columns_page(asked, form, 422)
    try:
        commands.choose(draft_key, Choice(asked.sheet, form.columns), viewer())
    except Unreadable as refusal:
        form.refuse("phone", refusal)
        return columns_page(asked, form, 422)
    return go_to(asked.url)


def sheets_page(asked: Asked, form: SheetForm, status: int = 200) -> Response:
    form.offer(asked.book)
    return page("rosters/sheet.html", status, asked=asked, form=form)


def columns_page(asked: Asked, form: ColumnsForm, status: int = 200) -> Response:
    form.offer(columns_of(asked.table))
    name = asked.table.name
    lead = _("表里“%(name)s”这一张。", name=name) if name else ""
    several = len(asked.book.tables) > 1
    return page("rosters/columns.html", status, asked=asked, form=form, several=several, lead=lead)


def _asked(key: str) -> Asked:
    """The draft, and the sheet that the address or the draft names; raises DraftGone."""
    draft = own_draft(key, viewer())
    book = book_of(key)
    told = number_in(request.values.get("from"), MOST_SHEETS)
    sheet = told - 1 if told else draft.sheet
    if request.values.get("from") == "all" or sheet >= len(book.tables):
        sheet = -1
    return Asked(draft, book, sheet if len(book.tables) > 1 else 0)

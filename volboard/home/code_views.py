"""The household's own codes, to show at the gate: on a screen, and as slips to print."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from volboard.accounts.queries import Person, household
from volboard.attendance.shown_codes import shown_now
from volboard.core.access import Access, viewer
from volboard.core.qr import absolute, code
from volboard.core.web import page, page_or_fragment
from volboard.home.blueprint import bp
from volboard.home.rules import LAST_ID, number_from


@dataclass(frozen=True)
class CodePage:
    """What `/me/code` shows."""

    person: Person
    family: tuple[Person, ...]
    code: Markup

    @property
    def url(self) -> str:
        """Where the code is shown anew."""
        return f"/me/code?person={self.person.volunteer_id}"


@dataclass(frozen=True)
class Slip:
    """One person's code on paper."""

    person: Person
    code: Markup


@bp.get("/me/code", access=Access.SIGNED_IN)
def show_code() -> ResponseReturnValue:
    """The code of oneself, or of one of the family with `person`; anybody else's is not here."""
    family = household(viewer().id)
    asked = number_from(request.args.get("person", ""), LAST_ID)
    chosen = next((person for person in family if person.volunteer_id == asked), family[0])
    mine = CodePage(chosen, family, drawn(chosen, shown_now(chosen.account_id)))
    return page_or_fragment("home/code.html", "home/_code_sheet.html", mine=mine)


@bp.get("/me/code/slips", access=Access.SIGNED_IN)
def show_slips() -> ResponseReturnValue:
    """The codes of the whole household, several on a sheet of A4 to cut apart."""
    slips = tuple(Slip(person, drawn(person)) for person in household(viewer().id))
    return page("home/code_slips.html", slips=slips)


def drawn(person: Person, shown: str = "") -> Markup:
    """The code that opens this person for an organizer's camera; `shown` tells that a phone which
    is signed in shows it this moment."""
    added = f"?shown={shown}" if shown else ""
    return code(absolute(request, f"/codes/{person.code}{added}"))

"""The organizer's list of a shift: who comes, who waits, and somebody more at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.errors import OwnHousehold
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.formats import masked_name
from volboard.core.web import go_to, page, page_or_fragment
from volboard.events.queries import get_managed_shift
from volboard.signups import commands, desk
from volboard.signups.blueprint import bp
from volboard.signups.cards import ABSENCES
from volboard.signups.errors import Overlaps
from volboard.signups.forms import DeskForm, ReasonForm
from volboard.signups.households import Expected, expected_instead
from volboard.signups.places import Place
from volboard.signups.reasons import ask_again
from volboard.signups.roster_queries import ManagedRow, Roster, managed_row, roster
from volboard.signups.seat_queries import Answers, answers

SHIFT = "/organize/shifts/<id:shift_id>"
SIGNUP = "/organize/signups/<id:signup_id>"


@dataclass(frozen=True)
class RosterPage:
    """A shift's list with the form of the desk."""

    roster: Roster
    form: DeskForm
    is_coming: bool
    """Whether it has not begun, so that the desk still signs people up."""
    is_live: bool
    """Whether seats can still be freed and given."""
    coming: Answers
    absences: Mapping[int, int]
    """How often a volunteer did not come in 90 days, where the community looks at that."""
    instead: tuple[Expected, ...] = ()
    """Of the household whose number was typed with another name: who has a place already."""


@dataclass(frozen=True)
class ShownPhone:
    """A number that an organizer asked to see."""

    row: ManagedRow
    number: str


@bp.get(SHIFT + "/roster", access=Access.ORGANIZER)
def show_roster(shift_id: int) -> ResponseReturnValue:
    return _roster_page(shift_id, DeskForm.blank())


@bp.get(SHIFT + "/sheet", access=Access.ORGANIZER)
def show_sheet(shift_id: int) -> ResponseReturnValue:
    """The list to sign by hand, for a gate without a phone; `type=large` for weak eyes."""
    people = roster(get_managed_shift(shift_id, viewer()))
    is_large = request.args.get("type") == "large"
    return page("signups/sheet.html", roster=people, is_large=is_large)


@bp.post(SHIFT + "/people", access=Access.ORGANIZER)
def sign_up_somebody(shift_id: int) -> ResponseReturnValue:
    get_managed_shift(shift_id, viewer())
    form = DeskForm()
    if not form.is_right():
        return _roster_page(shift_id, form, 422)
    name, phone = form.text("name"), form.text("phone")
    if not form.text("other") and (had := expected_instead(shift_id, name, phone, viewer().id)):
        return _roster_page(shift_id, form, 409, had)
    try:
        place = desk.sign_up_at_desk(name, phone, shift_id, viewer())
    except (Overlaps, OwnHousehold) as refusal:
        form.refuse("name", refusal)
        return _roster_page(shift_id, form, 422)
    flash(_in_words(form.text("name"), place), "done")
    return go_to(roster_url(shift_id))


@bp.post(SIGNUP + "/phone", access=Access.ORGANIZER)
def show_phone(signup_id: int) -> ResponseReturnValue:
    """Show a full number; who looked is written down."""
    row = managed_row(signup_id, viewer())
    shown = ShownPhone(row, desk.show_phone(signup_id, viewer()))
    return page_or_fragment("signups/phone.html", "signups/_phone.html", shown=shown)


@bp.post(SIGNUP + "/free", access=Access.ORGANIZER)
def free_place(signup_id: int) -> ResponseReturnValue:
    """End somebody's place, with a reason that they read."""
    row = managed_row(signup_id, viewer())
    form = ReasonForm()
    if not form.is_right():
        title = _("取消 %(who)s 的报名", who=masked_name(row.name))
        return ask_again(form, title, _("确定取消"), roster_url(row.shift_id))
    commands.cancel(signup_id, viewer(), form.text("reason"))
    flash(_("%(who)s 的报名取消了，空位给了候补的下一位。", who=masked_name(row.name)), "done")
    return go_to(roster_url(row.shift_id))


@bp.post(SIGNUP + "/seat", access=Access.ORGANIZER)
def seat_out_of_turn(signup_id: int) -> ResponseReturnValue:
    """Seat somebody before their turn, with a reason that is kept."""
    row = managed_row(signup_id, viewer())
    form = ReasonForm()
    if not form.is_right():
        title = _("让 %(who)s 先上", who=masked_name(row.name))
        return ask_again(form, title, _("确定先上"), roster_url(row.shift_id))
    commands.seat_out_of_turn(signup_id, form.text("reason"), viewer())
    flash(_("%(who)s 有位置了。", who=masked_name(row.name)), "done")
    return go_to(roster_url(row.shift_id))


def roster_url(shift_id: int) -> str:
    """The list of a shift."""
    return f"/organize/shifts/{shift_id}/roster"


def _roster_page(
    shift_id: int, form: DeskForm, status: int = 200, instead: tuple[Expected, ...] = ()
) -> ResponseReturnValue:
    managed = get_managed_shift(shift_id, viewer())
    shift, now = managed.shift, clock.now()
    stands = shift.called_off_at is None and managed.event.state == "published"
    found = roster(managed)
    volunteers = tuple(row.volunteer_id for row in found.rows)
    people = RosterPage(
        found,
        form,
        is_coming=stands and now < shift.starts_at,
        is_live=stands and shift.closed_at is None and now < shift.ends_at,
        coming=answers(shift_id, shift.starts_at),
        absences=current_app.extensions[ABSENCES](volunteers, managed.event.community_id),
        instead=instead,
    )
    return page("signups/roster.html", status, people=people)


def _in_words(name: str, place: Place) -> str:
    who = masked_name(name)
    if place.number:
        return _("%(who)s 候补第 %(num)s 位。", who=who, num=place.number)
    return _("%(who)s 报上了。", who=who)

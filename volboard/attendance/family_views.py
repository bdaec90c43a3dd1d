"""A family at the gate: one tap, and the household with what can be taken back."""

from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from volboard.attendance import queries
from volboard.attendance.blueprint import bp
from volboard.attendance.facts import Found
from volboard.attendance.family_commands import check_in_family
from volboard.attendance.gate_page import Answer
from volboard.attendance.gate_views import show
from volboard.attendance.press_views import after_press, way_of
from volboard.attendance.wording import Verdict, refused
from volboard.core import formats
from volboard.core.access import Access, viewer
from volboard.core.devices import phone_name
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import go_to, wants_fragment

FAMILY = "/organize/shifts/<id:shift_id>/families/<id:volunteer_id>"


@bp.get(FAMILY, access=Access.ORGANIZER)
def family(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    """The gate with the household of this person in its middle."""
    return show(household_answer(shift_id, volunteer_id))


@bp.post(f"{FAMILY}/check-in", access=Access.ORGANIZER)
def check_in_a_family(shift_id: int, volunteer_id: int) -> ResponseReturnValue:
    how, phone = way_of(volunteer_id), phone_name()
    try:
        check_in_family(shift_id, volunteer_id, viewer(), how, phone)
    except NotFound:
        raise
    except Refusal as refusal:
        answer = household_answer(shift_id, volunteer_id, refused(refusal))
        return show(answer, refusal.status)
    if not wants_fragment():
        return go_to(f"/organize/shifts/{shift_id}/families/{volunteer_id}")
    return after_press(household_answer(shift_id, volunteer_id))


def household_answer(shift_id: int, volunteer_id: int, verdict: Verdict | None = None) -> Answer:
    """The people of one household with how many of them are here."""
    managed, found = queries.gate(shift_id, viewer()), queries.household(shift_id, volunteer_id)
    return Answer(managed, found=found, verdict=verdict or here(found))


def here(found: Found) -> Verdict | None:
    """3 人已签到, and who; nothing where nobody is here."""
    names = [formats.masked_name(row.name) for row in found.rows if row.is_here]
    if not names:
        return None
    said = ngettext("%(num)s 人已签到", "%(num)s 人已签到", len(names))
    return Verdict("ok", said, "、".join(names))

"""States of an export's rows, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.rosters.facts import Seat, Served

SEATS = {"seated": _l("报上了"), "waiting": _l("候补")}
CAME = {"present": _l("到了"), "left": _l("到了"), "absent": _l("没到"), "undone": _l("签错撤销")}
KINDS = {
    "credit": _l("签到"),
    "make_up": _l("补录"),
    "reversal": _l("冲正"),
    "correction": _l("更正"),
}


def seat(one: Seat) -> str:
    """报上了, 候补; and whether somebody else signed them up."""
    said = str(SEATS.get(one.state, one.state))
    return _("%(state)s（代报名）", state=said) if one.made_by_other else said


def coming(one: Seat) -> str | None:
    """What they answered to 还来吗; nothing where nobody asked."""
    if one.said_at:
        return _("来")
    return _("没回话") if one.asked_at else None


def attendance(one: Seat) -> str | None:
    """Whether they came; nothing before anybody pressed."""
    return str(CAME[one.attendance]) if one.attendance else None


def kind(one: Served) -> str:
    """What kind of line it is; what corrects a make-up is told as such."""
    said = str(KINDS[one.kind])
    return _("%(kind)s（补录的）", kind=said) if one.is_make_up and one.kind != "make_up" else said

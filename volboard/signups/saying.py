"""What somebody reads right after they took a place or gave it back, whichever way the form
went; and where the press can be taken back."""

from dataclasses import dataclass

from flask_babel import gettext as _

from volboard.accounts.queries import Person
from volboard.core import formats
from volboard.events.queries import ShiftFact
from volboard.signups.places import Place


@dataclass(frozen=True)
class Said:
    """A sentence, and the address that takes back what it tells; empty where nothing does."""

    words: str
    undo_url: str = ""


def taken(place: Place, person: Person | None, shift: ShiftFact, lost_seat: bool = False) -> Said:
    """`person`: whose place it is, where it is not the reader's own; `lost_seat`: whether they
    had a seat before they gave it back, and have to wait now."""
    return Said(
        _taken(place, _called(person), shift, lost_seat), f"/signups/{place.signup_id}/undo"
    )


def given_back(place: Place, person: Person | None, shift: ShiftFact) -> Said:
    who = _called(person)
    words = _("%(who)s的取消了：%(what)s。", who=who, what=_what(shift)) if who else _(
        "取消了：%(what)s。", what=_what(shift))  # fmt: skip
    return Said(words, f"/signups/{place.signup_id}/restore")


def _taken(place: Place, who: str, shift: ShiftFact, lost_seat: bool) -> str:
    if place.number:
        return _waiting(place.number, who, lost_seat)
    if who:
        return _("给%(who)s报上了：%(what)s。", who=who, what=_what(shift))
    return _("报上了：%(what)s。", what=_what(shift))


def _waiting(number: int, who: str, lost_seat: bool) -> str:
    why = _("位置刚才让给别人了") if lost_seat else _("已满")
    if who:
        return _("%(why)s，先给%(who)s排候补第 %(num)s 位。有空位会自动轮到。",
                 why=why, who=who, num=number)  # fmt: skip
    return _("%(why)s，先排候补第 %(num)s 位。有空位会自动轮到您。", why=why, num=number)


def _called(person: Person | None) -> str:
    return "" if person is None or person.is_self else person.relation or person.name


def _what(shift: ShiftFact) -> str:
    day = formats.unbroken(formats.short_day(shift.starts_at))
    when = f"{day} {formats.clock_time(shift.starts_at)}"
    return _("%(when)s，%(what)s", when=when, what=shift.title)

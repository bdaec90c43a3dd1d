"""What the pages with the venue's codes show, put together for the views."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from volboard.attendance import queries
from volboard.attendance.facts import GateCount
from volboard.attendance.rules import EARLY, Gate
from volboard.core import formats
from volboard.core.posters import Fit, Words, fit
from volboard.events.queries import EventFact, ManagedShift, ShiftFact
from volboard.venue.queries import Latest
from volboard.venue.tokens import SHOWN_FOR


def title_of(event: EventFact, shift: ShiftFact) -> str:
    """The event, and the post where it has a name of its own."""
    return event.title if shift.title == event.title else f"{event.title} · {shift.title}"


@dataclass(frozen=True)
class VenueScreen:
    """The code on an organizer's screen; it is made anew with each answer."""

    managed: ManagedShift
    code: Markup
    count: GateCount
    latest: tuple[Latest, ...]

    @property
    def url(self) -> str:
        return f"/organize/shifts/{self.managed.shift.id}"

    @property
    def title(self) -> str:
        return title_of(self.managed.event, self.managed.shift)

    @property
    def state(self) -> Gate:
        return queries.gate_of(self.managed)

    @property
    def opens_at(self) -> datetime:
        return self.managed.shift.starts_at - EARLY

    @property
    def good_for(self) -> int:
        """Seconds for which a phone may still open what is shown now."""
        return int(SHOWN_FOR.total_seconds())


@dataclass(frozen=True)
class VenuePoster:
    """The sheet to hang up at the door."""

    managed: ManagedShift
    code: Markup

    @property
    def title(self) -> str:
        return title_of(self.managed.event, self.managed.shift)

    @property
    def poster(self) -> Fit:
        event, shift = self.managed.event, self.managed.shift
        when = f"{formats.day(shift.starts_at)} {formats.span(shift.starts_at, shift.ends_at)}"
        foot = _("扫码以后，请等签到台的组织者确认。没带手机，报手机尾号或名字就行。")
        return fit(Words(self.title, when, event.place, over=event.community_name, foot=foot))

    @property
    def back(self) -> str:
        return f"/organize/shifts/{self.managed.shift.id}/venue-code"

    @property
    def state(self) -> Gate:
        return queries.gate_of(self.managed)

    @property
    def is_of_use(self) -> bool:
        return self.state in (Gate.EARLY, Gate.OPEN)

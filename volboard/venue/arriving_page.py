"""What a phone shows after it scanned a venue's code, put together for the views."""

from dataclasses import dataclass

from volboard.attendance.rules import Gate
from volboard.core.web import sign_in_url
from volboard.events.queries import ManagedShift
from volboard.venue.code_page import title_of
from volboard.venue.queries import Arriving, Elsewhere


@dataclass(frozen=True)
class ArrivePage:
    """The household in front of a venue's code."""

    managed: ManagedShift
    state: Gate
    is_signed_in: bool
    path: str
    """Where this page stands, to come back to after signing in."""
    ticket: str = ""
    """What the forms send; empty for a printed code, which only asks."""
    is_own: bool = False
    """Whether it is the household's own screen, at which it cannot sign itself in."""
    people: tuple[Arriving, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    """Asked for where nobody of the household has anything to do with this shift."""

    @property
    def title(self) -> str:
        return title_of(self.managed.event, self.managed.shift)

    @property
    def takes_in(self) -> bool:
        return self.state is Gate.OPEN

    @property
    def lets_out(self) -> bool:
        """Whether people may sign out here: on a screen, also after the end."""
        return bool(self.ticket) and self.state in (Gate.OPEN, Gate.OVER)

    @property
    def to_take_in(self) -> tuple[Arriving, ...]:
        """Who can press now; at a printed code those who have asked already are left out."""
        if not self.takes_in:
            return ()
        expected = (one for one in self.people if one.is_expected)
        return tuple(one for one in expected if self.ticket or not one.claimed_at)

    @property
    def rows(self) -> tuple[Arriving, ...]:
        """Everybody but the only one who can press, for whom the big button stands."""
        only = self.to_take_in if len(self.to_take_in) == 1 else ()
        return tuple(one for one in self.people if one not in only)

    @property
    def action(self) -> str:
        """Where the button for coming in sends."""
        return "/arrive/check-in" if self.ticket else self.path

    @property
    def sign_in(self) -> str:
        """The sign-in page, which leads back here."""
        return sign_in_url(self.path)

    @property
    def has_places(self) -> bool:
        """Whether one of the household may still sign up: a seat is free, and the account's
        own place elsewhere, if there is one, is at another time."""
        shift = self.managed.shift
        is_busy = any(
            due.is_self and due.starts_at < shift.ends_at and due.ends_at > shift.starts_at
            for due in self.elsewhere
        )
        is_open = self.state in (Gate.EARLY, Gate.OPEN)
        return is_open and shift.places_left > 0 and not is_busy

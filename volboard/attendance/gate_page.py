"""What the gate's page and its fragments show, put together for the views."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from werkzeug.user_agent import UserAgent

from volboard.attendance import queries
from volboard.attendance.arrival_queries import Arrivals, arrivals
from volboard.attendance.facts import Found, GateCount, GateRow
from volboard.attendance.family_queries import Family, beside
from volboard.attendance.forms import SeatForm, WalkInForm
from volboard.attendance.rules import EARLY, Gate
from volboard.attendance.searching import Search, searched
from volboard.attendance.wording import Verdict, closing_sentences, found_sentence, unanswered
from volboard.core import clock
from volboard.core.devices import phone_name
from volboard.core.errors import NotFound
from volboard.events.queries import ManagedShift, ShiftFact
from volboard.signups.households import Expected

NOBODY = Found()
PHONE_DIGITS = 11


@dataclass(frozen=True)
class Answer:
    """The middle of the gate: the verdict on a press, who was found, and the walk-in form."""

    managed: ManagedShift
    typed: str = ""
    found: Found = NOBODY
    verdict: Verdict | None = None
    walk_in: WalkInForm | None = None
    """None: a blank one, filled in with what was searched for."""
    families: tuple[Family, ...] = ()
    """Households of those who were found, which one tap takes in."""
    instead: tuple[Expected, ...] = ()
    """Of the household whose number was typed with another name: who is expected here."""
    seat: SeatForm | None = None
    """The form of one who waits, where it came back with an error."""

    @property
    def url(self) -> str:
        return f"/organize/shifts/{self.managed.shift.id}"

    @property
    def state(self) -> Gate:
        return queries.gate_of(self.managed)

    @property
    def takes_in(self) -> bool:
        return self.state is Gate.OPEN

    @property
    def lets_out(self) -> bool:
        return self.state in (Gate.OPEN, Gate.OVER)

    @property
    def said(self) -> str:
        """What a screen reader says of this answer."""
        if self.verdict is not None:
            return f"{self.verdict.text} {self.verdict.detail}"
        return found_sentence(len(self.found.rows)) if searched(self.typed) else ""

    @property
    def is_lost(self) -> bool:
        """Whether somebody was looked for and nobody found."""
        return bool(searched(self.typed)) and not self.found.rows

    @property
    def form(self) -> WalkInForm:
        form = self.walk_in or _guessed(searched(self.typed))
        if self.needs_reason:
            form["reason"].flags.required = True
        return form

    @property
    def needs_reason(self) -> bool:
        """Whether a walk-in gets a seat only with a reason, as far as the page knows."""
        shift = self.managed.shift
        return shift.places_left == 0 or bool(self.walk_in and self.walk_in["reason"].errors)


def _guessed(search: Search) -> WalkInForm:
    """The form for somebody who was searched for in vain: a name or a whole number is filled in."""
    phone = search.digits if len(search.digits) == PHONE_DIGITS else ""
    if search.digits:
        return WalkInForm.blank(phone=phone)
    return WalkInForm.blank(name="" if search.words.isascii() else search.shown)


@dataclass(frozen=True)
class GatePage:
    """The whole gate."""

    answer: Answer
    count: GateCount
    arrivals: Arrivals
    recent: tuple[GateRow, ...] = field(default=())

    @property
    def opens_at(self) -> datetime:
        return opens_at(self.answer.managed.shift)

    @property
    def can_close(self) -> bool:
        return self.answer.lets_out and clock.now() >= self.answer.managed.shift.starts_at

    @property
    def closing(self) -> tuple[str, ...]:
        """What closing will do, in sentences."""
        asked = unanswered(len(self.arrivals.rows)) if self.arrivals.rows else ()
        return (*asked, *closing_sentences(self.answer.managed.shift, self.count))


def opens_at(shift: ShiftFact) -> datetime:
    """When the gate of a shift opens."""
    return shift.starts_at - EARLY


def with_families(answer: Answer, viewer_id: int) -> Answer:
    """The answer with the households of those who were found, in one statement."""
    if not answer.takes_in:
        return answer
    found = beside(answer.managed.shift.id, answer.found.rows, viewer_id)
    return replace(answer, families=found)


def whole(answer: Answer, viewer_id: int) -> GatePage:
    """The gate around an answer, in three statements."""
    managed = answer.managed
    return GatePage(answer, queries.count(managed), arrivals(managed, viewer_id),
                    queries.recent(managed.shift.id))  # fmt: skip


def just(shift_id: int, volunteer_id: int) -> Found:
    """One person of the shift; nobody where they have nothing to do with it."""
    try:
        return Found((queries.person(shift_id, volunteer_id),))
    except NotFound:
        return Found()


def device(agent: UserAgent) -> str:
    """The name of the phone on which the request was made."""
    return phone_name()

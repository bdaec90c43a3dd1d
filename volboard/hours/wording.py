"""How stars and the evidence of a line are put into words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.hours import times_wording
from volboard.hours.queries import Ledger, Line, Month
from volboard.hours.times_wording import WAYS

STARS = (_l("还没有星"), _l("一星"), _l("二星"), _l("三星"), _l("四星"), _l("五星"))


@dataclass(frozen=True)
class Bar:
    """A month of the chart."""

    label: str
    minutes: int
    text: str


def bars(ledger: Ledger) -> tuple[Bar, ...]:
    """The months of the chart; what was taken back can leave a month below zero, shown as none."""
    return tuple(_bar(month) for month in ledger.months)


def _bar(month: Month) -> Bar:
    label = _("%(month)s月", month=month.first.month)
    return Bar(label, max(month.minutes, 0), formats.duration(month.minutes))


def evidence(line: Line) -> str:
    """Who saw the person, when, how and with what: 6 月 19 日 08:58 由王*芳在门口签到.

    For a reversal or a correction also who wrote it down.
    """
    seen = str(WAYS.get(line.how, WAYS["gate"])) % {
        "when": formats.moment(line.seen_at),
        "who": formats.masked_name(line.seen_by),
        "approved": formats.moment(line.approved_at or line.recorded_at),
        "approver": formats.masked_name(line.approved_by or line.recorded_by),
    }
    if line.is_reversal:
        return booked(line)
    later = booked(line) if line.is_correction else ""
    return " · ".join(part for part in (seen, line.device, later) if part)


def counted(line: Line) -> tuple[str, ...]:
    """From when and until when it counts, and how the figure came about."""
    return (*times_wording.counted(line.times), *times_wording.sums(line.times))


def booked(line: Line) -> str:
    """Who wrote this line down, and when."""
    who = formats.masked_name(line.recorded_by)
    return _("%(when)s 由%(who)s更正", when=formats.moment(line.recorded_at), who=who)


def reason(line: Line) -> str:
    """Why the line is as it is, where it needs a word; empty for a plain credit that stands."""
    if line.is_reversal:
        return _("冲正：%(reason)s", reason=line.reason)
    if line.is_correction:
        return _("更正：%(reason)s", reason=line.reason)
    if line.is_make_up:
        return _("补录：%(reason)s", reason=line.reason)
    return ""

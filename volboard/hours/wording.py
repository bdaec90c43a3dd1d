"""How stars and the evidence of a line are put into words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.hours.queries import Ledger, Line, Month
from volboard.hours.rules import StarProgress

STARS = (_l("还没有星"), _l("一星"), _l("二星"), _l("三星"), _l("四星"), _l("五星"))
WAYS = {"gate": _l("在门口签到"), "walk_in": _l("现场报名并签到"), "code": _l("扫码签到")}


@dataclass(frozen=True)
class Bar:
    """A month of the chart."""

    label: str
    minutes: int
    text: str


def star(progress: StarProgress) -> str:
    """The star that is reached, in words."""
    return str(STARS[progress.stars])


def way_to_next(progress: StarProgress) -> str:
    """How much is missing to the next star, in words."""
    if not progress.needed:
        return _("五颗星都满了")
    missing = formats.duration(progress.needed - progress.reached)
    return _("再有 %(missing)s到%(star)s", missing=missing, star=STARS[progress.stars + 1])


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
    seen = _(
        "%(when)s 由%(who)s%(how)s",
        when=formats.moment(line.seen_at),
        who=formats.masked_name(line.seen_by),
        how=WAYS.get(line.how, line.how),
    )
    if line.is_reversal:
        return booked(line)
    later = booked(line) if line.is_correction else ""
    return " · ".join(part for part in (seen, line.device, later) if part)


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
    if line.forgot_to_sign_out:
        return _("忘了签退：按规则算到计划结束或关门的时候。")
    return ""

"""How stars and the evidence of a line are put into words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.hours.queries import Ledger, Line, Month

STARS = (_l("还没有星"), _l("一星"), _l("二星"), _l("三星"), _l("四星"), _l("五星"))
WAYS = {
    "gate": _l("%(when)s 由%(who)s在门口签到"),
    "code": _l("%(when)s 由%(who)s扫码签到"),
    "code_shown": _l("%(when)s 由%(who)s扫手机上的码签到"),
    "walk_in": _l("%(when)s 由%(who)s现场报名并签到"),
    "venue": _l("%(when)s 自己扫%(who)s手里的现场码签到"),
    "paper_code": _l("%(when)s 扫门口贴的码，由%(who)s确认"),
    "paper": _l("%(when)s 写在纸质名单上，由%(who)s登记"),
    "make_up": _l("%(when)s 由%(who)s申请补录，%(approved)s 由%(approver)s批准"),
}
"""How a person came in: one of `volboard.attendance.rules.WAYS`, or make_up."""


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
    return forgotten(line) if line.forgot_to_sign_out else ""


def forgotten(line: Line) -> str:
    """Which rule stood in for a sign-out that was forgotten."""
    until = formats.clock_time(line.served_to)
    if line.served_to >= line.shift_ends_at:
        return _("忘了签退：按规则算到计划结束，%(time)s。", time=until)
    return _("忘了签退：按规则算到关门的时候，%(time)s。", time=until)


def sums(line: Line) -> tuple[str, ...]:
    """How the figure of a line came about, where it is more or less than from in to out."""
    if line.is_reversal:
        return ()
    said = [_("%(time)s 离开，没有算。", time=formats.span(*away)) for away in line.breaks]
    if line.extra_minutes:
        night, extra = formats.duration(line.night_minutes), formats.duration(line.extra_minutes)
        said.append(_("其中夜间 %(night)s，按社区的规定多记 %(extra)s。", night=night, extra=extra))
    return tuple(said)

"""The evidence of a line in words: when they came, from when it counts and why, who signed them
out, and by which rule."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.hours.times import Times

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
MADE_UP = "make_up"


def whole(times: Times) -> tuple[str, ...]:
    """The whole evidence of a line, sentence by sentence, where it stands alone on a page."""
    came = () if times.how == MADE_UP else (came_in(times),)
    return (*came, *counted(times), *sums(times))


def came_in(times: Times) -> str:
    """When they came, by which way, and who saw it."""
    who, when = formats.masked_name(times.seen_by), formats.moment(times.seen_at)
    seen = str(WAYS.get(times.how, WAYS["gate"])) % {"when": when, "who": who}
    return " · ".join(part for part in (seen, times.device) if part)


def counted(times: Times) -> tuple[str, ...]:
    """From when and until when it counts, why, and who said so. Times that two people agreed on
    later, or that an organizer corrected, have their own sentence elsewhere."""
    if not times.is_from_the_gate:
        return ()
    last = forgotten(times) if times.forgot_to_sign_out else _signed_out(times)
    return tuple(sentence for sentence in (_from(times), last) if sentence)


def sums(times: Times) -> tuple[str, ...]:
    """How the figure of a line came about, where it is more or less than from in to out."""
    if times.is_reversal:
        return ()
    said = [_("%(time)s 离开，没有算。", time=formats.span(*away)) for away in times.breaks]
    if times.extra_minutes:
        night, extra = formats.duration(times.night_minutes), formats.duration(times.extra_minutes)
        said.append(_("其中夜间 %(night)s，按社区的规定多记 %(extra)s。", night=night, extra=extra))
    return tuple(said)


def forgotten(times: Times) -> str:
    """Which rule stood in for a sign-out that was forgotten, and who closed the gate."""
    until, shut = formats.clock_time(times.served_to), ""
    if times.closed_at and times.closed_by:
        shut = _("%(when)s 由%(who)s关门。", when=_clock(times.closed_at, times),
                 who=formats.masked_name(times.closed_by))  # fmt: skip
    if times.served_to >= times.ends_at:
        return _("忘了签退：按规则算到计划结束，%(time)s。", time=until) + shut
    return _("忘了签退：按规则算到关门的时候，%(time)s。", time=until) + shut


def _from(times: Times) -> str:
    begins = formats.clock_time(times.served_from)
    if times.seen_at < times.starts_at:
        return _("从 %(time)s 算起：岗位这时开始，早到的不算。", time=begins)
    return _("从 %(time)s 算起：签到的时候。", time=begins)


def _signed_out(times: Times) -> str:
    left_at = times.signed_out_at
    if left_at is None:
        return ""
    said = {"left": _clock(left_at, times), "who": _out_by(times)}
    if left_at > times.ends_at:
        until = formats.clock_time(times.ends_at)
        return _("%(left)s 由%(who)s签退，算到 %(time)s：岗位这时结束。", time=until, **said)
    return _("%(left)s 由%(who)s签退，算到这时。", **said)


def _out_by(times: Times) -> str:
    return _("本人") if times.signed_out_alone else formats.masked_name(times.left_by or "")


def _clock(at: datetime, times: Times) -> str:
    """The time alone on the day of the service, with its day on another."""
    same = formats.as_date(at) == formats.as_date(times.served_from)
    return formats.clock_time(at) if same else formats.moment(at)

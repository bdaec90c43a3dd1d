"""The gate's log in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.attendance.log_queries import LogLine
from volboard.attendance.wording import flag_notes
from volboard.core import formats

ACTIONS = {
    "in": _l("签到"),
    "out": _l("签退"),
    "back": _l("回来"),
    "undo_in": _l("撤销签到"),
    "undo_out": _l("撤销签退"),
    "undo_back": _l("撤销回来"),
    "absent": _l("关门时记为未到"),
}
WAYS = {
    "gate": _l("在签到页找到"),
    "code": _l("扫本人的码"),
    "code_shown": _l("扫本人手机上的码"),
    "walk_in": _l("现场报名"),
    "venue": _l("自己扫现场码"),
    "paper_code": _l("扫门口贴的码"),
    "paper": _l("按纸质名单"),
}


def what(line: LogLine) -> str:
    """签到, and in words what became of it."""
    action = str(ACTIONS.get(line.press.action, line.press.action))
    if line.is_struck:
        return _("%(action)s（后来撤销了）", action=action)
    return action if line.counts else _("%(action)s（重复，没有算）", action=action)


def who(line: LogLine) -> str:
    """Who pressed, and who stands for it."""
    by = formats.masked_name(line.by)
    if not line.stands_for_it:
        return _("%(by)s按的", by=by)
    organizer = formats.masked_name(line.stands_for_it)
    return _("%(by)s按的，%(organizer)s在场", by=by, organizer=organizer)


def details(line: LogLine) -> str:
    """Who, by which way, on which phone, and when it was received where that was later."""
    received = line.received_at
    later = _("%(when)s 才收到", when=formats.moment(received)) if received else ""
    way = str(WAYS.get(line.press.how, ""))
    return " · ".join(part for part in (who(line), way, line.press.device, later) if part)


def warnings(line: LogLine) -> str:
    """What an organizer should look at, in sentences; empty for a press like any other."""
    return "".join(flag_notes(line.flag, line.press.at))

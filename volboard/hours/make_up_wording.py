"""How a request for a make-up is put into words."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from volboard.core import formats
from volboard.hours.make_up_queries import Request

STATES = {
    "waiting": _l("等批准"),
    "approved": _l("批准了"),
    "refused": _l("没有批准"),
    "withdrawn": _l("撤回了"),
}


def elsewhere(title: str, served_from: datetime, served_to: datetime) -> str:
    """Where the person already has hours for that time."""
    when = f"{formats.short_day(served_from)} {formats.span(served_from, served_to)}"
    return _("这段时间，这个人在“%(title)s”已经记了时长：%(when)s。", title=title, when=when)


def took(request: Request) -> str:
    """How long a decision took after somebody had asked."""
    if request.decided_at is None:
        return ""
    return quick(int((request.decided_at - request.asked_at).total_seconds()) // 60)


def quick(minutes: int) -> str:
    """How long after the request; under two minutes that is said as it is."""
    if minutes < 2:
        return _("申请后不到 2 分钟")
    if minutes < 120:
        return ngettext("申请后 %(num)s 分钟", "申请后 %(num)s 分钟", minutes)
    return _("申请后 %(time)s", time=formats.duration(minutes))

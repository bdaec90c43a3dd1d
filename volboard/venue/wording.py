"""What a household reads at a venue's code where it cannot press; each case is its own sentence."""

from flask_babel import gettext as _

from volboard.attendance.rules import EARLY, Gate
from volboard.core import clock, formats
from volboard.venue.arriving_page import ArrivePage


def hindrance(page: ArrivePage) -> str:
    """Why nobody of the household can press here; empty where somebody can."""
    shut = _shut(page)
    if shut:
        return shut
    if page.is_own:
        return _("这个码是您自己出示的。您和家人请让另一位组织者签到。")
    if page.people:
        return ""
    return _due_elsewhere(page) or _("您和家人没有报这个时段。")


def _shut(page: ArrivePage) -> str:
    event, shift = page.managed.event, page.managed.shift
    if page.state is Gate.CALLED_OFF:
        why = event.cancel_reason
        return _("取消了：%(why)s", why=why) if why else _("这个时段已经取消了，不用签到。")
    if page.state is Gate.CLOSED:
        return _("这个时段已经关门，不能再签到、签退。有问题请找组织者。")
    if page.state is Gate.EARLY:
        opens = formats.moment(shift.starts_at - EARLY)
        return _("还没到签到的时候。%(when)s可以开始。", when=opens)
    if page.state is Gate.OVER and not any(one.is_here or one.has_left for one in page.people):
        return _("这个时段已经结束，不能再签到。")
    return ""


def _due_elsewhere(page: ArrivePage) -> str:
    """That the household is expected at another place, or on another day."""
    if not page.elsewhere:
        return ""
    due = page.elsewhere[0]
    facts = {"what": due.event_title, "who": due.who, "where": due.where, "post": due.shift_title,
             "day": formats.day(due.starts_at),
             "time": formats.span(due.starts_at, due.ends_at)}  # fmt: skip
    if due.is_off:
        return _("%(who)s 报的“%(what)s”取消了，这里没有报名。", **facts)
    if due.day != clock.today():
        return _("今天没有报名。%(who)s 报的是 %(day)s %(time)s 的“%(what)s”。", **facts)
    if due.event_id == page.managed.event.id:
        return _("%(who)s 报的是同一个活动的另一个时段：%(time)s“%(post)s”。", **facts)
    return _("这里不是您报的活动。%(who)s 报的是 %(time)s 的“%(what)s”，在%(where)s。", **facts)

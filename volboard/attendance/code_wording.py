"""What an organizer reads about a place of the person whose code was scanned."""

from flask_babel import gettext as _

from volboard.attendance.code_facts import CodePage, Due
from volboard.core import clock, formats


def headline(page: CodePage) -> str:
    """The one sentence under the name: what there is to do now."""
    if page.ready:
        return _("点一下，就签到了。")
    today = tuple(one for one in page.today if one.is_live)
    if today:
        return _today(page, today)
    if page.next:
        day = formats.day(page.next.starts_at)
        return _("今天没有他的岗位。他报的是 %(day)s %(what)s。", day=day, what=_what(page.next))
    return _("今天没有他的岗位。")


def _today(page: CodePage, today: tuple[Due, ...]) -> str:
    if any(one.is_here for one in today):
        return _("已经签到了。")
    if any(one.is_waiting and one.takes_in for one in today):
        return _("还在候补，没有名额。")
    awaited = next((one for one in today if one.is_awaited), None)
    if awaited and page.gates:
        return _("他今天报的是另一个活动：%(what)s。", what=_what(awaited))
    return _("今天现在没有要签到的。")


def note(due: Due) -> str:
    """Where the person stands in this shift, and why there may be no button."""
    for applies, sentence in (
        (due.is_off, _("这个时段取消了，不用签到。")),
        (not due.is_live, _given_back(due)),
        (due.is_here or due.has_left, _seen(due)),
        (due.is_closed, _("这个时段已经关门。时长有问题，可以更正。")),
        (due.ends_at <= clock.now(), _("时间已经过了，不能再签到。")),
        (due.is_waiting, _("候补第 %(turn)s 位，还没有名额。", turn=due.turn)),
        (due.opens_at > clock.now(), _opens(due)),
    ):
        if applies:
            return sentence
    return ""


def _what(due: Due) -> str:
    time = formats.clock_time(due.starts_at)
    return _("%(time)s 的“%(what)s”，在%(where)s", time=time, what=due.event_title, where=due.where)


def _given_back(due: Due) -> str:
    when = formats.moment(due.given_back_at) if due.given_back_at else ""
    return _("名额在 %(when)s 退掉了。", when=when)


def _seen(due: Due) -> str:
    time = formats.clock_time(due.came_at) if due.came_at else ""
    return _("%(time)s 由%(by)s签到", time=time, by=formats.masked_name(due.seen_by or ""))


def _opens(due: Due) -> str:
    return _("%(time)s 开始签到", time=formats.moment(due.opens_at))

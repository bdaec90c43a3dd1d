"""A community's rules in words: what each is called, and from what to what it was changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.communities.rules import AbsenceRule, Worth, WorthState
from volboard.communities.worth_queries import Change, Step
from volboard.core.formats import clock_time, long_day, unbroken

RULES: Mapping[str, object] = {
    "in_charge": _l("负责人"),
    "absence_rule": _l("报了名没来、也没请假的"),
    "absence_limit": _l("90 天里满几次"),
    "pause_days": _l("暂停几天"),
    "quiet_from": _l("夜里不打扰，从几点"),
    "quiet_to": _l("不打扰到几点"),
}
ABSENCE: Mapping[str, object] = {
    AbsenceRule.NOTHING: _l("什么也不做"),
    AbsenceRule.NOTE: _l("只提醒组织者"),
    AbsenceRule.PAUSE: _l("暂停自己报名"),
}
STATES: Mapping[str, object] = {
    WorthState.FOUNDING: _l("从一开始"),
    WorthState.WAITING: _l("等另一位组织者同意"),
    WorthState.AGREED: _l("两个人同意了"),
    WorthState.LOWERED: _l("只减不加，一个人就能改"),
    WorthState.REFUSED: _l("没有同意"),
    WorthState.WITHDRAWN: _l("提的人撤回了"),
}


def told(worth: Worth) -> tuple[tuple[str, str], ...]:
    """What minutes are worth, as names with what they say."""
    return (
        (_("夜间多算"), night(worth)),
        (_("满多少小时一颗星"), _("、").join(str(hours) for hours in worth.ladder)),
        (_("新星级公示"), _("%(num)s 天", num=worth.star_notice_days)),
    )


def night(worth: Worth) -> str:
    """The community's night, and what it adds."""
    if not worth.night_percent:
        return _("不多算")
    hours = f"{clock_of(worth.night_from)}–{clock_of(worth.night_to)}"
    return _("%(hours)s 多算 %(num)s%%", hours=hours, num=worth.night_percent)


def changes(one: Step | Change) -> Iterator[tuple[str, str, str]]:
    """Each rule that a change is about: its name, what it said, what it says."""
    if isinstance(one, Change):
        yield (
            str(RULES.get(one.rule, one.rule)),
            shown(one.rule, one.before),
            shown(one.rule, one.after),
        )
        return
    for (name, before), (_name, after) in zip(told(one.before), told(one.after), strict=True):
        if before != after:
            yield name, before, after


def shown(rule: str, value: str) -> str:
    """What a rule says, in words; empty where it is not kept."""
    if rule in ("quiet_from", "quiet_to"):
        return clock_of(int(value))
    return str(ABSENCE[value]) if rule == "absence_rule" else value


def dated(at: datetime) -> str:
    """2027 年 6 月 9 日 12:00, with its year: a history goes back for long."""
    return unbroken(f"{long_day(at)} {clock_time(at)}")


def clock_of(minutes: int) -> str:
    """22:00, from minutes after midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"

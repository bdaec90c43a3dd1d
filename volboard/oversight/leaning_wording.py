"""What leans on one person, or on the same two: in a sentence, and the rule behind it."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.communities.rules import SHORT_LIVED
from volboard.core.formats import duration, masked_name
from volboard.hours.witness_rules import LATE_MINUTES
from volboard.oversight.queries import Odd
from volboard.oversight.rules import (
    ADMIN_MINUTES,
    ALONE_MINUTES,
    ALONE_PERCENT,
    FORGOTTEN_MINUTES,
    FORGOTTEN_PERCENT,
    LATE_TOLD,
    PAIR,
    SHORT,
    Rule,
)

HOUR = 60
NAMES = {
    Rule.ALONE: _l("从头到尾一个人经手"),
    Rule.FORGOTTEN: _l("没签退的太多"),
    Rule.LATE: _l("过后很久才送来"),
    Rule.ADMIN: _l("只靠管理员确认"),
    Rule.PAIR: _l("总是这两个人在更正"),
    Rule.SHORT_RULES: _l("规则换得太快"),
}
RULES = {
    Rule.ALONE: _l(
        "30 天里有 %(hours)s 小时以上的时长，又占本社区的 %(percent)s%% 以上，"
        "签到、关门、记时长都只有一个组织者经手，就会列在这里。",
        hours=ALONE_MINUTES // HOUR, percent=ALONE_PERCENT,
    ),
    Rule.FORGOTTEN: _l(
        "30 天里一个人关门记的时长，有 %(hours)s 小时以上、又占 %(percent)s%% 以上"
        "是没人签退、按规定算的，就会列在这里。",
        hours=FORGOTTEN_MINUTES // HOUR, percent=FORGOTTEN_PERCENT,
    ),
    Rule.LATE: _l(
        "30 天里有 %(hours)s 小时以上的时长，靠的是一个人在时段结束 %(late)s 小时以后"
        "才录入或送来的签到签退，就会列在这里。",
        hours=LATE_TOLD // HOUR, late=LATE_MINUTES // HOUR,
    ),
    Rule.ADMIN: _l(
        "社区里还有别的组织者，30 天里却有 %(hours)s 小时以上的时长只由管理员确认，"
        "就会列在这里。",
        hours=ADMIN_MINUTES // HOUR,
    ),
    Rule.PAIR: _l(
        "90 天里同样两个人之间有 %(count)s 次以上更正加了时长，就会列在这里。谁更正谁都算。",
        count=PAIR,
    ),
    Rule.SHORT_RULES: _l(
        "90 天里有 %(count)s 条以上“时长怎么算”的规则，每条都没满 %(days)s 天就换了，"
        "就会列在这里。",
        count=SHORT, days=SHORT_LIVED.days,
    ),
}  # fmt: skip


def _alone(odd: Odd) -> str:
    return _("30 天里本社区一共 %(of)s，其中 %(minutes)s（%(percent)s%%，%(count)s 条）"
             "从头到尾只有%(who)s一个组织者经手。", percent=_percent(odd), of=_of(odd),
             **_counted(odd))  # fmt: skip


def _forgotten(odd: Odd) -> str:
    return _("30 天里%(who)s关门一共记了 %(of)s，其中 %(minutes)s（%(percent)s%%，%(count)s 条）"
             "没有人签退。", percent=_percent(odd), of=_of(odd), **_counted(odd))  # fmt: skip


def _late(odd: Odd) -> str:
    return _("30 天里有 %(minutes)s（%(count)s 条），靠的是%(who)s在时段结束 %(late)s 小时以后"
             "才送来的签到签退。", late=LATE_MINUTES // HOUR, **_counted(odd))  # fmt: skip


def _by_admin(odd: Odd) -> str:
    return _("30 天里有 %(minutes)s（%(count)s 条）只由管理员%(who)s确认，"
             "社区里还有别的组织者。", **_counted(odd))  # fmt: skip


def _pair(odd: Odd) -> str:
    return _("90 天里%(who)s和%(other)s之间更正了 %(count)s 次，一共加了 %(minutes)s。",
             other=_name(odd, odd.anomaly.other), **_counted(odd))  # fmt: skip


def _short_rules(odd: Odd) -> str:
    return _("90 天里有 %(count)s 条规则没满 %(days)s 天就换了，"
             "这些天里夜间一共多算了 %(minutes)s。", count=odd.anomaly.count, days=SHORT_LIVED.days,
             minutes=duration(odd.minutes))  # fmt: skip


def _counted(odd: Odd) -> dict[str, object]:
    return {"who": _name(odd, odd.anomaly.who), "minutes": duration(odd.minutes),
            "count": odd.anomaly.count}  # fmt: skip


def _percent(odd: Odd) -> int:
    return odd.anomaly.amount * 100 // odd.anomaly.of


def _of(odd: Odd) -> str:
    return duration(odd.anomaly.of)


def _name(odd: Odd, account: int) -> str:
    return masked_name(odd.names.get(account, ""))


SENTENCES: dict[Rule, Callable[[Odd], str]] = {
    Rule.ALONE: _alone, Rule.FORGOTTEN: _forgotten, Rule.LATE: _late, Rule.ADMIN: _by_admin,
    Rule.PAIR: _pair, Rule.SHORT_RULES: _short_rules,
}  # fmt: skip

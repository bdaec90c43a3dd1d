"""What is odd, in one sentence with its facts; and the rule behind it, in words."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core.devices import kind_in
from volboard.core.formats import (
    clock_time,
    duration,
    masked_name,
    moment,
    short_day,
    span,
    unbroken,
)
from volboard.oversight import leaning_wording
from volboard.oversight.queries import Odd
from volboard.oversight.rules import COUNTED, Rule, is_hasty
from volboard.oversight.traces import Trace

NAMES = {
    Rule.TWO_PLACES: _l("同时在两处"),
    Rule.LONG_DAY: _l("一天太长"),
    Rule.BURST: _l("一下子记了很多"),
    Rule.CROWDED: _l("人比名额多"),
    Rule.SOLE_ASKER: _l("补录都是一个人提的"),
    Rule.SOLE_APPROVER: _l("补录都是一个人批的"),
    Rule.OUTSIDE: _l("不在活动的时间里"),
    Rule.STRANGERS: _l("新来的人都由一个人经手"),
    Rule.HASTY: _l("补录批得太快"),
    Rule.PHONE: _l("断网时的时间对不上"),
} | leaning_wording.NAMES
RULES = {
    Rule.TWO_PLACES: _l("同一个人的两条时长，时间重叠，就会列在这里。别的社区的也算。"),
    Rule.LONG_DAY: _l("一个人一天（北京时间）超过 16 小时，就会列在这里。"),
    Rule.BURST: _l("一个账号两分钟里补录、批准、更正或按纸质名单记了 5 条以上，就会列在这里。"),
    Rule.CROWDED: _l("一个时段记了时长的人比名额多，就会列在这里。"),
    Rule.SOLE_ASKER: _l("90 天里有 3 条以上补录，全是一个人提的，就会列在这里。"),
    Rule.SOLE_APPROVER: _l("90 天里批了 3 条以上补录，全是一个人批的，就会列在这里。"),
    Rule.OUTSIDE: _l("时长不在时段现在的时间里（多半是后来改了时间），就会列在这里。"),
    Rule.STRANGERS: _l(
        "30 天里有 3 个以上新来的人现场报名，签到和记时长都是同一个账号，就会列在这里。"
    ),
    Rule.HASTY: _l("补录提出两分钟内就批了，或者两部手机看起来是同一种，就会列在这里。"),
    Rule.PHONE: _l(
        "断网时按的，手机时钟差 15 分钟以上、时间不在时段里，或者关门以后才送到，就会列在这里。"
    ),
} | leaning_wording.RULES
ODD_OF_A_PHONE = {
    "clock_wrong": _l("手机的时钟不准"),
    "clamped": _l("时间不在时段里，按时段算了"),
    "after_closing": _l("关门以后才送到"),
    "clock_back": _l("服务器的钟倒回去了"),
}
PRESSED = {
    "in": _l("签到"), "out": _l("签退"), "back": _l("回来"), "undo_in": _l("撤销签到"),
    "undo_out": _l("撤销签退"), "undo_back": _l("撤销回来"),
}  # fmt: skip


def name(rule: Rule) -> str:
    """The rule in a few words."""
    return str(NAMES[rule])


def rule(which: Rule) -> str:
    """When something is shown."""
    return str(RULES[which])


def sentence(odd: Odd) -> str:
    """What is odd, with its facts and how many minutes it is about. Names are masked; rows of
    other communities stay closed."""
    told = SENTENCES[odd.anomaly.rule](odd)
    if odd.anomaly.rule not in COUNTED and odd.minutes:
        told = _("%(sentence)s关系到 %(minutes)s。", sentence=told, minutes=duration(odd.minutes))
    return unbroken(told)


def fact(row: Trace) -> str:
    """One row: when, what, and who entered it."""
    return unbroken(_fact(row))


def _fact(row: Trace) -> str:
    if row.kind == "press":
        return _("%(when)s %(what)s，%(who)s按的",
                 when=moment(row.begins), what=_press(row),
                 who=masked_name(row.made_by_name))  # fmt: skip
    when = f"{short_day(row.begins)} {span(row.begins, row.ends)}"
    seen, made = masked_name(row.seen_by_name), masked_name(row.made_by_name)
    if row.kind == "make_up" and row.made_by == row.seen_by:
        return _("%(when)s，%(asked)s %(seen)s提，还没有批", when=when, seen=seen,
                 asked=moment(row.asked_at))  # fmt: skip
    if row.kind == "make_up":
        return _("%(when)s，%(asked)s %(seen)s提，%(made)s批", when=when, seen=seen, made=made,
                 asked=moment(row.asked_at))  # fmt: skip
    return _("%(when)s，%(minutes)s，%(seen)s签到，%(made)s %(at)s 记的", when=when, seen=seen,
             made=made, minutes=duration(row.minutes), at=moment(row.made_at))  # fmt: skip


def _two_places(odd: Odd) -> str:
    first, second = odd.rows[0], odd.rows[-1]
    who, mine = masked_name(first.person), odd.shown
    if len(mine) < len(odd.rows):
        return _("%(who)s %(day)s %(time)s在“%(event)s”，同一时间在别的社区也有一条时长。", who=who,
                 day=short_day(mine[0].begins), time=span(mine[0].begins, mine[0].ends),
                 event=mine[0].title)  # fmt: skip
    return _("%(who)s %(day)s %(time)s在“%(event)s”，%(other_time)s又在“%(other)s”。", who=who,
             day=short_day(first.begins), time=span(first.begins, first.ends), event=first.title,
             other_time=span(second.begins, second.ends), other=second.title)  # fmt: skip


def _long_day(odd: Odd) -> str:
    return _("%(who)s %(day)s一天记了 %(minutes)s，共 %(count)s 条。",
             who=masked_name(odd.rows[0].person), count=len(odd.rows),
             day=short_day(odd.anomaly.day or odd.anomaly.at),
             minutes=duration(odd.anomaly.amount))  # fmt: skip


def _burst(odd: Odd) -> str:
    began = odd.anomaly.since or odd.anomaly.at
    return _("%(who)s %(when)s 到 %(till)s 连着记了 %(count)s 条。",
             who=masked_name(_presser(odd)), when=moment(began), till=clock_time(odd.anomaly.at),
             count=len(odd.anomaly.rows))  # fmt: skip


def _crowded(odd: Odd) -> str:
    return _("“%(event)s”有 %(seats)s 个名额，记了 %(people)s 个人的时长。",
             event=odd.rows[0].title, seats=odd.anomaly.amount,
             people=odd.anomaly.people)  # fmt: skip


def _sole_asker(odd: Odd) -> str:
    return _("90 天里的 %(count)s 条补录，都是%(who)s提的。", count=len(odd.rows),
             who=masked_name(odd.rows[0].seen_by_name))  # fmt: skip


def _sole_approver(odd: Odd) -> str:
    return _("90 天里的 %(count)s 条补录，都是%(who)s批的。", count=len(odd.rows),
             who=masked_name(odd.rows[0].made_by_name))  # fmt: skip


def _outside(odd: Odd) -> str:
    row = odd.rows[0]
    return _("%(who)s在“%(event)s”记的是 %(day)s %(time)s，不在时段现在的时间里。",
             who=masked_name(row.person), event=row.title, day=short_day(row.begins),
             time=span(row.begins, row.ends))  # fmt: skip


def _strangers(odd: Odd) -> str:
    return _("%(count)s 个新来的人现场报名，签到和记时长都是%(who)s一个人。", count=len(odd.rows),
             who=masked_name(odd.rows[0].seen_by_name))  # fmt: skip


def _hasty(odd: Odd) -> str:
    row = odd.rows[0]
    who = {"who": masked_name(row.person), "asker": masked_name(row.seen_by_name),
           "approver": masked_name(row.made_by_name)}  # fmt: skip
    if is_hasty(row.asked_at, row.made_at):
        return _("%(who)s的补录，%(asker)s提出 %(seconds)s 秒后%(approver)s就批了。",
                 seconds=int((row.made_at - row.asked_at).total_seconds()), **who)  # fmt: skip
    return _("%(who)s的补录，%(asker)s提、%(approver)s批，用的都是%(phone)s。",
             phone=kind_in(row.words.partition("\n")[0]), **who)  # fmt: skip


def _phone(odd: Odd) -> str:
    row = odd.rows[0]
    why = [str(ODD_OF_A_PHONE[flag]) for flag in row.words.split()[1:] if flag in ODD_OF_A_PHONE]
    return _("%(by)s断网时给%(who)s按的%(what)s：%(why)s。", by=masked_name(row.made_by_name),
             who=masked_name(row.person), what=_press(row), why=_("，").join(why))  # fmt: skip


def _press(row: Trace) -> str:
    return str(PRESSED.get(row.words.split()[0], _("签到")))


def _presser(odd: Odd) -> str:
    """The account whose entries these are: it is in every row, as asker or as maker."""
    return next((row.made_by_name if row.made_by == odd.anomaly.who else row.seen_by_name
                 for row in odd.rows), "")  # fmt: skip


SENTENCES: dict[Rule, Callable[[Odd], str]] = {
    Rule.TWO_PLACES: _two_places, Rule.LONG_DAY: _long_day, Rule.BURST: _burst,
    Rule.CROWDED: _crowded, Rule.SOLE_ASKER: _sole_asker, Rule.SOLE_APPROVER: _sole_approver,
    Rule.OUTSIDE: _outside, Rule.STRANGERS: _strangers, Rule.HASTY: _hasty, Rule.PHONE: _phone,
    **leaning_wording.SENTENCES,
}  # fmt: skip

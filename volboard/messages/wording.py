"""The words of a message, made when it is shown or sent, in the reader's language."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import clock, formats
from volboard.core.i18n import LANGUAGES, language, speaking
from volboard.messages.rules import Kind
from volboard.messages.text_rules import GAPS, filled, gaps_of

TITLES: Mapping[Kind, object] = {
    Kind.REMINDER_DAY: _l("前一天提醒"),
    Kind.REMINDER_SOON: _l("快开始了"),
    Kind.CHANGED: _l("有改动"),
    Kind.CANCELLED: _l("取消了"),
    Kind.PROMOTED: _l("候补上了"),
    Kind.COMING: _l("还来吗"),
    Kind.COVER: _l("请您帮忙"),
    Kind.INVITED: _l("请您再来"),
    Kind.HANDED_OVER: _l("位置有人接了"),
    Kind.DISPUTE_WAITS: _l("时长疑问等答复"),
    Kind.APPROVAL_WAITS: _l("补录等批准"),
    Kind.DISPUTE_ANSWERED: _l("时长疑问有答复"),
    Kind.APPROVAL_DECIDED: _l("补录有结果"),
    Kind.NAME_WAITS: _l("改名字等您看"),
    Kind.NAME_DECIDED: _l("改名字有结果"),
    Kind.HOUSEHOLD: _l("是您家的人吗"),
    Kind.UNCONFIRMED: _l("时长待确认"),
    Kind.CONFIRM_WAITS: _l("时长等您确认"),
    Kind.UNCONFIRMED_REFUSED: _l("时长没有确认"),
    Kind.RULE_WAITS: _l("规矩等人同意"),
    Kind.RULE_DECIDED: _l("规矩有结果"),
    Kind.LEAVING: _l("资料要删了"),
    Kind.HELPED: _l("有人进了您的账号"),
    Kind.HELP_GIVEN: _l("服务台帮过一个人"),
    Kind.ADDRESS: _l("请确认邮箱"),
}
"""What a message is about, in a word or two."""
WORDS: Mapping[Kind, object] = {
    Kind.REMINDER_DAY: _l("别忘了：{活动}·{岗位}，{时间}，在{地点}。来不了请早点说，好让别人来。"),
    Kind.REMINDER_SOON: _l("快开始了：{活动}·{岗位}，{时间}，在{地点}。路上慢点。"),
    Kind.CHANGED: _l("{活动}有改动：{内容}。有事请打{电话}。"),
    Kind.CANCELLED: _l("取消了：{活动}·{岗位}，{时间}。原因：{原因}。有事请打{电话}。"),
    Kind.PROMOTED: _l("有位置了：{活动}·{岗位}，{时间}，在{地点}。来不了请早点说，好让别人来。"),
    Kind.COMING: _l("还来吗：{活动}·{岗位}，{时间}，在{地点}。请点开说一声。"),
    Kind.COVER: _l("想请您帮个忙：{活动}·{岗位}还缺人，{时间}，在{地点}。行不行都请点开说一声。"),
    Kind.INVITED: _l("上回您来过，这回又有了：{活动}，{时间}，在{地点}。想来请点开报名。"),
    Kind.HANDED_OVER: _l("您让出的位置有人接了：{活动}·{岗位}，{时间}。您不用来了。"),
    Kind.DISPUTE_WAITS: _l("有人说一条时长记得不对，等您看：{活动}·{岗位}，{时间}。"),
    Kind.APPROVAL_WAITS: _l("有一条补录等您批：{活动}·{岗位}，{时间}。"),
    Kind.DISPUTE_ANSWERED: _l("您问的那条时长有答复了：{活动}·{岗位}，{时间}。"),
    Kind.APPROVAL_DECIDED: _l("补录的时长有结果了：{活动}·{岗位}，{时间}，{内容}。"),
    Kind.NAME_WAITS: _l("有一位要改名字，等您看了才改。"),
    Kind.NAME_DECIDED: _l("改名字的事有结果了：{内容}。"),
    Kind.HOUSEHOLD: _l("有人用您的号码登记了{内容}，是您家的人吗？请点开说一声。"),
    Kind.UNCONFIRMED: _l("您的时长还等一个人确认：{活动}·{岗位}，{时间}。请点开看看。"),
    Kind.CONFIRM_WAITS: _l("有时长等另一位组织者确认：{活动}·{岗位}，{时间}。"),
    Kind.UNCONFIRMED_REFUSED: _l("有一段时长没有确认：{活动}·{岗位}，{时间}。原因：{原因}。"),
    Kind.RULE_WAITS: _l("社区算时长的规矩有一份改动，等您同意或不同意。点开看看。"),
    Kind.RULE_DECIDED: _l("您提的算时长的规矩，{内容}。点开看看从哪天起算。"),
    Kind.LEAVING: _l("好久没见您了。{时间}，您在这里的资料就要删了。想留着，点开登录一次就行。"),
    Kind.HELPED: _l(
        "{时间}，有人用服务台的验证码进了您的账号，设了新密码。不是您的话，马上打{电话}。"
    ),
    Kind.HELP_GIVEN: _l("{时间}，有人用一位组织者给的验证码进了居民的账号。请看看是不是本人。"),
    Kind.ADDRESS: _l("有人请我们把消息发到这个邮箱。是您的话，三天里点开下面的地址；不是就别管。"),
}
"""What is said where the community has no words of its own."""
ANSWERS: Mapping[str, object] = {"approved": _l("批准了"), "refused": _l("没有批准")}
"""What 内容 may hold for a decision; anything else is shown as it stands."""
EXAMPLES: Mapping[Kind, str] = {
    Kind.APPROVAL_DECIDED: "approved", Kind.NAME_DECIDED: "approved", Kind.HOUSEHOLD: "王*芳",
    Kind.RULE_DECIDED: "approved",
}  # fmt: skip


def sentence(kind: str, facts: Mapping[str, str], template: str | None = None) -> str:
    """What the reader is told, in the language of the request or of `in_language`.

    `template`: the community's own words, if it has any. They are Chinese, so whoever reads
    another language gets ours. `facts` hold what `when` answers for 时间, the texts of pages
    for the rest; 姓名 only for one of the family, who is then named first.
    """
    own = template if template and language() == LANGUAGES[0] else None
    words = own or str(WORDS[Kind(kind)])
    shown = {gap: _shown(gap, facts[gap]) for gap in GAPS if facts.get(gap)}
    said = filled(words, shown)
    name = shown.get("姓名")
    if name and "姓名" not in gaps_of(words):
        return _("%(name)s：%(said)s", name=name, said=said)
    return said


def default_words(kind: Kind) -> str:
    """The words of everybody, in Chinese: what a community starts from, whoever looks at it."""
    with in_language(LANGUAGES[0]):
        return str(WORDS[kind])


def preview(kind: Kind, words: str | None) -> str:
    """How these words, or everybody's, read with an example; Chinese, as they are themselves."""
    with in_language(LANGUAGES[0]):
        named = words is not None and "姓名" in gaps_of(words)
        return sentence(kind, example(kind) | ({"姓名": "陈桂香"} if named else {}), words)


def example(kind: Kind) -> dict[str, str]:
    """Facts to look at words with; the name is nobody's."""
    tomorrow = clock.instant(clock.today() + timedelta(days=1), time(9))
    return {
        "活动": "端午包粽子", "岗位": "洗粽叶", "地点": "社区活动室", "原因": "下大雨",
        "时间": tomorrow.date().isoformat() if kind == Kind.LEAVING
        else when(tomorrow, tomorrow + timedelta(hours=2)),
        "内容": EXAMPLES.get(kind, "地点改到食堂"),
        "电话": "0453-3120001",
    }  # fmt: skip


def when(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """An instant, or a window, as a fact for 时间: ISO 8601, for the reader's language comes later.

    A date alone (`2027-06-09`) will do too; what is none of these is shown as it stands.
    """
    return "/".join(one.isoformat() for one in (starts_at, ends_at) if one)


def facts_of(stored: str) -> dict[str, str]:
    """The facts of a message as its row holds them."""
    facts: dict[str, str] = json.loads(stored)
    return facts


@contextmanager
def in_language(chosen: str | None) -> Iterator[None]:
    """Speak this language for a while, whatever the request's is; Chinese where none is known.

    For what is sent: `Account.language` of the reader. Needs an application context.
    """
    tongue = chosen if chosen in LANGUAGES else LANGUAGES[0]
    with speaking(tongue), force_locale(tongue):
        yield


def _shown(gap: str, fact: str) -> str:
    if gap == "时间":
        return _moments(fact)
    return str(ANSWERS.get(fact, fact)) if gap == "内容" else fact


def _moments(fact: str) -> str:
    try:
        start, *end = (datetime.fromisoformat(part) for part in fact.split("/"))
    except ValueError:
        return fact
    if "T" not in fact:
        return formats.day(start.date())
    if any(moment.tzinfo is None for moment in (start, *end)):
        return fact
    times = formats.span(start, end[0]) if end else formats.clock_time(start)
    return f"{formats.day(start)} {times}"

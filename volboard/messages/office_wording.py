"""What an organizer reads about a delivery."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import clock
from volboard.core.formats import masked_name
from volboard.messages import wording
from volboard.messages.call_queries import Call
from volboard.messages.channels import Channel
from volboard.messages.office_queries import Told
from volboard.messages.rules import Kind

CHANNELS = {
    Channel.EMAIL: _l("邮件"),
    Channel.WEBHOOK: _l("短信"),
    Channel.GROUP: _l("群里"),
    Channel.TELEPHONE: _l("打电话"),
}
SEALS = {
    "waiting": ("waiting", _l("还在等")),
    "sending": ("waiting", _l("正在发")),
    "delivered": ("credited", _l("送到了")),
    "unsure": ("waiting", _l("说不准")),
    "failed": ("absent", _l("没送成")),
    "dropped": ("cancelled", _l("不发了")),
    "page": ("waiting", _l("只在网页")),
}
"""Of each state the seal's look and its words."""
FAULTS = {
    "no_connection": _l("连不上对方"),
    "no_answer": _l("发出去了，对方没有回音"),
    "not_set_up": _l("这条路还没有设好"),
    "no_address": _l("没有地址"),
    "bad_address": _l("地址不对"),
    "no_words": _l("这条消息写不出来"),
    "not_reached": _l("没打通"),
}
ANSWERED = {
    "http": _l("对方回答 %(code)s"),
    "smtp": _l("邮件服务器回答 %(code)s"),
    "robot": _l("群机器人回答 %(code)s"),
}


def fault(code: str) -> str:
    """Why it went wrong, in words."""
    who, _line, number = code.rpartition("_")
    if who in ANSWERED:
        return str(ANSWERED[who]) % {"code": number}
    return str(FAULTS.get(code, code))


def kind(one: Kind) -> str:
    """What a message is about, in a word or two."""
    return str(wording.TITLES[one])


def event(told: Told) -> str:
    """Which event it is about; empty where it is about none."""
    return wording.facts_of(told.facts).get("活动", "")


def channel(told: Told) -> str:
    """By which way it goes out."""
    return str(CHANNELS[told.channel]) if told.channel else _("在网页上看")


def sleeps(told: Told) -> bool:
    """Whether it goes out only once the quiet hours are over."""
    by_itself = told.channel is not None and told.channel != Channel.TELEPHONE
    return by_itself and told.state == "waiting" and not told.attempts and told.due_at > clock.now()


def to_say(call: Call) -> str:
    """The sentence to say on the telephone; whom of the family it is about stays masked."""
    facts = wording.facts_of(call.facts)
    if facts.get("姓名"):
        facts["姓名"] = masked_name(facts["姓名"])
    return wording.sentence(call.kind, facts, call.template)

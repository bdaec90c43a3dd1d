"""What a presence lacks and who stands for it, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core import formats
from volboard.hours.unconfirmed_queries import Waiting
from volboard.hours.witness_queries import Stands
from volboard.hours.witness_rules import LATE_MINUTES, Lack

LACKS = {
    Lack.SECOND: _l("只有一个人作证，要本人用自己的手机，或另一位组织者确认。"),
    Lack.KNOWN: _l("别的组织者还没有见过这个人，要另一位组织者确认。"),
    Lack.CAP: _l("三十天里由同一位组织者经手的超过 12 小时，要另一位组织者确认。"),
    Lack.LATE: _l("结束六个多小时以后才录进来，要本人或另一位组织者确认。"),
    Lack.SUDDEN: _l("时段开始以后才公布，要另一位组织者确认。"),
    Lack.LONG: _l("时段比社区规定的一天还长，要另一位组织者确认。"),
}
SIGNS = {
    "press": _l("%(when)s %(who)s签到、签退"),
    "code": _l("%(when)s 本人当面出示手机上的码"),
    "venue": _l("%(when)s 本人扫了现场的码"),
    "wall_code": _l("%(when)s 本人扫了墙上的码"),
    "signup": _l("%(when)s 本人自己报的名"),
    "coming": _l("%(when)s 本人答应了来"),
    "confirmed": _l("%(when)s %(who)s确认"),
}


def stands(one: Stands) -> str:
    """Who stands for it, when and by what; how late, where it was late."""
    said = formats.unbroken(str(SIGNS[one.sign]) % {
        "when": formats.moment(one.at), "who": formats.masked_name(one.name),
    })  # fmt: skip
    if one.late_minutes <= LATE_MINUTES:
        return said
    late = formats.duration(one.late_minutes)
    return _("%(said)s（结束后 %(late)s 才录入）", said=said, late=late)


def why(one: Waiting) -> str:
    """All that it lacks."""
    return " ".join(str(LACKS[lack]) for lack in one.missing)

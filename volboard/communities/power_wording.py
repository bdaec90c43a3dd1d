"""How people read that somebody gained or lost power."""

from flask_babel import gettext as _

from volboard.accounts.rules import PowerHow
from volboard.communities.power_queries import PowerLine


def change(line: PowerLine) -> str:
    """What they became, or are no more."""
    if line.community:
        return _("当上组织者") if line.change == "gained" else _("不再是组织者")
    return _("当上管理员") if line.change == "gained" else _("不再是管理员")


def how(line: PowerLine, giver: str) -> str:
    """By whom and in which way; `giver` is how the page calls who did it."""
    if line.how == PowerHow.CODE:
        return _("%(who)s给的验证码，本人接的", who=giver)
    if line.how == PowerHow.LEAVING:
        return _("注销了账号")
    if line.how == PowerHow.BEFORE:
        return _("开始记录以前就是")
    return (
        _("%(who)s直接设的", who=giver)
        if line.change == "gained"
        else _("%(who)s取消的", who=giver)
    )

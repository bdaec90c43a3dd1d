"""How people read that somebody gained or lost power."""

from flask_babel import gettext as _

from volboard.accounts.rules import PowerHow
from volboard.communities.power_queries import PowerLine


def office(line: PowerLine) -> str:
    """Of what it is the power."""
    if line.community:
        return _("%(place)s的组织者", place=line.community)
    return _("管理整个网站")


def change(line: PowerLine) -> str:
    """Whether they have it from then on, in a word for a seal."""
    return _("当上") if line.change == "gained" else _("不当了")


def how(line: PowerLine) -> str:
    """By whom and in which way; two of one name are told apart by their accounts."""
    giver = _("服务器上的命令")
    if line.done_by:
        giver = _("%(name)s（账号 %(id)s）", name=line.by_name, id=line.done_by)
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

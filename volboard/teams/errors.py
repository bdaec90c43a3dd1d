"""Why teams decline, in the words that people read."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class TeamNameTaken(Refusal):
    """The community has a team of this name."""

    message = _l("这个社区已经有一支服务队叫这个名字了。")


class NobodyToAdd(Refusal):
    """Unknown number, or somebody of another community: they look alike."""

    message = _l("这个社区里没有这个手机号的居民。请对方先注册，或先报名参加一次活动。")


class NotAMember(Refusal):
    """The leader of a team must be one of its members."""

    message = _l("队长要从队员里选。请先把这个人加进队里。")

"""Why communities decline, in the words that people read."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class NoHelpHere(Refusal):
    """Unknown number, somebody of another community, or somebody with power: they look alike."""

    message = _l(
        "这个手机号在您的社区里没有可以帮的账号。请再核对一遍号码；还不行，请联系网站管理员。"
    )


class NotTheSecond(Refusal):
    """Whoever issued a code, or came in by it, is not the second person who agrees to it."""

    message = _l("这个验证码是您给的，或者就是您用的。请另一位组织者来点。")


class HasPower(Refusal):
    """Somebody is to get an office that they have."""

    message = _l("对方已经是这个社区的组织者了。忘了密码的话，到“服务台”给一个验证码。")


class CommunityNameTaken(Refusal):
    """Another community has this name or short name."""

    message = _l("已经有一个社区叫这个名字或简称了。")


class NoSuchAccount(Refusal):
    """The number has no account that could become an organizer."""

    message = _l("这个手机号还没有账号。请对方先注册，再来设置。")


class NightTooLong(Refusal):
    """Nobody's night is longer than half a day."""

    status = 422
    message = _l("夜间最长 12 小时。")


class SameRules(Refusal):
    message = _l("和现在的一样，没有要改的。")


class AlreadyProposed(Refusal):
    """One change at a time, so that whoever agrees knows what to."""

    message = _l("已经有一份改动在等人同意。先定下或撤回那一份，再提新的。")


class AlreadyDecided(Refusal):
    title = _l("已经定了")
    message = _l("这份改动已经有人定了。")


class OwnProposal(Refusal):
    title = _l("要另一个人")
    message = _l(
        "这是您自己提的。要另一位组织者用自己的手机来同意；社区只有一位组织者的，请网站管理员。"
    )


class SamePhone(Refusal):
    title = _l("要另一部手机")
    message = _l("提的时候用的就是这部手机。请另一位组织者用自己的手机来同意。")

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

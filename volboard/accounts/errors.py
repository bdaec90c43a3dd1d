"""Why accounts decline, in the words that people read."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.accounts.rules import HELD_FOR
from volboard.core.errors import Refusal
from volboard.core.formats import moment


class NotAPhone(Refusal):
    """The text is no mobile number of mainland China."""

    status = 422
    message = _l("请写 11 位手机号，比如 13812345678。")


class NotAName(Refusal):
    """The text is empty, too long, or holds signs that no name has."""

    status = 422
    message = _l("请写姓名，最多 40 个字。")


class NoNumber(Refusal):
    """The number of somebody is asked for who has none of their own."""

    message = _l("这位没有留自己的手机号：登记时写的是别家的号码，那家还没有认。")


class PhoneTaken(Refusal):
    """Somebody joins with a number that has an account."""

    title = _l("这个手机号已经有账号了")
    message = _l("这个手机号已经有账号了，请登录，或到服务台请工作人员帮忙。")


class PhoneKnown(Refusal):
    """A quick signup with a number that has an account: it never signs anybody in."""

    title = _l("这个手机号已经有账号了")
    message = _l("这个手机号已经有账号了，请输入密码，或到服务台请工作人员帮忙。")


class NameTaken(Refusal):
    """The household has somebody of this name already."""

    message = _l("您的家人里已经有这个名字了。同名的两位，请加上“大、小”或小名。")


class NameNeedsTwo(Refusal):
    """Somebody whom an organizer has seen is called otherwise by one person alone."""

    status = 422
    message = _l("组织者见过这位，名字不能一个人改。请点“改名字”，写明原因，等一位组织者同意。")


class NothingToRename(Refusal):
    """The name that is asked for is the one that stands."""

    status = 422
    message = _l("现在就是这个名字。")


class SecondPersonNeeded(Refusal):
    """Who asked for the other name, or their household, would agree to it too."""

    message = _l("改名字要两个人：您申请的，或您自家人的，请另一位组织者来看。")


class FamilyFull(Refusal):
    """One account looks after as many people as it may."""

    message = _l("一个账号最多加 20 位家人。要加更多，请到服务台请工作人员帮忙。")


class OwnHousehold(Refusal):
    """An organizer types their own number with the name of nobody of their family."""

    status = 422
    message = _l("这是您自己的号码。自家人请先在“我的家人”里加，再请另一位组织者来登记。")


class HadAHand(Refusal):
    """Who pressed for somebody or recorded their minutes says that they are family."""

    title = _l("不能由您来认")
    message = _l("您给这位签过到或记过时长，所以不能再认作家人：谁也不给自家人记时长。")


class GuardianNeeded(Refusal):
    """A child under 14 is added without the consent of who looks after it (PIPL art. 31)."""

    status = 422
    message = _l("家人未满 14 岁，要监护人同意才能加。您是监护人的话，请在下面打勾。")


class WrongPassword(Refusal):
    """The current password does not fit."""

    status = 422
    message = _l("现在的密码不对。忘记了的话，请到服务台请工作人员帮忙。")


class WrongCode(Refusal):
    """Number and code do not fit together, or the code is old, used or tried too often."""

    status = 422
    message = _l("手机号和验证码对不上，或者验证码过期了。请再看一看，或到服务台再要一个。")


class HelpedLately(Refusal):
    """A desk's code opened the account less than three days ago, and nobody else agreed yet."""

    title = _l("还要另一位组织者点一下")

    def __init__(self, opened_at: datetime) -> None:
        super().__init__(
            _(
                "服务台刚帮这个账号重设过密码。为了防止冒名，三天里要先请另一位组织者"
                "（不是给验证码的那位）在“服务台”里点“是本人”，这一步才能做。"
                "不点的话，到%(until)s自动放开。",
                until=moment(opened_at + HELD_FOR),
            )
        )


class AgreedAlready(Refusal):
    """Another organizer has agreed to this help before."""

    message = _l("已经有一位组织者点过“是本人”了，不用再点。")


class OnlyAdmin(Refusal):
    """The site would be left without anybody who runs it."""

    message = _l("您是唯一的站点管理员，现在还不能删。请先让另一位来当管理员，再来删。")

"""Why a proof is not issued, printed or revoked."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class BadPeriod(Refusal):
    status = 422
    message = _l("结束的日子要在开始的日子之后，而且不晚于今天。")


class NothingServed(Refusal):
    status = 422
    message = _l("这段时间在这个社区没有记下时长。请换一段时间，或到服务台问一问。")


class NotSeen(Refusal):
    """A proof of oneself, or of one's family, of whom no organizer has seen anything."""

    status = 422
    message = _l(
        "还没有组织者见过这位，自己开不了。来活动时请组织者在门口签到，或到服务台请组织者开。"
    )


class NobodyHere(Refusal):
    status = 422
    message = _l("本社区的居民里，没有用这个手机号、叫这个名字的。请核对姓名和号码。")


class Revoked(Refusal):
    title = _l("已经作废")
    message = _l("这张证明已经作废，不能再打印。需要的话，请重新开一张。")


class Broken(Refusal):
    title = _l("内容对不上")
    message = _l("这张证明和出具时封存的内容不一样，不能再用。请到服务台重新开一张。")


class KeyMissing(Refusal):
    status = 503
    title = _l("现在开不了")
    message = _l("封证明的钥匙不在这台服务器上，现在开不了证明。请告诉网站管理员。")


class KeyChanged(Refusal):
    title = _l("核对不了封记")
    message = _l(
        "这台服务器换过钥匙，这张证明是换钥匙以前开的，核对不了封记。台账里的记录还在，请重新开一张。"
    )


class Unprintable(Refusal):
    status = 503
    title = _l("现在印不出来")
    message = _l("这一页现在印不出来。请等几秒再试，或在证明页面上用浏览器打印。")

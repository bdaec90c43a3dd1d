"""Why a venue's code cannot do what was asked; each case has its own sentence."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import NotFound, Refusal

AGAIN = _l("请再扫一次")


class UnreadableCode(NotFound):
    """Not signed by this site, cut off, or of another kind."""

    title = AGAIN
    message = _l("这个码读不出来。请再扫一次，或到签到台报手机尾号。")


class CodeTooOld(Refusal):
    title = AGAIN
    message = _l("这个码过期了，请扫屏幕上现在的码。")


class TicketTooOld(Refusal):
    title = AGAIN
    message = _l("扫码已经过了十分钟。请再扫一次屏幕上现在的码。")


class NotYourTicket(Refusal):
    title = AGAIN
    message = _l("这一页是别的手机扫出来的。请自己扫屏幕上的码，或到签到台报手机尾号。")


class NothingToConfirm(Refusal):
    message = _l("这个人没有扫纸码，或者别的组织者已经处理了。")


class NobodyByCode(NotFound):
    """No such person, or nobody of this organizer's communities: the two look alike."""

    message = _l("您的社区里没有找到这个码。人在面前的话，请打开活动的签到页，用“现场报名”。")

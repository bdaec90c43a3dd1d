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

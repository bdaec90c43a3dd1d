"""Why somebody cannot say that something odd was looked at."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class OwnPresses(Refusal):
    message = _l("这一件是您经手的，或者和您家有关。请另一位组织者或管理员来看。")


class AlreadyReviewed(Refusal):
    message = _l("这一件已经有人看过了。")

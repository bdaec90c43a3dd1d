"""Why nobody can be asked to an event now."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import Refusal


class NothingToAskTo(Refusal):
    message = _l("活动发布以后、结束以前，才能请人。")

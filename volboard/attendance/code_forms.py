"""What an organizer types for somebody whose code was scanned and who has no place."""

from flask_babel import lazy_gettext as _l

from volboard.attendance.forms import REASON_LENGTH
from volboard.core.forms import Form, text_field


class WalkInByCodeForm(Form):
    """Name and number are known by the code; the reason is asked for where no seat is free."""

    reason = text_field(_l("为什么加座"), REASON_LENGTH)

"""The right times of a line, and why the old ones were wrong."""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, TimeField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from volboard.core import clock
from volboard.core.forms import Form, words_field
from volboard.hours.correction_queries import Correctable

REASON_LENGTH = 200


def typed_or_nothing(form: BaseForm, field: Field) -> None:
    """A time is needed unless the person did not come at all."""
    if field.data is None and not form["nothing"].data:
        field.errors = []
        raise ValidationError(_("请写几点几分，比如 09:05。"))


typed_or_nothing.field_flags = {"required": True}  # type: ignore[attr-defined]


class CorrectionForm(Form):
    """Beijing clock times within the shift; `nothing` takes the line back without a new one."""

    came = TimeField(_l("几点到的"), validators=[typed_or_nothing])  # type: ignore[arg-type]
    left = TimeField(_l("几点走的"), validators=[typed_or_nothing])  # type: ignore[arg-type]
    nothing = BooleanField(_l("其实没有来：全部冲正"))  # type: ignore[arg-type]
    reason = words_field(_l("为什么更正"), REASON_LENGTH, _l("请写明为什么更正，本人会看到。"))

    @classmethod
    def of(cls, line: Correctable) -> "CorrectionForm":
        """The form as the line stands."""
        came, left = (_shown(instant) for instant in (line.served_from, line.served_to))
        return cls.blank(came=came, left=left)

    def times(self, line: Correctable) -> tuple[datetime, datetime]:
        """The instants that were typed; a time left as it stood keeps its seconds."""
        if self["nothing"].data:
            return line.served_from, line.served_from
        return (_instant(self["came"].data, line.served_from, line),
                _instant(self["left"].data, line.served_to, line))  # fmt: skip


def _instant(typed: time, stood: datetime, line: Correctable) -> datetime:
    if typed == _shown(stood):
        return stood
    first = clock.local(line.starts_at).date()
    on_first = clock.instant(first, typed)
    if on_first >= line.starts_at:
        return on_first
    return clock.instant(first + timedelta(days=1), typed)


def _shown(instant: datetime) -> time:
    return clock.local(instant).time().replace(second=0, microsecond=0)

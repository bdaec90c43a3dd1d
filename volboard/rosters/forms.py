"""Choosing a file, saying yes to what was read, and which days an export is of."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, ValidationError

from volboard.communities.queries import CommunityFact
from volboard.core import clock
from volboard.core.forms import Form, offer
from volboard.events.fields import Day, Needed

WHICH: Any = _l("请选一个。")
NO_FILE: Any = _l("请先选一个文件。")
COMMUNITY: Any = _l("加到哪个社区")
FILE: Any = _l("名单文件")
ASKED: Any = _l("名单上的人都知道，也愿意把姓名和手机号放进来")
NOT_ASKED: Any = _l("请先问过名单上的人，再勾上这一条。")
FROM: Any = _l("从哪一天")
UNTIL: Any = _l("到哪一天")
NO_FIRST: Any = _l("请写开始的日子。")
NO_LAST: Any = _l("请写结束的日子。")


class RosterForm(Form):
    """A file with people, and the community that they are to belong to."""

    community = RadioField(COMMUNITY, coerce=int, validators=[InputRequired(WHICH)])
    roster = FileField(FILE, validators=[FileRequired(NO_FILE)])

    def offer(self, found: Iterable[CommunityFact]) -> None:
        """Offer the communities that the organizer may add people to."""
        offer(self.community, ((one.id, one.name) for one in found))


class TakeForm(Form):
    """The yes, with the word that everybody was asked."""

    asked = BooleanField(ASKED, validators=[InputRequired(NOT_ASKED)])


class PeriodForm(Form):
    """Days in Beijing, both included; as a GET form it needs no token."""

    class Meta:
        csrf = False  # a POST's token is asked for before any form is read

    first_day = Day(FROM, name="from", validators=[Needed(NO_FIRST)])
    last_day = Day(UNTIL, name="to", validators=[Needed(NO_LAST)])

    def validate_last_day(self, field: Any) -> None:
        """The end must not come before the beginning."""
        if self.first_day.data and field.data and field.data < self.first_day.data:
            raise ValidationError(_("结束的日子在开始之前。请改一下。"))

    @property
    def days(self) -> tuple[date, date]:
        return self.first_day.data, self.last_day.data

    @classmethod
    def this_year(cls) -> Self:
        """From the first of January until today."""
        today = clock.today()
        return cls.blank(first_day=today.replace(month=1, day=1), last_day=today)


class HandOverForm(PeriodForm):
    """The same days for the other export, which stands on the same page."""

    first_day = Day(FROM, name="from", id="hand-over-from", validators=[Needed(NO_FIRST)])
    last_day = Day(UNTIL, name="to", id="hand-over-to", validators=[Needed(NO_LAST)])

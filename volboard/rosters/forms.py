"""Choosing a file, saying yes to what was read, and which days an export is of."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from volboard.communities.queries import CommunityFact
from volboard.core import clock
from volboard.core.forms import Form, offer, options
from volboard.core.web import number_in
from volboard.events.fields import Day, Needed
from volboard.rosters.judging import Line
from volboard.rosters.plans import Columns
from volboard.rosters.shown import ColumnShown, people_at_most
from volboard.rosters.tables import Book, Table

WHICH: Any = _l("请选一个。")
NO_FILE: Any = _l("请先选一个文件。")
COMMUNITY: Any = _l("加到哪个社区")
FILE: Any = _l("名单文件")
ASKED: Any = _l("名单上的人都知道，也愿意把姓名和手机号放进来")
TWO: Any = _l("名字读音一样、写法不同：当作同一个人，不另加。真是两个人的，打勾")
SHEET: Any = _l("名单在哪张表里")
NAMES: Any = _l("哪一列是姓名")
NUMBERS: Any = _l("哪一列是本人的手机号")
TEAM: Any = _l("哪一列是服务队")
SKILLS: Any = _l("哪一列是技能")
NOT_READ: Any = _l("不读")
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

    two = SelectMultipleField(
        TWO, coerce=lambda value: number_in(str(value)), validate_choice=False,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    asked = BooleanField(ASKED, validators=[InputRequired(NOT_ASKED)])

    def offer(self, found: Iterable[Line]) -> None:
        """Offer the rows whose name sounds like another of the same number."""
        self.two.choices = options((line.number, _alike_words(line)) for line in found)


class SheetForm(Form):
    """Which sheet of the file has the people."""

    sheet = RadioField(SHEET, coerce=int, validators=[InputRequired(WHICH)])

    def offer(self, book: Book) -> None:
        """Offer the sheets that one can see, each with how many numbers it has."""
        offer(self.sheet, ((index, _sheet_words(one)) for index, one in enumerate(book.tables)))


class ColumnsForm(Form):
    """In which columns names and numbers stand; team and skills may stay out."""

    name = RadioField(NAMES, coerce=int, validators=[InputRequired(WHICH)])
    phone = RadioField(NUMBERS, coerce=int, validators=[InputRequired(WHICH)])
    team = SelectField(TEAM, coerce=int, default=0, validators=[Optional()])
    skills = SelectField(SKILLS, coerce=int, default=0, validators=[Optional()])

    def offer(self, found: Iterable[ColumnShown]) -> None:
        """Offer the columns of the sheet that can be meant."""
        columns = tuple(found)
        names = [one for one in columns if not one.has_mobiles]
        numbers = [one for one in columns if one.has_digits]
        for needed, few in ((self.name, names), (self.phone, numbers)):
            needed.choices = options((one.number, one.words) for one in few or columns)
        pairs = [(one.number, one.words) for one in names]
        for other in (self.team, self.skills):
            other.choices = options([(0, NOT_READ), *pairs])

    def validate_phone(self, field: Any) -> None:
        """Names and numbers cannot stand in the same column."""
        if field.data == self.name.data:
            raise ValidationError(_("姓名和手机号不能是同一列。"))

    @property
    def columns(self) -> Columns:
        return Columns(self.name.data, self.phone.data, self.team.data or 0, self.skills.data or 0)

    @classmethod
    def showing(cls, chosen: Columns | None) -> Self:
        """The form with what was chosen before, or can only be meant."""
        if chosen is None:
            return cls.blank()
        return cls.blank(name=chosen.name or None, phone=chosen.phone or None, team=chosen.team,
                         skills=chosen.skills)  # fmt: skip


def _alike_words(line: Line) -> str:
    """Row 3: 王方, beside 王芳, who has the same number."""
    return _("第 %(number)s 行 %(name)s，和“%(alike)s”同一个手机号", number=line.number,
             name=line.name, alike=line.alike)  # fmt: skip


def _sheet_words(table: Table) -> str:
    """The sheet's name, and how many of its rows have a number."""
    numbers = people_at_most(table)
    told = ngettext("%(num)s 行有手机号", "%(num)s 行有手机号", numbers)
    return f"{table.name or '—'} · {told}"


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

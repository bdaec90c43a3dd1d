"""What an organizer fills in to let an event come again."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from volboard.core import formats
from volboard.core.forms import options
from volboard.events.drafts import first_day
from volboard.events.facts import EventFact
from volboard.events.fields import Cards, Day, Needed, WholeNumber
from volboard.events.named_form import NamedForm
from volboard.events.rules import LAST_DAY
from volboard.events.series_queries import PlannedDay, plan
from volboard.events.series_rules import FIFTH, MOST_DAYS, USUAL_DAYS, Repeat, nth_of_month
from volboard.festivals.queries import lunar_text

_l: Callable[[str], Any] = lazy_gettext
NTH = (_l("第一个"), _l("第二个"), _l("第三个"), _l("第四个"), _l("最后一个"))


class RepeatForm(NamedForm):
    """By which rule, and for how long."""

    rule = Cards(_l("多久办一次"), [Needed(_l("请选一种。"))])
    count = WholeNumber(_l("一共再办几次"), least=1, most=MOST_DAYS)
    until = Day(_l("办到哪一天为止"))

    @classmethod
    def of(cls, event: EventFact, kept: Repeat | None, sent: Any = None) -> "RepeatForm":
        """The form of an event; `kept` is the rule of its series, which stays."""
        values = {"rule": (kept or Repeat.WEEKLY).value, "count": USUAL_DAYS}
        form = cls(key="repeat", formdata=sent, data=values, meta={"csrf": False})
        day = first_day(event)
        words = {rule: in_words(rule, day) for rule in ([kept] if kept else Repeat)}
        form.rule.choices = options((rule.value, words[rule]) for rule in words)
        return form

    def plan(self, event: EventFact) -> tuple[PlannedDay, ...]:
        """The days that this gives; only after the fields were found readable."""
        until = self.until.data or LAST_DAY
        count = self.count.data or (MOST_DAYS if self.until.data else USUAL_DAYS)
        return plan(event, Repeat(self.rule.data), until, count)

    @property
    def sent(self) -> dict[str, str]:
        """What was filled in, to be sent again by the button under the list of days."""
        return {"rule": self.rule.data, "count": self.count._value(), "until": self.until._value()}


class Several(SelectMultipleField):
    """Some of a list, as big cards; at least one."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: object) -> None:
        entries: list[Any] = list(self.iter_choices())
        if not self.data or not set(self.data) <= {entry.value for entry in entries}:
            raise ValidationError(_("请从列出的日子里至少留一天。"))


class MakeForm(NamedForm):
    """On which of the days, and whether at once for everybody to see."""

    days = Several(_l("在这些日子办"))
    publish = Cards(
        _l("做好以后"),
        [Needed(_l("请选一种。"))],
        choices=options(
            [("no", _l("先存成草稿，我再看看")), ("yes", _l("马上发布，大家都能报名"))]
        ),
    )

    @classmethod
    def of(cls, planned: Iterable[PlannedDay], is_sent: bool = False) -> "MakeForm":
        """The form of the days that are not there yet; each is ticked until somebody unticks it."""
        new = [one for one in planned if one.event_id is None]
        values = {"days": [one.date.isoformat() for one in new], "publish": "no"}
        form = cls(key="make") if is_sent else cls(key="make", formdata=None, data=values)
        form.days.choices = options((one.date.isoformat(), day_in_words(one)) for one in new)
        return form

    @property
    def chosen(self) -> tuple[date, ...]:
        """The days that stayed ticked."""
        return tuple(map(date.fromisoformat, self.days.data or ()))


def in_words(rule: Repeat, day: date) -> str:
    """When an event of that day comes again: 每月第二个星期六."""
    if rule is Repeat.LUNAR:
        return _("每年农历%(day)s", day=lunar_text(day))
    weekday = formats.weekday(day)
    if rule is Repeat.WEEKLY:
        return _("每周%(weekday)s", weekday=weekday)
    nth = NTH[min(nth_of_month(day), FIFTH) - 1]
    return _("每月%(nth)s%(weekday)s", nth=nth, weekday=weekday)


def day_in_words(planned: PlannedDay) -> str:
    """2027 年 6 月 9 日 星期三 · 五月初五 · 端午节; the year where it is not this one."""
    day = planned.date
    instead = _("这年没有%(day)s，放在这天", day=planned.missing) if planned.missing else ""
    parts = (formats.day(day), planned.lunar, planned.festival, instead)
    return " · ".join(part for part in parts if part)

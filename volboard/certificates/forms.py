"""What people fill in to get a proof, to check one, and to take one back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from volboard.accounts.fields import name_field, phone_field
from volboard.certificates.rules import LONGEST_NUMBER
from volboard.certificates.service_queries import Served
from volboard.communities.queries import CommunityFact
from volboard.core import clock
from volboard.core.formats import duration
from volboard.core.forms import Form, offer, text_field, words_field
from volboard.events.fields import Day, Needed, WholeNumber

MOST_HOURS = 99_999
MOST_MINUTES = MOST_HOURS * 60
REASON_LENGTH = 200
WHICH: Any = _l("请选一个。")
SHOWS_NAME: Any = _l("扫码查验的人可以看到全名")
FROM: Any = _l("从哪一天")
UNTIL: Any = _l("到哪一天")
FOR: Any = _l("给谁开，哪个社区的")
COMMUNITY: Any = _l("社区")


class PeriodForm(Form):
    """Which days, and what a stranger who checks the proof reads of the name."""

    first_day = Day(FROM, validators=[Needed(_l("请写开始的日子。"))])
    last_day = Day(UNTIL, validators=[Needed(_l("请写结束的日子。"))])
    shows_name = BooleanField(SHOWS_NAME)

    @property
    def days(self) -> tuple[date, date]:
        return self.first_day.data, self.last_day.data


class ProofForm(PeriodForm):
    """A proof for oneself or one of the family."""

    who = RadioField(FOR, validators=[InputRequired(WHICH)])

    def offer(self, found: Iterable[Served]) -> None:
        """Offer each person with each community where they have hours."""
        offer(self.who, ((one.key, in_words(one)) for one in found))

    @property
    def asked(self) -> tuple[int, int]:
        """The volunteer and the community, of those that were offered."""
        volunteer, community = str(self.who.data).split("-")
        return int(volunteer), int(community)


class DeskProofForm(PeriodForm):
    """A proof for a resident who stands at the desk."""

    name = name_field()
    phone = phone_field()
    community = RadioField(COMMUNITY, coerce=int, validators=[InputRequired(WHICH)])

    def offer(self, found: Iterable[CommunityFact]) -> None:
        """Offer the communities that the organizer may issue for."""
        offer(self.community, ((one.id, one.name) for one in found))


class CheckForm(Form):
    """The number and the total, as they are printed: a number alone reveals nothing.

    Nothing for the minutes is a total of whole hours.
    """

    number = text_field(_l("编号"), LONGEST_NUMBER, _l("请写证明上的编号。"))
    hours = WholeNumber(
        _l("合计多少小时"),
        [Needed(_l("请写合计多少小时，不到一小时的填 0。"))],
        least=0,
        most=MOST_HOURS,
    )
    minutes = WholeNumber(_l("零多少分"), least=0, most=MOST_MINUTES)

    @property
    def total(self) -> int:
        return int(self.hours.data or 0) * 60 + int(self.minutes.data or 0)


class RevokeForm(Form):
    """Why a proof is taken back."""

    reason = words_field(_l("原因"), REASON_LENGTH, _l("请写明为什么作废，本人会看到。"))


def in_words(one: Served) -> str:
    """麦小芳 · 沿河社区 · 6 小时 30 分."""
    return " · ".join((one.name, one.community_name, duration(one.minutes)))


def whole_time(found: Iterable[Served]) -> dict[str, date]:
    """The period that a form proposes: from the first day on record until today."""
    return {"first_day": min(one.first_day for one in found), "last_day": clock.today()}


def this_year() -> dict[str, date]:
    """From the first of January until today."""
    today = clock.today()
    return {"first_day": today.replace(month=1, day=1), "last_day": today}


def mismatch() -> str:
    """The one sentence for whatever does not fit."""
    return _("没有查到这样一张证明。请照着纸上的编号和合计时长再填一遍。")

"""What a community decides for itself: who stands for it, stars, nights, and not coming."""

import re
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, TimeField
from wtforms.validators import InputRequired, NumberRange, StopValidation, ValidationError

from volboard.communities.errors import NightTooLong
from volboard.communities.rule_commands import RulesDraft
from volboard.communities.rule_queries import CommunityRules
from volboard.communities.rules import (
    LONGEST_NIGHT,
    NAME_LENGTH,
    AbsenceRule,
    Worth,
    is_ladder,
    night_length,
)
from volboard.core.forms import Form, offer, text_field

LADDER_LENGTH = 60
HOUR: Any = _l("请写几点几分，比如 22:00。")
HOURS = ("quiet_from", "quiet_to")
ABSENCE = (
    (AbsenceRule.NOTHING, _l("什么也不做")),
    (AbsenceRule.NOTE, _l("只提醒组织者")),
    (AbsenceRule.PAUSE, _l("暂停自己报名")),
)


def whole_number(label: Any, least: int, most: int) -> IntegerField:
    """A whole number within limits; one sentence for whatever else is typed."""
    sentence: Any = _l("请写 %(least)d 到 %(most)d 之间的整数。", least=least, most=most)
    return IntegerField(
        label, validators=[WithinLimits(sentence), NumberRange(least, most, sentence)]
    )


class WithinLimits:
    """Stop at anything that is no number, with the sentence of the limits."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: object, field: Field) -> None:
        if field.data is None:
            field.errors = []
            raise StopValidation(str(self.sentence))


class WorthForm(Form):
    """What minutes are worth in one community."""

    star_ladder = text_field(_l("满多少小时一颗星"), LADDER_LENGTH, _l("请写每颗星要多少小时。"))
    star_notice_days = whole_number(_l("新星级公示几天"), 0, 60)
    night_percent = whole_number(_l("夜间多算百分之几"), 0, 100)
    night_from = TimeField(_l("夜间从几点"), validators=[WithinLimits(HOUR)])  # type: ignore[arg-type]
    night_to = TimeField(_l("夜间到几点"), validators=[WithinLimits(HOUR)])  # type: ignore[arg-type]

    @classmethod
    def of(cls, worth: Worth) -> "WorthForm":
        """The form as these rules stand."""
        return cls.blank(
            star_ladder="、".join(str(hours) for hours in worth.ladder),
            star_notice_days=worth.star_notice_days, night_percent=worth.night_percent,
            night_from=_clock(worth.night_from), night_to=_clock(worth.night_to),
        )  # fmt: skip

    def validate_star_ladder(self, field: Field) -> None:
        """One to five whole hours, rising."""
        if not is_ladder(_hours(self.text("star_ladder"))):
            raise ValidationError(_("请写一到五个整数，从小到大，用顿号隔开，比如 100、300、600。"))

    def validate_night_to(self, field: Field) -> None:
        """A night has a length, of twelve hours at most."""
        begins, ends = self["night_from"].data, field.data
        if begins is None or ends is None:
            return
        if begins == ends:
            raise ValidationError(_("夜间的开始和结束不能是同一个钟点。"))
        if night_length(_minutes(begins), _minutes(ends)) > LONGEST_NIGHT:
            raise ValidationError(str(NightTooLong.message))

    def worth(self) -> Worth:
        """What was typed."""
        return Worth(
            star_ladder=",".join(str(hours) for hours in _hours(self.text("star_ladder"))),
            star_notice_days=int(self["star_notice_days"].data),
            night_percent=int(self["night_percent"].data),
            night_from=_minutes(self["night_from"].data),
            night_to=_minutes(self["night_to"].data),
        )


class RulesForm(Form):
    """The rules of one community that hold at once."""

    in_charge = text_field(_l("负责人"), NAME_LENGTH)
    absence_rule = RadioField(_l("报了名没来、也没请假的"), validators=[InputRequired()])  # type: ignore[arg-type]
    absence_limit = whole_number(_l("90 天里满几次"), 1, 20)
    pause_days = whole_number(_l("暂停几天"), 1, 365)
    quiet_from = TimeField(_l("夜里不打扰，从几点"), validators=[WithinLimits(HOUR)])  # type: ignore[arg-type]
    quiet_to = TimeField(_l("不打扰到几点"), validators=[WithinLimits(HOUR)])  # type: ignore[arg-type]

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        offer(self["absence_rule"], ABSENCE)

    @classmethod
    def of(cls, rules: CommunityRules) -> "RulesForm":
        """The form as the rules stand."""
        hours = {name: _clock(getattr(rules, name)) for name in HOURS}
        return cls.blank(
            in_charge=rules.in_charge, absence_rule=rules.absence_rule,
            absence_limit=rules.absence_limit, pause_days=rules.pause_days, **hours,
        )  # fmt: skip

    def draft(self) -> RulesDraft:
        """What was typed."""
        return RulesDraft(
            in_charge=self.text("in_charge"),
            absence_rule=self.text("absence_rule"),
            absence_limit=int(self["absence_limit"].data),
            pause_days=int(self["pause_days"].data),
            **{name: _minutes(self[name].data) for name in HOURS},
        )


def _hours(typed: str) -> tuple[int, ...]:
    """The numbers of a ladder; empty where something else stands between them."""
    parts = re.split(r"[,，、;； ]+", typed.strip("、，, "))
    if not all(part.isascii() and part.isdecimal() and len(part) <= 6 for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def _clock(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute

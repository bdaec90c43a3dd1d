"""Form fields that keep what was typed, and say what to do where they cannot read it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import StopValidation
from wtforms.widgets import Input, ListWidget, RadioInput, TelInput, TextArea, TextInput

from volboard.core import clock
from volboard.core.text import is_plain, tidy
from volboard.events import rules, typed
from volboard.events.errors import BadDay

PHONE_SIGNS = set("0123456789+-() 转")


class Needed:
    """The field must be filled; unlike `DataRequired` it keeps the error of an unreadable input."""

    field_flags = {"required": True}

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: object, field: Field) -> None:
        if field.data in (None, "") and not field.process_errors:
            raise StopValidation(str(self.message))


class AtMost:
    """No more than so many characters; says how many there are."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def __call__(self, form: object, field: Field) -> None:
        length = len(field.data or "")
        if length > self.characters:
            raise ValidationError(
                _(
                    "最多 %(most)s 个字，现在有 %(now)s 个，请删短一些。",
                    most=self.characters,
                    now=length,
                )
            )


class Line(StringField):
    """One line of words, tidied; refuses control characters."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = tidy(str(valuelist[0])).strip()
            self.refuse_unseen(self.data)

    def refuse_unseen(self, text: str) -> None:
        if not is_plain(text):
            raise ValueError(_("里面有看不见的符号。请删掉，重新打一遍。"))


class Prose(Line):
    """Words of several lines."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            text = str(valuelist[0]).replace("\r\n", "\n").replace("\t", " ")
            self.data = "\n".join(tidy(line) for line in text.split("\n")).strip()
            self.refuse_unseen(self.data.replace("\n", ""))


class Telephone(Line):
    """A mobile or landline number as people dial it."""

    widget = TelInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = typed.plain(self.data or "")
        if self.data and not (
            set(self.data) <= PHONE_SIGNS and sum(map(str.isdigit, self.data)) > 4
        ):
            raise ValueError(_("电话只填数字和短横线，例如 0453-3120001。"))


class TypedField(Field):
    """A value that is read from words; the words themselves stay in the input."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)

    def shown(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = str(valuelist[0]) if valuelist else ""
        if typed.plain(text):
            self.data = self.read(text)

    def read(self, text: str) -> Any:
        raise NotImplementedError


class NativeInput(Input):
    """The phone's own picker; plain text where it would swallow what was typed."""

    validation_attrs = ["required", "disabled"]

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        text = field._value()  # type: ignore[attr-defined]
        readable = not text or (field.data is not None and text == field.shown(field.data))  # type: ignore[attr-defined]
        kwargs.setdefault("type", self.input_type if readable else "text")
        return super().__call__(field, **kwargs)


class Day(TypedField):
    """A date in Beijing."""

    widget = NativeInput("date")

    def shown(self, value: date) -> str:
        return value.isoformat()

    def read(self, text: str) -> date:
        day = typed.read_day(text, clock.today())
        if day is None:
            raise ValueError(_("日期请写成 2027-06-09 这样。"))
        if not rules.is_plausible(day):
            raise ValueError(str(BadDay.message))
        return day


class WholeNumber(TypedField):
    """A whole number between two bounds."""

    # Not type=number: that would swallow what it cannot read, and scrolls by accident.
    widget = TextInput()

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        number = typed.read_number(text)
        if number is None or not self.least <= number <= self.most:
            raise ValueError(
                _("请填 %(least)s 到 %(most)s 之间的整数。", least=self.least, most=self.most)
            )
        return number


class _FromList(SelectField):
    def pre_validate(self, form: object) -> None:
        entries: list[Any] = list(self.iter_choices())
        if self.data not in {entry.value for entry in entries}:
            raise ValidationError(_("请从列出的里面选一个。"))


class OneOf(_FromList):
    """One entry of a list; values are strings."""


class Cards(_FromList, RadioField):
    """One of a few, as big cards."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

"""What all forms share: a typed base, and text that is safe to store."""

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from volboard.core.text import is_plain, one_paragraph, tidy

TOO_LONG: Any = _l("太长了，最多 %(max)d 个字。")


class Form(FlaskForm):
    """A form with its CSRF token; read with `text`, so that a missing field is an empty one."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)  # type: ignore[no-untyped-call]

    @classmethod
    def blank(cls, **values: Any) -> Self:
        """The form before anybody filled it in, whatever the request brought."""
        return cls(formdata=None, **values)

    def is_right(self) -> bool:
        """Whether the form was sent and every field of it will do."""
        return bool(self.validate_on_submit())  # type: ignore[no-untyped-call]

    def text(self, name: str) -> str:
        """What was typed into a field; empty for nothing."""
        return str(self[name].data or "")

    def refuse(self, name: str, sentence: object) -> None:
        """Show the sentence at a field that only a command could judge."""
        self[name].errors = [str(sentence)]


def text_field(
    label: Any, longest: int, required: Any = "", kind: type[StringField] = StringField,
    **options: Any,
) -> StringField:  # fmt: skip
    """One line of text; `required` is the sentence for an empty one, none if it may stay empty."""
    return kind(
        label,
        filters=[lambda value: tidy(value) if value else value],
        validators=_checks(longest, required),
        render_kw={"maxlength": longest},
        **options,
    )


def words_field(label: Any, longest: int, required: Any) -> TextAreaField:
    """A few sentences in a box of several lines; they are stored as one paragraph."""
    return TextAreaField(
        label,
        filters=[lambda value: one_paragraph(value) if value else value],
        validators=_checks(longest, required),
        render_kw={"maxlength": longest, "rows": 3},
    )


def options(pairs: Iterable[tuple[object, object]]) -> list[Any]:
    """What a field offers to choose from: value and words of each."""
    return [SelectChoice(value, words) for value, words in pairs]


def offer(field: Any, pairs: Iterable[tuple[object, object]]) -> None:
    """Let a field offer these; a single one is chosen already."""
    field.choices = options(pairs)
    if len(field.choices) == 1 and field.data is None:
        field.data = field.choices[0].value


def plain(form: BaseForm, field: Field) -> None:
    """Refuse control characters, which no database row and no page should hold."""
    if field.data and not is_plain(field.data):
        raise ValidationError(_("里面有看不见的符号。请重新手打一遍。"))


def _checks(longest: int, required: Any) -> list[Any]:
    present = [InputRequired(required), _filled(required)] if required else [Optional()]
    return [*present, Length(max=longest, message=TOO_LONG), plain]


def _filled(sentence: Any) -> Any:
    def check(form: BaseForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(sentence))

    return check

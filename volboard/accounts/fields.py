"""Form fields for names, phone numbers and passwords; every slice may use them."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, StringField, TelField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, ValidationError

from volboard.accounts.errors import NotAPhone
from volboard.accounts.phones import LONGEST, normalised
from volboard.accounts.rules import NAME_LENGTH, PASSWORD_LENGTH, Weakness, weakness
from volboard.core.forms import text_field

WEAK = {
    Weakness.SHORT: _l("密码太短了。请至少写 8 位。"),
    Weakness.LONG: _l("密码太长了，最多 128 位。"),
    Weakness.COMMON: _l("这个密码太容易被猜到。请换一个，比如几个不相干的词连起来。"),
    Weakness.OWN_PHONE: _l("密码里请不要用自己的手机号。"),
}


def name_field() -> StringField:
    """A person's name."""
    return text_field(_l("姓名"), NAME_LENGTH, _l("请写姓名。"))


def phone_field() -> TelField:
    """A mobile number of mainland China, however it is typed; commands normalise it."""
    missing: Any = _l("请写手机号。")
    label: Any = _l("手机号")
    return TelField(label, validators=[InputRequired(missing), is_phone])


def is_phone(form: BaseForm, field: Field) -> None:
    """Refuse what is no mobile number of mainland China."""
    if len(field.data or "") > LONGEST or normalised(field.data) is None:
        raise ValidationError(str(NotAPhone.message))


def typed_phone(form: BaseForm) -> str:
    """The number in the form's field `phone`, in E.164; empty if it is none."""
    return normalised(form["phone"].data or "") or ""


def password_field(label: Any = None) -> PasswordField:
    """A password that exists already."""
    missing: Any = _l("请写密码。")
    words: Any = label or _l("密码")
    return PasswordField(words, validators=[InputRequired(missing), _not_endless()])


def new_password_field(phone: Callable[[Any], str], label: Any = None) -> PasswordField:
    """A password to be; `phone` tells the number of its owner, which it must not contain."""
    missing: Any = _l("请写密码。")
    words: Any = label or _l("新密码")

    def strong(form: BaseForm, field: Field) -> None:
        problem = weakness(field.data, phone(form))
        if problem:
            raise ValidationError(str(WEAK[problem]))

    return PasswordField(words, validators=[InputRequired(missing), strong])


def _not_endless() -> Length:
    message: Any = WEAK[Weakness.LONG]
    return Length(max=PASSWORD_LENGTH.stop - 1, message=message)

"""What people fill in about themselves and their family."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from volboard.accounts.fields import (
    name_field,
    new_password_field,
    password_field,
    phone_field,
    typed_phone,
)
from volboard.accounts.queries import AccountFact
from volboard.accounts.rules import RELATION_LENGTH
from volboard.core.forms import Form, text_field


class SignInForm(Form):
    """Phone and password; `next` is where the person was going."""

    phone = phone_field()
    password = password_field()
    next = HiddenField()


class CodeForm(Form):
    """The desk's code, traded for a new password."""

    phone = phone_field()
    code = text_field(_l("服务台给的验证码"), 20, _l("请写服务台给的验证码。"))
    password = new_password_field(typed_phone)


class NameForm(Form):
    """The account's own name."""

    name = name_field()


class PasswordForm(Form):
    """The current password, where there is one, and a new one."""

    current = password_field(_l("现在的密码"))
    password = new_password_field(lambda form: form.meta.phone)

    @classmethod
    def of(cls, me: AccountFact, **options: Any) -> Self:
        """The form for this account: without a current password if there is none."""
        form = cls(meta={"phone": me.phone}, **options)
        if not me.has_password:
            del form["current"]
        return form


class FamilyForm(Form):
    """Somebody of the family."""

    name = name_field()
    relation = text_field(_l("怎么称呼"), RELATION_LENGTH)

    @property
    def called(self) -> str:
        """What the account calls them, or their name."""
        return self.text("relation") or self.text("name")

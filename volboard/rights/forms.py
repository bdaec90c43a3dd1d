"""Deleting: said once more, so that no stray tap does it."""

import re
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from volboard.accounts.fields import password_field
from volboard.accounts.queries import AccountFact
from volboard.core.forms import Form, text_field

WORD = "删除"
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class DeleteForm(Form):
    """The word, and the password of an account that has one."""

    word = text_field(_l("写上“删除”两个字"), 10, _l("请写“删除”两个字。"))
    password = password_field(_l("您的密码"))

    @classmethod
    def of(cls, me: AccountFact, **options: Any) -> Self:
        """The form for this account: the phone in the hand will do where there is no password."""
        form = cls(**options)
        if not me.has_password:
            del form["password"]
        return form

    def validate_word(self, field: Field) -> None:
        """Refuse anything but the word itself, in either language."""
        if str(field.data).casefold() not in (WORD, _("删除").casefold()):
            raise ValidationError(_("请写“删除”两个字。"))


class EmailForm(Form):
    """Where messages go."""

    email = text_field(_l("邮箱"), 120, _l("请写邮箱。"))

    def validate_email(self, field: Field) -> None:
        """Refuse what no letter can reach."""
        if not ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_("请写完整的邮箱，比如 name@example.com。"))

"""What people fill in about themselves and their family."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.validators import ValidationError

from volboard.accounts.commands import About
from volboard.accounts.errors import GuardianNeeded
from volboard.accounts.fields import (
    name_field,
    new_password_field,
    password_field,
    phone_field,
    typed_phone,
)
from volboard.accounts.queries import AccountFact, Person
from volboard.accounts.rules import RELATION_LENGTH, SKILLS_LENGTH, AgeBand
from volboard.core.forms import Form, options, text_field

ADULT = "adult"
AGES = (
    (ADULT, _l("18 岁以上")),
    (AgeBand.TEEN, _l("14 到 17 岁")),
    (AgeBand.CHILD, _l("未满 14 岁")),
)


GUARDIAN: Any = _l("我是这个孩子的监护人，同意把孩子的名字和服务记录留在这里")


def age_field(label: Any, ages: Any) -> RadioField:
    """An age as far as posts need it; who says nothing is an adult."""
    return RadioField(label, choices=options(ages), default=ADULT)


def about(form: Form, by_guardian: bool = False) -> About:
    """What the form says besides the name."""
    age = form.text("age").replace(ADULT, "")
    return About(AgeBand(age), form.text("skills"), by_guardian)


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
    """The account's own person. Nobody under 14 agrees alone (PIPL art. 31)."""

    name = name_field()
    skills = text_field(_l("我会"), SKILLS_LENGTH)
    age = age_field(_l("我的年龄"), AGES[:2])

    @classmethod
    def of(cls, me: Person) -> Self:
        """The form as it stands for this person."""
        return cls.blank(name=me.name, skills=me.skills, age=me.age_band or ADULT)

    @property
    def about(self) -> About:
        return about(self)


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
    skills = text_field(_l("会做什么"), SKILLS_LENGTH)
    age = age_field(_l("年龄"), AGES)
    guardian = BooleanField(GUARDIAN)
    """Never ticked beforehand; needed for a child only."""

    @classmethod
    def of(cls, member: Person, guardian_agreed: bool) -> Self:
        """The form as it stands for a member of the family."""
        return cls.blank(name=member.name, relation=member.relation, skills=member.skills,
                         age=member.age_band or ADULT,
                         meta={"guardian_agreed": guardian_agreed})  # fmt: skip

    def validate_guardian(self, field: Field) -> None:
        """A child needs the tick, unless its guardian agreed before."""
        is_child = self.text("age") == AgeBand.CHILD
        if is_child and not field.data and not getattr(self.meta, "guardian_agreed", False):
            raise ValidationError(str(GuardianNeeded.message))

    @property
    def about(self) -> About:
        return about(self, bool(self["guardian"].data))

    @property
    def names(self) -> tuple[str, str]:
        """Name and relation."""
        return self.text("name"), self.text("relation")

    @property
    def called(self) -> str:
        """What the account calls them, or their name."""
        return self.text("relation") or self.text("name")

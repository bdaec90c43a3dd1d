"""What people fill in to join, and what the admin and the desk fill in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Regexp

from volboard.accounts.fields import name_field, new_password_field, phone_field, typed_phone
from volboard.communities import rules
from volboard.communities.commands import CommunityDraft
from volboard.communities.queries import CommunityFact
from volboard.core.forms import Form, offer, text_field
from volboard.core.web import LAST_ID

CHOOSE: Any = _l("请选一个社区。")
WHICH: Any = _l("社区")
SLUG: Any = _l("简称只用小写字母、数字和短横线，比如 yanhe。")


def community_field() -> RadioField:
    """One community to choose."""
    return RadioField(WHICH, coerce=int, validators=[InputRequired(CHOOSE)])


class CommunityChoice(Form):
    """A form whose field `community` offers communities."""

    def offer(self, communities: tuple[CommunityFact, ...]) -> None:
        """Offer these; a single one is chosen already."""
        offer(self["community"], ((one.id, one.name) for one in communities))


class JoinForm(CommunityChoice):
    """A new account; `next` is where the person was going."""

    name = name_field()
    phone = phone_field()
    password = new_password_field(typed_phone, _l("设一个密码"))
    community = community_field()
    next = HiddenField()


class GrantForm(CommunityChoice):
    """A new organizer."""

    phone = phone_field()
    community = community_field()


class RevokeForm(Form):
    """Which organizer of which community."""

    account_id = IntegerField(validators=[InputRequired(), NumberRange(1, LAST_ID)])
    community_id = IntegerField(validators=[InputRequired(), NumberRange(1, LAST_ID)])


class HelpForm(Form):
    """Whose password was forgotten."""

    phone = phone_field()


class AgreeForm(Form):
    """Why somebody is sure that the right person came in by a code."""

    why = text_field(_l("怎么知道是本人"), rules.WORD_LENGTH, _l("请写一句怎么知道是本人。"))


class AcceptForm(Form):
    """The code of an office, with which its holder accepts; and a new password."""

    phone = phone_field()
    code = text_field(_l("管理员给的验证码"), 30, _l("请写管理员给的验证码。"))
    password = new_password_field(typed_phone)


class CommunityForm(Form):
    """A community's particulars."""

    name = text_field(_l("社区名"), rules.NAME_LENGTH, _l("请写社区名，比如 沿河社区。"))
    slug = text_field(_l("简称"), rules.SLUG_LENGTH, SLUG)
    city = text_field(_l("所在市县"), rules.CITY_LENGTH, _l("请写市县，比如 穆棱市。"))
    address = text_field(_l("服务台地址"), rules.ADDRESS_LENGTH, _l("请写服务台在哪里。"))
    phone = text_field(_l("服务台电话"), rules.PHONE_LENGTH, _l("请写服务台的电话。"))

    def validate_slug(self, field: Any) -> None:
        """Refuse what would not do in a file name or a link."""
        Regexp(rules.SLUG, message=SLUG)(self, field)

    def draft(self) -> CommunityDraft:
        """What was typed."""
        names = ("slug", "name", "city", "address", "phone")
        return CommunityDraft(*(self.text(name) for name in names))

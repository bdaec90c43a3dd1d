"""What the editor knows of those who came last time.

Who came stands floors above: `create_app` hands these two over, as with what the gate knows
(docs/adr/0015).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.core.access import Viewer
from volboard.events.facts import EventFact

INVITING = "who came last time"
"""Where the app keeps it (`app.extensions`)."""


@dataclass(frozen=True)
class Ways:
    """How many people an invitation reaches, by the surest way that each has."""

    webhook: int = 0
    email: int = 0
    telephone: int = 0
    page: int = 0
    """Whoever opens their page reads it, and nothing rings."""

    @property
    def people(self) -> int:
        return self.webhook + self.email + self.telephone + self.page

    @property
    def rings(self) -> int:
        """Whom it reaches by itself."""
        return self.webhook + self.email


@dataclass(frozen=True)
class LastTime:
    """The time before, and how far asking its people has come."""

    event_id: int
    title: str
    starts_at: datetime
    came: int
    asked: int
    """Were told of this time."""
    signed_up: int
    """Have a place already, without having been asked."""
    ways: Ways = Ways()
    """By which ways those who were asked hear of it."""

    @property
    def to_ask(self) -> int:
        return self.came - self.asked - self.signed_up


@dataclass(frozen=True)
class Inviting:
    """The two things that the editor may ask the floors above."""

    last_time: Callable[[EventFact], LastTime | None]
    invite: Callable[[int, Viewer], Ways]


def told(ways: Ways) -> str:
    """What asking came to, in words: nobody is said to be asked whom nothing reaches."""
    if not ways.people:
        return _("上次来的人都请过了，没有再请。")
    if not ways.rings:
        return ngettext(
            "给上次来的 %(num)s 人留了话，可手机都不会响。请把下面的话发到群里。",
            "给上次来的 %(num)s 人留了话，可手机都不会响。请把下面的话发到群里。",
            ways.people,
        )
    sentence = ngettext("请了上次来的 %(num)s 人。", "请了上次来的 %(num)s 人。", ways.people)
    return sentence + in_words(ways)


def in_words(ways: Ways) -> str:
    """How many hear of it by which way; a way that nobody has is left out."""
    said = (
        (ways.webhook, _("短信 %(num)s 人", num=ways.webhook)),
        (ways.email, _("邮件 %(num)s 人", num=ways.email)),
        (ways.telephone, _("要打电话 %(num)s 人", num=ways.telephone)),
        (ways.page, _("自己打开网页才看得到 %(num)s 人", num=ways.page)),
    )
    return _("%(ways)s。", ways=_("，").join(words for number, words in said if number))


def inviting() -> Inviting:
    """As the app was told."""
    found: Inviting = current_app.extensions[INVITING]
    return found

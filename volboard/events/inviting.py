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

    @property
    def to_ask(self) -> int:
        return self.came - self.asked - self.signed_up


@dataclass(frozen=True)
class Inviting:
    """The two things that the editor may ask the floors above."""

    last_time: Callable[[EventFact], LastTime | None]
    invite: Callable[[int, Viewer], int]


def told(count: int) -> str:
    """What asking came to, in words."""
    if not count:
        return _("上次来的人都请过了，没有再请。")
    return ngettext("请了上次来的 %(num)s 人。", "请了上次来的 %(num)s 人。", count)


def inviting() -> Inviting:
    """As the app was told."""
    found: Inviting = current_app.extensions[INVITING]
    return found

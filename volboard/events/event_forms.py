"""What an organizer fills in about an event."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from volboard.core import clock
from volboard.core.forms import options
from volboard.events.drafts import EventDraft
from volboard.events.facts import EventFact
from volboard.events.fields import AtMost, Day, Line, Needed, OneOf, Prose, Telephone
from volboard.events.named_form import NamedForm
from volboard.festivals.catalog import FESTIVALS

_l: Callable[[str], Any] = lazy_gettext


class BlankForm(NamedForm):
    """An event of one's own: three things to begin with."""

    title = Line(_l("活动名称"), [Needed(_l("请写活动名称，例如“小区清洁日”。")), AtMost(60)])
    place = Line(_l("地点"), [Needed(_l("请写在哪里，例如“社区一楼活动室”。")), AtMost(80)])
    day = Day(_l("哪一天"), [Needed(_l("请选哪一天。"))])

    def draft(self, community_id: int) -> EventDraft:
        """What was asked for."""
        return EventDraft(community_id, self.text("title"), self.text("place"), self.day.data)


class DayForm(NamedForm):
    """On which day an event is held again, or made from a template."""

    day = Day(_l("改到哪一天"), [Needed(_l("请选哪一天。"))])


class WordsForm(NamedForm):
    """The words of an event."""

    title = Line(_l("活动名称"), [Needed(_l("请写活动名称。")), AtMost(60)])
    place = Line(_l("地点"), [Needed(_l("请写在哪里。")), AtMost(80)])
    story = Prose(_l("活动介绍"), [AtMost(2000)])
    safety = Prose(_l("安全提示"), [AtMost(500)])
    title_en = Line(_l("英文名称"), [AtMost(80)])
    story_en = Prose(_l("英文介绍"), [AtMost(2000)])
    contact_name = Line(_l("联系人"), [AtMost(30)])
    contact_phone = Telephone(_l("联系电话"), [AtMost(30)])
    festival = OneOf(_l("属于哪个节日"))
    team = OneOf(_l("由哪支服务队来办"))

    @classmethod
    def of(
        cls, event: EventFact, teams: Iterable[tuple[int, str]], sent: bool = False
    ) -> "WordsForm":
        """The form of an event, as it stands or as it was sent."""
        form = cls(key="event") if sent else cls(formdata=None, obj=event, key="event")
        if not sent:
            form.festival.data = event.festival or ""
            form.team.data = str(event.team_id or "")
        festivals = ((found.key, str(found.name)) for found in FESTIVALS)
        form.festival.choices = options([("", _("不属于节日")), *festivals])
        own = ((str(key), name) for key, name in teams)
        form.team.choices = options([("", _("社区自己")), *own])
        return form

    def draft(self, event: EventFact) -> EventDraft:
        """What was asked for."""
        return EventDraft(
            event.community_id, self.text("title"), self.text("place"),
            clock.local(event.starts_at).date(), self.text("story"), self.text("safety"),
            self.text("contact_name"), self.text("contact_phone"),
            self.festival.data or None, int(self.team.data) if self.team.data else None,
            title_en=self.text("title_en"), story_en=self.text("story_en"),
        )  # fmt: skip

"""Handing an event on: the words for a chat group."""

from flask_babel import gettext as _

from volboard.core import formats
from volboard.core.i18n import told
from volboard.core.posters import Words
from volboard.events.facts import EventFact
from volboard.festivals.queries import BY_KEY, lunar_text


def title(event: EventFact) -> str:
    """The event's name in the language of the page."""
    return told(event.title, event.title_en)


def when(event: EventFact) -> str:
    """6 月 9 日 星期三（五月初五）08:30–11:00, with the year where it must be told."""
    day = formats.as_date(event.starts_at)
    lunar = lunar_text(day)
    beside = _("（%(lunar)s）", lunar=lunar) if lunar else " "
    return f"{formats.day(day)}{beside}{formats.span(event.starts_at, event.ends_at)}"


def over(event: EventFact) -> str:
    """The line above the title: the community, and the festival where there is one."""
    found = BY_KEY.get(event.festival or "")
    return " · ".join(filter(None, (event.community_name, str(found.name) if found else "")))


def words(event: EventFact, url: str) -> str:
    """What people paste into a chat group."""
    lines = [
        _("【%(title)s】", title=title(event)),
        _("时间：%(when)s", when=when(event)),
        _("地点：%(community)s %(place)s", community=event.community_name, place=event.place),
        _("报名：%(url)s", url=url),
    ]
    return "\n".join(lines)


def sentence(event: EventFact) -> str:
    """The one sentence under a shared link."""
    return f"{when(event)}，{event.community_name}，{event.place}"


def poster_words(event: EventFact) -> Words:
    """What the poster for the building's door says."""
    return Words(
        title=title(event),
        when=f"{formats.day(event.starts_at)} {formats.span(event.starts_at, event.ends_at)}",
        place=event.place,
        over=over(event),
        lunar=lunar_text(formats.as_date(event.starts_at)),
        story=" ".join(told(event.story, event.story_en).split()),
        foot=_("联系：%(name)s %(phone)s", name=event.contact_name, phone=event.contact_phone),
    )

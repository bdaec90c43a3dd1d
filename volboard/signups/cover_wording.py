"""Why somebody stands on the list of those who could help out, in words."""

from flask_babel import gettext as _

from volboard.core import clock, formats
from volboard.events.queries import ShiftFact
from volboard.signups.cover_queries import Candidate
from volboard.signups.cover_rules import fitting


def why(one: Candidate, shift: ShiftFact) -> str:
    """会毛笔字 · 去年做过“包粽子” · 还没请过 · 近 90 天服务 2 小时."""
    skills = "、".join(fitting(shift.skill, one.skills))
    reasons = (
        _("会%(skills)s", skills=skills) if skills else "",
        _served(one, shift.title),
        _("%(when)s请过", when=formats.short_day(one.asked_at)) if one.asked_at else _("还没请过"),
        _("近 90 天服务 %(hours)s", hours=formats.duration(one.minutes))
        if one.minutes > 0
        else _("近 90 天没来过"),
    )
    return " · ".join(filter(None, reasons))


def _served(one: Candidate, what: str) -> str:
    if one.served_at is None:
        return ""
    year = clock.local(one.served_at).year
    ago = clock.today().year - year
    if ago == 0:
        return _("今年做过“%(what)s”", what=what)
    if ago == 1:
        return _("去年做过“%(what)s”", what=what)
    return _("%(year)s 年做过“%(what)s”", year=year, what=what)

"""How a dispute is put into words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from volboard.core import formats
from volboard.hours.dispute_desk_queries import DisputeRow
from volboard.hours.dispute_queries import Said

NOT_ME, WRONG_TIME = "not_me", "wrong_time"
CLAIMS: Mapping[str, object] = {NOT_ME: _l("这不是我"), WRONG_TIME: _l("时间不对")}
WRONGLY_REVERSED: Mapping[str, object] = {WRONG_TIME: _l("不该冲正")}


def claims(is_reversal: bool) -> Mapping[str, object]:
    """What can be said of a line; of a reversal only that it should not have been."""
    return WRONGLY_REVERSED if is_reversal else CLAIMS


def claim(code: str, is_reversal: bool = False) -> str:
    """The claim in words."""
    return str(claims(is_reversal).get(code, CLAIMS[WRONG_TIME]))


def answered(said: Said) -> str:
    """Who answered, and when; empty while it waits."""
    if said.answered_at is None:
        return ""
    who, when = formats.masked_name(said.answered_by or ""), formats.moment(said.answered_at)
    return _("%(who)s %(when)s 答复", who=who, when=when)


def age(row: DisputeRow) -> str:
    """How long it has waited."""
    if not row.days:
        return _("今天提的")
    return ngettext("等了 %(num)s 天", "等了 %(num)s 天", row.days)


def stands_now(row: DisputeRow) -> str:
    """What became of the disputed line since; empty where it stands as it was."""
    if row.can_be_corrected:
        return ""
    if row.holds_minutes is None:
        return _("已经全部冲正，现在不记时长。")
    return _("已经更正，现在记的是 %(time)s。", time=formats.duration(row.holds_minutes))

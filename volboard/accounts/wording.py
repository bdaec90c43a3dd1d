"""What people read when a new password has ended what the old one had given away."""

from flask_babel import gettext as _
from flask_babel import ngettext

from volboard.accounts.giving_away import Ended


def what_ended(ended: Ended) -> str:
    """Everything that is worth nothing any more, and what to make anew."""
    parts = [_("别的手机和电脑上的登录")]
    if ended.feeds:
        parts.append(_("日历链接"))
    if ended.hand_overs:
        parts.append(
            ngettext("%(num)s 个转让名额的链接", "%(num)s 个转让名额的链接", ended.hand_overs)
        )
    if ended.cards:
        parts.append(ngettext("%(num)s 个人的签到码", "%(num)s 个人的签到码", ended.cards))
    said = _("为了安全，这些都作废了：%(things)s。", things=_("、").join(parts))
    return said + _("印过签到码的，请重新印。") if ended.cards else said

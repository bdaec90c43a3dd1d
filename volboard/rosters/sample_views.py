"""A sheet to fill in, whose examples are nobody."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access
from volboard.rosters.blueprint import bp
from volboard.rosters.workbooks import Column, Sheet, sent, workbook

SAMPLE = "/organize/rosters/sample.xlsx"


@bp.get(SAMPLE, access=Access.ORGANIZER)
def send_sample() -> ResponseReturnValue:
    """An .xlsx with the headings and two examples, which are never taken in as people."""
    return sent(workbook(sample_sheets()), "sample", _("名单的样子"))


def sample_sheets() -> tuple[Sheet, ...]:
    """The sheet to fill in, and a page of words about it.

    The examples begin with 例, by which the reader knows that they are nobody (`remarks`).
    """
    heads = (
        Column(_("姓名"), 20), Column(_("手机号"), 16), Column(_("服务队"), 16),
        Column(_("技能"), 24),
    )  # fmt: skip
    examples = (
        (_("例：王小明"), "13800000000", "", _("理发、剪纸")),
        (_("例：李小红"), "13800000000", "", ""),
    )
    told = (
        _("一行一个人，手机号写本人的。“例：”开头的两行不会加进来，可以留着。"),
        _("一家人用一个手机号，就每人一行，写同一个号码：单独加，等那家认了再进那家。"),
        _("服务队写这里有的名字，几个队用顿号隔开；没有就空着。"),
        _("别的列不读。身份证号请不要放。"),
    )
    return (
        Sheet(_("名单"), heads, examples),
        Sheet(_("怎么填"), (Column(_("怎么填"), 70),), tuple((one,) for one in told)),
    )

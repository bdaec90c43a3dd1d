"""What the preview says of a row and of a file."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.core.formats import moment
from volboard.rosters.judging import Line
from volboard.rosters.queries import Preview
from volboard.rosters.rules import Verdict

SAYS = {
    Verdict.ADD: _l("加进来"),
    Verdict.KNOWN: _l("已经有了，不动"),
    Verdict.REPEAT: _l("和第 %(above)s 行是同一个人，只加一次"),
    Verdict.HIDDEN: _l("这一行在表里是隐藏的，不加"),
    Verdict.NOBODY: _l("这一行不是人，不用管"),
    Verdict.TWO_PHONES: _l("不能加：写了两个号码，请只留本人的"),
    Verdict.OTHERS_PHONE: _l("不能加：格里写着这是别人的号码"),
    Verdict.PART_PHONE: _l("不能加：号码不全，这里也没有对得上的人"),
    Verdict.FORMULA: _l("不能加：里面有公式。请改成写好的字"),
    Verdict.NO_NAME: _l("不能加：没有姓名"),
    Verdict.BAD_NAME: _l("不能加：姓名太长，或里面有奇怪的符号"),
    Verdict.NO_PHONE: _l("不能加：没有手机号"),
    Verdict.BAD_PHONE: _l("不能加：手机号不是 11 位的手机号码"),
    Verdict.CUT_PHONE: _l("不能加：手机号后几位丢了。请把那一列设成“文本”，再填一遍"),
    Verdict.OTHER_NAME: _l("和第 %(above)s 行同一个手机号：单独加，等那家认了再进那家"),
    Verdict.OTHER_KNOWN: _l("这个号码已经有了，叫别的名字：单独加，等那家认了再进那家"),
    Verdict.ALIKE: _l("同一个手机号上有读音一样的“%(alike)s”：当作同一个人，不另加"),
    Verdict.TOO_MANY: _l("不能加：一个手机号写了太多人"),
    Verdict.NO_TEAM: _l("不能加：这里没有叫“%(team)s”的服务队"),
    Verdict.TOO_LONG: _l("不能加：技能写得太长，最多 100 个字"),
}


def verdict(line: Line) -> str:
    """What becomes of the row, in one short sentence."""
    return str(SAYS[line.verdict]) % {
        "above": line.above, "team": line.team[:20], "alike": line.alike,
    }  # fmt: skip


def notes(preview: Preview) -> tuple[str, ...]:
    """What of the file was not read, or read otherwise than it stands there."""
    left, hidden = preview.draft.left, preview.counts[Verdict.HIDDEN]
    nobody = preview.counts[Verdict.NOBODY]
    before, columns = preview.taken_before, left.hidden_columns
    unread, others = _("、").join(left.unread), _("、").join(left.other_sheets)
    said = (
        _("这个文件 %(when)s 已经加过一次。", when=moment(before)) if before else "",
        _("这几列没有读，不会加进来：%(names)s。", names=unread) if unread else "",
        _("%(num)s 行在表里是隐藏的，没有读。", num=hidden) if hidden else "",
        _("%(num)s 列在表里是隐藏的，没有读。", num=columns) if columns else "",
        _("表里有合并的格子：每一行都按合并格里的字来读。") if left.merged else "",
        _("这几张表没有读：%(names)s。", names=others) if others else "",
        _("%(num)s 张表是隐藏的，没有读。", num=left.hidden_sheets) if left.hidden_sheets else "",
        _("%(num)s 行不是人（合计、备注、例子一类），不用管。", num=nobody) if nobody else "",
        _("按您这里上次选的那几列来读。") if preview.draft.is_remembered else "",
    )
    return tuple(filter(None, said))

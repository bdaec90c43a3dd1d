"""The words of a copy, of consents, and of the pages on which a number was looked at."""

import re
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from volboard.accounts.rules import ConsentKind

HEADINGS: Mapping[str, str] = {
    "account_id": "账号", "action": "按了什么", "age_band": "年龄",
    "agreed_at": "确认是本人的时间", "agreed_by": "谁确认是本人", "agreed_why": "怎么知道是本人",
    "answer": "回答",
    "answered_at": "回答时间", "answered_by": "谁回答", "asked_at": "申请时间",
    "asked_by": "谁申请", "at": "时间", "breaks": "中间离开", "by": "谁按的",
    "came_at": "来的时间", "change": "变化", "channel": "怎么送",
    "checked_in_at": "签到时间", "checked_in_by": "谁给签到", "checked_out_at": "签退时间",
    "checked_out_by": "谁给签退", "claim": "哪里不对", "code": "码", "community_id": "社区",
    "contact_name": "联系人", "contact_phone": "联系电话", "created_at": "建立时间",
    "decided_at": "决定时间", "decided_by": "谁决定", "device": "哪种手机", "digest": "校验码",
    "done_by": "谁办的",
    "email": "邮箱", "end_reason": "取消原因", "ended_at": "取消时间", "ended_by": "谁取消",
    "ends_at": "结束", "entry_id": "哪一条时长", "event_id": "活动", "excuse": "准假原因",
    "excused_at": "准假时间", "excused_by": "谁准假", "extra_minutes": "夜间多算（分钟）",
    "facts": "内容", "first_day": "从", "given_at": "同意时间", "given_by": "谁同意",
    "hours": "小时", "how": "方式", "id": "编号", "issued_at": "开出时间", "issued_by": "谁开的",
    "joined_at": "加入时间", "jump_reason": "优先原因", "kind": "种类", "language": "语言",
    "large_text": "关怀版", "last_day": "到", "left_at": "离开时间", "made_by": "谁报的",
    "minutes": "分钟", "name": "名字", "night_minutes": "夜间分钟", "number": "证明编号",
    "path": "页面", "phone": "手机号", "place": "在哪一页", "planned_minutes": "计划分钟",
    "position": "第几条", "read_at": "看过时间", "reason": "原因", "recorded_at": "记下时间",
    "recorded_by": "谁记的", "relation": "怎么称呼", "removed_at": "移出时间",
    "seated_at": "报上时间", "seen_at": "看到时间", "seen_by": "谁看到", "sentence": "内容",
    "served_from": "从", "served_to": "到", "shift_id": "活动和岗位", "shows_name": "写全名",
    "since": "从何时", "skills": "会做什么", "stars": "星级", "starts_at": "开始", "state": "状态",
    "story": "介绍", "story_en": "英文介绍", "team_id": "服务队", "thanked_at": "道谢时间",
    "thanked_by": "谁道谢", "title": "名称", "title_en": "英文名称", "until": "到何时",
    "verified_at": "核实时间", "verified_by": "谁核实",
    "version": "哪一版", "viewed_at": "什么时候", "viewed_by": "谁看的", "volunteer_id": "谁",
    "withdrawn_at": "收回时间", "words": "说的话",
}  # fmt: skip
"""What a column is called in the workbook; the others keep the name that they have."""
KINDS = {
    ConsentKind.USE: _l("同意这样用我的信息"),
    ConsentKind.PUBLIC_NAME: _l("星级公示、服务队的页面上写全名"),
    ConsentKind.HAND_OVER: _l("可以交给别的系统，比如全国志愿服务信息系统"),
    ConsentKind.GUARDIAN: _l("监护人同意留下孩子的信息"),
}
PAGES = (
    (re.compile(r"xlsx|/exports?\b|/lists?\b"), _l("导出成表格时")),
    (re.compile(r"/gate"), _l("在门口签到时")),
    (re.compile(r"/roster"), _l("在报名名单上")),
    (re.compile(r"/cover"), _l("找人帮忙时")),
    (re.compile(r"/calls?\b|/messages"), _l("要打电话通知您时")),
    (re.compile(r"/codes/"), _l("扫您的码时")),
)


def heading(column: str) -> str:
    """What a column is called in the workbook."""
    return HEADINGS.get(column, column)


def why(path: str) -> str:
    """Why somebody saw a number: by the page on which they pressed 显示."""
    for pattern, words in PAGES:
        if pattern.search(path):
            return str(words)
    return _("在 %(path)s 这一页", path=path)

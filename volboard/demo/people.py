"""Who lives in the two demonstration communities. Nobody of these exists."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

NAMES = Path(__file__).with_name("names.toml")
YANHE, TIEBEI = "yanhe", "tiebei"


@dataclass(frozen=True)
class DemoAccount:
    """An account to try the product with."""

    role: str
    name: str
    phone: str
    password: str
    community: str
    organizes: bool = False
    is_admin: bool = False


PASSWORD = "xiaqu-2026"  # noqa: S105 (demonstration data says so on every page)
DEMO_ACCOUNTS = (
    DemoAccount(
        "站点管理员 admin          ", "程立新", "13800000000", PASSWORD, YANHE, is_admin=True
    ),
    DemoAccount("沿河社区组织者 organizer  ", "李秀兰", "13800000001", PASSWORD, YANHE, True),
    DemoAccount("沿河社区组织者 organizer  ", "赵永强", "13800000002", PASSWORD, YANHE, True),
    DemoAccount("铁北社区组织者 organizer  ", "孙桂芝", "13800000003", PASSWORD, TIEBEI, True),
    DemoAccount("铁北社区组织者 organizer  ", "周建民", "13800000004", PASSWORD, TIEBEI, True),
    DemoAccount("居民 resident             ", "王小芳", "13800000005", PASSWORD, YANHE),
    DemoAccount("居民 resident             ", "刘德海", "13800000006", PASSWORD, TIEBEI),
)
FAMILY = {
    "13800000005": (("陈桂香", "妈妈"), ("王国栋", "爸爸")),
    "13800000006": (("吴玉梅", "老伴"),),
}


def names(community: str) -> tuple[str, ...]:
    """The neighbours of a community who never set a password."""
    return tuple(tomllib.loads(NAMES.read_text("utf-8"))[community].split())


@dataclass(frozen=True)
class Squad:
    """A demonstration team; the first ones bear the names that the source gives."""

    community: str
    name: str
    kind: str
    purpose: str


SQUADS = (
    Squad(YANHE, "党员先锋志愿者服务队", "party", "谁家有难处，先到谁家。节日里带头值守、慰问。"),
    Squad(YANHE, "驻区单位党员志愿服务队", "partner", "单位就在社区里，修修补补、出车出力。"),
    Squad(
        YANHE, "疫情防控工作志愿者服务联防队", "resident", "守过卡口的老队伍，如今守节日的秩序。"
    ),
    Squad(YANHE, "党员志愿者义务巡逻队", "party", "晚上在院里走一圈，看看灯、看看火、看看门。"),
    Squad(
        TIEBEI, "爱心红帽一刻钟服务队", "resident", "一个电话，一刻钟到家。修水管、换灯泡、买药。"
    ),
    Squad(TIEBEI, "学雷锋便民服务队", "youth", "理发、磨刀、量血压，每月来一次。"),
    Squad(TIEBEI, "税务局共建志愿服务队", "partner", "和社区一起建广场、添器材，也来讲讲政策。"),
    Squad(TIEBEI, "果树场共建志愿服务队", "partner", "种树、剪枝，教大家侍弄菜园。"),
    Squad(TIEBEI, "巾帼暖心服务队", "women", "陪老人说话，送孩子上学，包粽子、做月饼。"),
    Squad(TIEBEI, "日间照料室陪伴队", "elder", "读报、下棋、写字，老人陪老人。"),
)

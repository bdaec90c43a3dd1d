"""What the heading of a column means: what stands below it, and whose it is."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

LONGEST_HEADING = 60
"""Characters; a longer text explains something."""
HINT = re.compile("[名称人员者长亲妈爸友机機电電话話联聯号號尾队隊技特专專通a-z]", re.IGNORECASE)
"""Some sign of every heading that is read."""
TRADITIONAL = str.maketrans(
    "電話機號碼聯絡繫隊務長緊專稱選請寫", "电话机号码联络系队务长紧专称选请写"
)
ASIDE = re.compile(r"[(\[【{<《「](.*?)[)\]】}>》」]")
NUMBERED = re.compile(r"^\W*(?:(?:q|第)?\d+(?:题)?|[一二三四五六七八九十]+(?=[、.:)]))[\W_]*")
LATIN, HAN = re.compile("[a-z]+"), re.compile("[\u4e00-\u9fff]")
PUNCTUATION = re.compile(r"[\W_]+")
POLITE = re.compile(
    r"请问?|填写|输入|留下|提供|写下|一下|[您你](?:家)?的?|我的|本人的?|必填|选填|必答|必选|可不填|"
    r"如实|正确|准确|是什么|是多少|叫什么|什么|多少|(?<!目)的|是$|为$|吗$"
)
CORES = "联系|联络|移动|常用|有效|真实|最新|微信同号|手机|电话|号码|号|方式"
NAMED = re.compile(r"(?P<whose>.*?)(?:真实|中文|身份证)?(?:姓名|名字|大名|全名)\d?")
CALLED = re.compile(r"(?P<whose>.*?)(?:full|real|first and last)?name\d?")
DIALLED = re.compile(
    rf"(?P<whose>(?:(?!手机|电话|联[系络](?!人)|移动|号码).)*?)(?P<core>(?:{CORES})+)(?:或?微信号?)?\d?"
)
RUNG = re.compile(r"(?P<whose>.*?)(?P<core>(?:mobile|cell|contact|tele)*(?:phone|mobile|cell|tel)"
                  r"(?:number|num|no)?)\d?")  # fmt: skip
DIALLED_AT_ALL = re.compile(
    "手机|电话|联系方式|联络方式|联系号码|移动号码|^号码|mobile|phone|cell|tel"
)
SURE = re.compile("手机|移动|mobile|cell")
RATHER = re.compile("电话|phone|tel")
NOT_A_NUMBER = re.compile("尾号|后四位|后4位|短号|型号|品牌|维修")
SELF = re.compile(
    "志愿服务者|志愿者|义工|服务人员|参加人员|参与人员|报名人员|人员|队员|成员|组员|个人|本人|自己|参加者|"
    "参与者|volunteer|participant|your|my"
)
OTHERS = re.compile(
    "家长|父|母|爸|妈|监护|紧急|应急|联系人|联络人|家属|家人|亲属|亲友|子女|儿子|儿童|女儿|孩子|小孩|配偶|丈夫|妻|爱人|"
    "老伴|代报|代办|代填|推荐|介绍|负责|队长|领队|组长|班长|经办|填表|填报|楼长|网格|审核|审批|主任|书记|社工|老师|"
    "班主任|帮扶|结对|领导|上级|单位|公司|办公|企业|学校|店|带队|接龙|parent|guardian|emergency|"
    "mother|father|contact person|leader|teacher"
)
"""Words for somebody who is not the person of the row."""
ALONE = re.compile(
    r"(?:家长|父亲|母亲|爸爸|妈妈|监护人|紧急联系人|应急联系人|联系人|联络人|家属|亲属|子女|配偶|推荐人|"
    r"介绍人|负责人|队长|领队|组长|楼长|网格员|经办人|填表人|主任|书记|社工|老师|班主任)\d?"
)
"""Headings that mean the name of somebody else without saying 姓名."""


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


WEAK_NAMES = _each(
    "志愿者 义工 人员 队员 成员 组员 参加者 参与者 参加人 参与人 参加人员 报名人 报名人员 "
    "称呼 怎么称呼 如何称呼 volunteer volunteers participant participants names"
)
TAILS = _each("手机尾号 手机号尾号 电话尾号 手机后四位 手机号后四位 尾号 phoneendsin")
TEAMS = _each(
    "服务队 所属服务队 所在服务队 志愿服务队 志愿者服务队 服务队名称 队伍 所在队伍 所属队伍 "
    "队伍名称 团队 team teams"
)
SKILLS = _each(
    "技能 特长 专长 爱好特长 特长爱好 特长技能 服务技能 技能特长 有特长 有技能 有特长技能 skills"
)


class Kind(StrEnum):
    """What stands in a column."""

    NAME = "name"
    PHONE = "phone"
    TAIL = "tail"
    """The last digits of a number, as our own lists of hours have them."""
    TEAM = "team"
    SKILLS = "skills"


NEEDED = frozenset({Kind.NAME, Kind.PHONE, Kind.TAIL})


@dataclass(frozen=True)
class Meaning:
    """What stands below a heading, whose it is, and how sure that is."""

    kind: Kind
    whose: str = ""
    """Who it belongs to, where that is not said to be the person of the row."""
    sure: int = 2
    """From 3 for what can only be meant so (手机号), to 1 for what may be meant so (联系方式)."""

    @property
    def is_others(self) -> bool:
        """Whether it is said to belong to somebody else than the person of the row."""
        return bool(OTHERS.search(self.whose))


def plain(text: str) -> str:
    """A heading without numbers of questions, brackets, politeness and spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(TRADITIONAL)
    main = ASIDE.sub("", folded)
    if not PUNCTUATION.sub("", main):
        main = folded
    words = PUNCTUATION.sub("", NUMBERED.sub("", main, count=1))
    return POLITE.sub("", LATIN.sub("", words) if HAN.search(words) else words)


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning | None:
    """What a heading means; nothing for one that is not read."""
    if len(text) > LONGEST_HEADING or not HINT.search(text):
        return None
    words = plain(text)
    found = _of_words(words) or _of_a_number(words) or _of_a_name(words)
    if found and not found.whose:
        return Meaning(found.kind, _aside_of(text), found.sure)
    return found


def others_in(text: str) -> str:
    """The heading of a group of columns, if it says that they are somebody else's."""
    words = plain(text) if ":" not in unicodedata.normalize("NFKC", text) else ""
    return words if OTHERS.search(words) and len(words) <= LONGEST_HEADING else ""


def _aside_of(text: str) -> str:
    """What stands in brackets, if it says that the column is somebody else's."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(TRADITIONAL)
    asides = "".join(ASIDE.findall(folded))
    return asides if OTHERS.search(asides) else ""


def _of_words(words: str) -> Meaning | None:
    """Headings that are known by the whole of them."""
    if words in TAILS:
        return Meaning(Kind.TAIL, sure=1)
    if words in TEAMS:
        return Meaning(Kind.TEAM)
    if words in SKILLS:
        return Meaning(Kind.SKILLS)
    return Meaning(Kind.NAME, sure=1) if words in WEAK_NAMES else None


def _of_a_number(words: str) -> Meaning | None:
    found = DIALLED.fullmatch(words) or RUNG.fullmatch(words)
    if not found or not DIALLED_AT_ALL.search(found["core"]) or NOT_A_NUMBER.search(words):
        return None
    core = found["core"]
    sure = 3 if SURE.search(core) else 2 if RATHER.search(core) else 1
    return Meaning(Kind.PHONE, SELF.sub("", found["whose"]), sure)


def _of_a_name(words: str) -> Meaning | None:
    if found := NAMED.fullmatch(words) or CALLED.fullmatch(words):
        return Meaning(Kind.NAME, SELF.sub("", found["whose"]))
    return Meaning(Kind.NAME, words, 1) if ALONE.fullmatch(words) else None

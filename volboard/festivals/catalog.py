"""The 22 festivals of the year of a community, each with its custom and its mark."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from volboard.festivals import lunar
from volboard.festivals.rules import Lunar, LunarNewYearEve, NthWeekday, Rule, Solar, SolarTerm

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Festival:
    """A day of the year.

    `name`, `short` and `custom` are translated when they are shown. `short` has at most four
    Han characters, for narrow places. `old` is true for the days that follow the moon or the sun.
    """

    key: str
    rule: Rule
    name: LazyString = field(compare=False)
    short: LazyString = field(compare=False)
    custom: LazyString = field(compare=False)

    @property
    def mark(self) -> str:
        """The drawing, templates/components/marks/<mark>.svg: each festival has its own."""
        return self.key

    @property
    def old(self) -> bool:
        return not isinstance(self.rule, Solar | NthWeekday)


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """A festival in a certain year, with its lunar date as people say it."""

    festival: Festival
    date: date
    lunar_text: str


FESTIVALS = (
    Festival(
        "laba", Lunar(12, 8), _l("腊八节"), _l("腊八"),
        _l("熬一锅腊八粥，米豆果仁都放些，头一碗先端给邻居。"),
    ),
    Festival(
        "xiaonian", Lunar(12, 23), _l("北方小年"), _l("小年"),
        _l("扫尘、祭灶、吃灶糖，把家里收拾亮堂，准备过年。"),
    ),
    Festival(
        "chuxi", LunarNewYearEve(), _l("除夕"), _l("除夕"),
        _l("贴春联、吃年夜饭、守岁，一家人等着新年的头一声。"),
    ),
    Festival(
        "chunjie", Lunar(1, 1), _l("春节"), _l("春节"),
        _l("见面道一声过年好，给长辈拜年，把福字贴上门。"),
    ),
    Festival(
        "yuanxiao", Lunar(1, 15), _l("元宵节"), _l("元宵"),
        _l("吃元宵、赏花灯、猜灯谜，年味儿圆圆满满。"),
    ),
    Festival(
        "leifeng", Solar(3, 5), _l("学雷锋纪念日"), _l("学雷锋"),
        _l("搭把手就是学雷锋，今天想想能为邻居做点什么。"),
    ),
    Festival(
        "women", Solar(3, 8), _l("国际妇女节"), _l("妇女节"),
        _l("给妈妈、奶奶和身边的姐妹道一声辛苦，送一枝花。"),
    ),
    Festival(
        "qingming", SolarTerm("清明"), _l("清明节"), _l("清明"),
        _l("折一枝柳，献一束花，把想念好好说给亲人听。"),
    ),
    Festival(
        "labour", Solar(5, 1), _l("国际劳动节"), _l("劳动节"),
        _l("干活的人最光荣，给身边忙碌的手递一杯热茶。"),
    ),
    Festival(
        "mother", NthWeekday(5, SUNDAY, 2), _l("母亲节"), _l("母亲节"),
        _l("给妈妈打个电话，陪她吃顿饭，听她唠一会儿。"),
    ),
    Festival(
        "children", Solar(6, 1), _l("国际儿童节"), _l("儿童节"),
        _l("放下手里的活，陪孩子放一回风筝，讲一个故事。"),
    ),
    Festival(
        "duanwu", Lunar(5, 5), _l("端午节"), _l("端午"),
        _l("包粽子、插艾草、系五彩线，盼一家人平安。"),
    ),
    Festival(
        "father", NthWeekday(6, SUNDAY, 3), _l("父亲节"), _l("父亲节"),
        _l("爸爸不爱说，陪他走走路、下盘棋就很好。"),
    ),
    Festival(
        "party", Solar(7, 1), _l("建党节"), _l("建党节"),
        _l("听老党员讲讲当年的事，再去敲一敲困难邻居的门。"),
    ),
    Festival(
        "army", Solar(8, 1), _l("建军节"), _l("建军节"),
        _l("去看看退役老兵，听他讲讲当兵的日子。"),
    ),
    Festival(
        "qixi", Lunar(7, 7), _l("七夕节"), _l("七夕"),
        _l("看牛郎织女星，穿针乞巧，跟老伴儿说句贴心话。"),
    ),
    Festival(
        "zhongyuan", Lunar(7, 15), _l("中元节"), _l("中元"),
        _l("放一盏河灯，念一念先人，不烧纸也是想念。"),
    ),
    Festival(
        "teacher", Solar(9, 10), _l("教师节"), _l("教师节"),
        _l("给老师写张卡片，说说他教会你的那件事。"),
    ),
    Festival(
        "zhongqiu", Lunar(8, 15), _l("中秋节"), _l("中秋"),
        _l("切一块月饼，抬头看月亮，想起的人就去问个好。"),
    ),
    Festival(
        "national", Solar(10, 1), _l("国庆节"), _l("国庆"),
        _l("早起看升旗，一家人出门走走，看看家乡的新样子。"),
    ),
    Festival(
        "chongyang", Lunar(9, 9), _l("重阳节"), _l("重阳"),
        _l("登高、赏菊、敬老人，陪爸妈慢慢走一段路。"),
    ),
    Festival(
        "volunteers", Solar(12, 5), _l("国际志愿者日"), _l("志愿者日"),
        _l("红帽子一戴，街坊的事就是自家的事。谢谢每一位。"),
    ),
)  # fmt: skip


@lru_cache(maxsize=lunar.LAST_YEAR - lunar.FIRST_YEAR + 1)
def dates_in(year: int) -> tuple[FestivalDay, ...]:
    """Every festival day of a solar year by date; a lunar one may be there never, once or twice.

    Raises ValueError outside 1990 to 2100.
    """
    calendar = lunar.calendar(year)
    days = [
        FestivalDay(festival, day, calendar.lunar[day].text)
        for festival in FESTIVALS
        for day in festival.rule.dates_in(calendar)
    ]
    return tuple(sorted(days, key=lambda found: found.date))

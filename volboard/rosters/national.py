"""Records in the order in which the state's system asks for them, to be typed in there.

The fields are those of《志愿服务记录与证明出具办法》and of the rules of 2012 (民函〔2012〕340号).
The field table of MZ/T 061 was not at hand, so this is no import file of that system.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _

from volboard.core.formats import as_date, clock_time
from volboard.rosters.exports import Numbers, Row
from volboard.rosters.facts import Served
from volboard.rosters.rules import hours
from volboard.rosters.workbooks import Column, Sheet

COLUMNS = (
    Column("姓名"), Column("证件类型", 10), Column("证件号码", 20), Column("联系方式", 14),
    Column("活动名称", 24), Column("活动日期"), Column("开始时间", 10), Column("结束时间", 10),
    Column("地点", 20), Column("服务对象", 14), Column("服务内容", 18),
    Column("服务时长(小时)", 14), Column("服务时长(分钟)", 14), Column("组织单位", 16),
    Column("负责人"), Column("记录人"), Column("评价"),
)  # fmt: skip
"""Not translated: the other system asks for them in these words."""


@dataclass(frozen=True)
class HandOver:
    """Who hands the records over, and of how many people there are none in the file."""

    community: str
    in_charge: str
    """Who answers where the event names nobody."""
    left_out: int
    numbers: Numbers = field(default_factory=lambda: Numbers(in_full=True))


def national_sheets(lines: Iterable[Served], to: HandOver) -> tuple[Sheet, ...]:
    """The records, and a page of words about them."""
    notes = tuple((note,) for note in explained(to.left_out))
    return (
        Sheet("服务记录", COLUMNS, _rows(lines, to)),
        Sheet("说明", (Column("说明", 90),), notes),
    )


def explained(left_out: int) -> tuple[str, ...]:
    """What the reader of the file has to know."""
    return (
        _("%(num)s 人没有同意交给其他系统，没有写进来。", num=left_out),
        _("证件类型和证件号码是空的：本社区不收集。需要的话，请当面问本人，在那边填。"),
        _("服务对象和评价是空的：这里没有记。"),
        _("小时只留一位小数，往下舍；分钟才是准的，不要用小时去加总。"),
        _("列的顺序照着志愿服务记录的规定来排。没有拿到那边系统的字段表，录入前请核对一遍。"),
        _("这份表由本社区出具，请照着在那边录入。"),
    )


def _rows(lines: Iterable[Served], to: HandOver) -> Iterator[Row]:
    for one in lines:
        yield (one.name, None, None, to.numbers.of(one.account_id, one.phone), one.event,
               as_date(one.served_from).isoformat(), clock_time(one.served_from),
               clock_time(one.served_to), one.place, None, one.shift, hours(one.worth), one.worth,
               to.community, one.contact or to.in_charge, one.recorded_by, None)  # fmt: skip

"""Heads of two rows, of questionnaires, side by side; remarks, totals, signatures; sheets."""

import pytest

from tests.rosters.made import (
    ASKED,
    ONE,
    PEOPLE,
    THREE,
    TWO,
    Rows,
    added,
    book_of,
    lines,
    of_rows,
    reading,
)
from volboard.rosters.arranging import Choice
from volboard.rosters.errors import TwoHeadings
from volboard.rosters.plans import Columns
from volboard.rosters.rules import Verdict

HEADS_OF_TWO_ROWS: dict[str, tuple[Rows, tuple[str, ...], int, int]] = {
    "F7: merged": ([("姓名", "联系方式", ""), ("", "手机号", "微信")], ("A1:A2", "B1:C1"), 0, 1),
    "not merged": ([("姓名", "联系方式", ""), ("", "手机号", "微信")], (), 0, 1),
    "own and parent": (
        [("序号", "本人", "", "家长", ""), ("", "姓名", "电话", "姓名", "电话")],
        ("B1:C1", "D1:E1"), 1, 2,
    ),
    "own and parent, not merged": (
        [("本人", "", "家长", ""), ("姓名", "电话", "姓名", "电话")], (), 0, 1,
    ),
    "parent first": (
        [("家长", "", "本人", ""), ("姓名", "电话", "姓名", "电话")], ("A1:B1", "C1:D1"), 2, 3,
    ),
    "the upper row is enough": (
        [("姓名", "手机号", "意向", ""), ("", "", "上午", "下午")], ("C1:D1",), 0, 1,
    ),
    "below a title": (
        [("家长志愿者报名表",), ("姓名", "联系方式", ""), ("", "手机", "微信")], ("A1:C1",), 0, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADS_OF_TWO_ROWS)
def test_the_lowest_row_of_the_head_decides(case: str) -> None:
    heads, merged, name, phone = HEADS_OF_TWO_ROWS[case]
    width = max(map(len, heads))
    row = [THREE] * width
    row[name], row[phone] = "张试", ONE
    for other in range(width):
        if other not in (name, phone):
            row[other] = "王家长" if other % 2 == name % 2 else TWO
    assert added(of_rows(*heads, row, merged=merged)) == {"张试": ONE}


NOBODY = {
    "F8: total and remark": (("合计：1 人", ""), ("备注：请各楼长周五前交到居委会", "")),
    "signatures": (("填表人：王某", ""), ("负责人：赵某", TWO), ("审核：", ""),
                   ("2026年11月1日", "")),
    "a total as a formula": (("合计", "=COUNTA(B2:B2)"), ("共 1 人", ""), ("总计", "1")),
    "a part's title": (("第二组", ""), ("3号楼", ""), ("二、舞蹈队（2人）", "")),
    "sentences": (("以上人员均已自愿报名。", ""), ("注：名单以群里为准", ""), ("——", ""),
                  ("", "无")),
    "examples": (("例：王小明", TWO), ("（示例）李红", TWO), ("Example: Li", TWO)),
    "the heading again": (("姓名", "手机号"),),
}  # fmt: skip


@pytest.mark.parametrize("case", NOBODY)
def test_rows_that_are_no_person_are_in_nobodys_way(case: str) -> None:
    data = of_rows(("姓名", "手机号"), ("张试", ONE), *NOBODY[case])
    assert added(data) == {"张试": ONE}
    assert {line.verdict for line in lines(data)[1:]} <= {Verdict.NOBODY}


def test_a_remark_across_name_and_number_is_nobody() -> None:
    data = of_rows(("姓名", "手机号"), ("张试", ONE), ("请交到居委会", ""), merged=("A3:B3",))
    assert [line.verdict for line in lines(data)] == [Verdict.ADD, Verdict.NOBODY]


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("1、您的姓名", "2、您的手机号"),
        ("您的姓名（必填）", "您的手机号码（必填）"),
        ("Q1_请输入您的姓名：", "Q2_请填写您的手机号码："),
        ("第1题 您叫什么名字？", "第2题 您的联系电话是多少？"),
        ("①怎么称呼您？", "②您的联系方式"),
        ("【姓名】*", "【本人手机号】*"),
        ("姓　名", "电　话"),
        ("姓名/Name", "手机号/Mobile"),
        ("聯絡人員姓名", "電話號碼"),
        ("Your name", "Your mobile number"),
    ],
)
def test_heads_of_questionnaires_are_understood(name: str, phone: str) -> None:
    heads = ("序号", "提交答卷时间", "所用时间", name, phone, "您的微信号")
    row = (1, "2026/11/1 8:00", "35秒", "张试", ONE, "zs_wx")
    expected = ASKED if name.startswith("聯") else {"张试": ONE}
    assert added(of_rows(heads, row)) == expected


@pytest.mark.parametrize(
    "others",
    [
        {"填表说明": [("填表说明",), ("1. 每人一行，手机号写全",)]},
        {"封面": [], "统计": [("网格", "人数"), ("一", 3)]},
        {"通讯录": [("社工", "王某"), ("电话", "13911119999")]},
        {"空表": [("姓名", "手机号")]},
    ],
    ids="、".join,
)
def test_the_sheet_with_the_heads_is_read(others: dict[str, Rows]) -> None:
    for data in (book_of({**others, "名单": PEOPLE}), book_of({"名单": PEOPLE, **others})):
        assert added(data) == {"张试": ONE}


def test_of_two_sheets_with_heads_one_is_chosen() -> None:
    data = book_of({"十月": PEOPLE, "十一月": (("姓名", "手机号"), ("李试", TWO))})
    assert reading(data).sheet == -1
    assert added(data) == ASKED
    assert added(data, Choice(1)) == {"李试": TWO}


BLOCKS = {
    "two": ("姓名", "手机"),
    "numbered": ("序号", "姓名", "手机"),
    "with a word between": ("姓名", "性别", "联系电话"),
    "with two numbers": ("姓名", "电话", "手机号"),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks_side_by_side_are_all_read(case: str) -> None:
    heads = BLOCKS[case]
    cells = {"姓名": "人", "序号": "", "性别": "男", "电话": "0453-3120001"}
    left, right = ([cells.get(head, "") for head in heads] for _side in range(2))
    left[heads.index("姓名")], right[heads.index("姓名")] = "张试", "李试"
    left[-1], right[-1] = ONE, TWO
    only = ["", *left[1:]] if case == "numbered" else left
    only = [THREE if cell == ONE else "王试" if cell == "张试" else cell for cell in only]
    data = of_rows(heads * 2, [*left, *right], only)
    assert added(data) == {"张试": ONE, "李试": TWO, "王试": THREE}


def test_a_block_that_lacks_its_number_is_asked_about() -> None:
    assert added(of_rows(("姓名", "手机", "姓名"), ("张试", ONE, "李试"))) == ASKED


def test_headings_further_down_in_another_order_are_followed_or_told() -> None:
    upper, lower = [("姓名", "手机号"), ("张试", ONE)], [("手机号", "姓名"), (TWO, "李试")]
    data = of_rows(*upper, *lower)
    assert added(data) == {"张试": ONE, "李试": TWO}
    with pytest.raises(TwoHeadings):
        reading(of_rows(*upper, ("姓名", "手机1", "手机2"), ("李试", TWO, TWO)),
                Choice(0, Columns(1, 2)))  # fmt: skip

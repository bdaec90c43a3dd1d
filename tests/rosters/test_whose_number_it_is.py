"""The number beside a name is that person's own, or somebody is asked."""

import pytest

from tests.rosters.made import ASKED, ONE, PEOPLE, THREE, TWO, added, lines, of_rows
from volboard.rosters.arranging import Choice
from volboard.rosters.plans import Columns
from volboard.rosters.rules import Verdict

OWN = {
    "F5: the parent's column first": (("姓名", "家长姓名", "联系电话", "手机号码"), 3),
    "a landline before": (("姓名", "联系电话", "手机号"), 2),
    "each name has its number": (("姓名", "手机号", "家长姓名", "手机号"), 1),
    "a contact for emergencies": (("姓名", "紧急联系人电话", "电话"), 2),
    "in brackets": (("姓名", "电话（家长）", "电话（本人）"), 2),
    "whose it is said twice": (("户主姓名", "户主电话", "网格员电话"), 1),
    "the household's head beside": (("户主", "姓名", "联系方式"), 2),
    "two blocks, one of contacts": (("姓名", "手机", "紧急联系人", "紧急联系人手机"), 1),
}


@pytest.mark.parametrize("case", OWN)
def test_the_number_is_the_persons_own(case: str) -> None:
    heads, own = OWN[case]
    numbers = [f"1391111000{column}" for column in range(len(heads))]
    row = [numbers[n] if n else "李小试" for n in range(len(heads))]
    names = [n for n, head in enumerate(heads) if head in ("姓名", "户主姓名")]
    row[names[0]] = "李小试"
    assert added(of_rows(heads, row)) == {"李小试": numbers[own]}


@pytest.mark.parametrize(
    "heads",
    [
        ("姓名", "手机1", "手机2"),
        ("姓名", "家长姓名", "手机号"),
        ("姓名", "紧急联系人", "联系电话"),
        ("姓名", "家长电话", "负责人电话"),
        ("姓名", "电话", "家长姓名", "手机号"),
        ("姓名", "业主电话", "备注"),
        ("联系人", "联系电话", "单位"),
        ("孩子姓名", "家长姓名", "家长电话"),
        ("姓名", "家长姓名", "联系电话", "电话"),
        ("姓名", "单位电话", "备用手机"),
        ("甲", "乙", "丙"),
        ("手机号", "姓名", "手机号", "姓名"),
    ],
    ids="".join,
)
def test_where_two_readings_are_possible_somebody_is_asked(heads: tuple[str, ...]) -> None:
    row = ["李小试", ONE, TWO, THREE][: len(heads)]
    assert added(of_rows(heads, row)) == ASKED


def test_a_surer_column_that_is_empty_where_another_has_the_number_is_asked_about() -> None:
    heads = ("姓名", "手机号", "联系电话")
    assert added(of_rows(heads, ("张试", "", ONE), ("李试", TWO, ""))) == ASKED
    assert added(of_rows(heads, ("张试", ONE, "0453-3120001"))) == {"张试": ONE}


@pytest.mark.parametrize(
    ("name", "phone", "verdict"),
    [
        ("张无号", "", Verdict.NO_PHONE),
        ("王小楼", "", Verdict.NO_PHONE),
        ("", ONE, Verdict.NO_NAME),
        ("单丽", "", Verdict.NO_PHONE),
        ("张试", f"{ONE}/{TWO}", Verdict.TWO_PHONES),
        ("张试", f"{ONE}（妈妈）", Verdict.OTHERS_PHONE),
        ("张试", f"手机：{ONE}", Verdict.ADD),
        ("张试", f"{ONE}（微信同号）", Verdict.ADD),
        ("张试", f"'{ONE}", Verdict.ADD),
        ("张试", f"\u202d{ONE}\u202c", Verdict.ADD),
        ("Summer Li", "", Verdict.NO_PHONE),
    ],
)
def test_a_person_is_never_taken_for_a_remark(name: str, phone: str, verdict: str) -> None:
    found = lines(of_rows(("姓名", "手机号"), ("李试", TWO), (name, phone)))
    assert found[1].verdict == verdict
    assert verdict != Verdict.ADD or found[1].phone == "+86" + ONE


def test_a_merged_name_with_two_numbers_is_asked_about() -> None:
    data = of_rows(("姓名", "手机号"), ("张试", ONE), ("", TWO), merged=("A2:A3",))
    assert [line.verdict for line in lines(data)] == [Verdict.ADD, Verdict.TWO_PHONES]
    again = of_rows(("姓名", "手机号", "班"), ("张试", ONE, 1), ("", "", 2), merged=("A2:A3",))
    assert [line.verdict for line in lines(again)] == [Verdict.ADD, Verdict.NOBODY]


def test_nobody_over_the_heads_is_lost() -> None:
    above = of_rows(("联系人：王某", THREE), ("李试", TWO), *PEOPLE)
    assert added(above) == {"李试": TWO, "张试": ONE}


def test_without_any_heading_the_columns_are_chosen_and_the_first_row_counts() -> None:
    data = of_rows(("张试", ONE), ("李试", TWO))
    assert added(data) == ASKED
    assert added(data, Choice(0, Columns(1, 2))) == {"张试": ONE, "李试": TWO}
    lacking = of_rows(("张试", "没有"), ("李试", TWO))
    found = [line.verdict for line in lines(lacking, Choice(0, Columns(1, 2)))]
    assert found == [Verdict.ADD] or Verdict.BAD_PHONE in found


def test_a_choice_of_one_block_means_its_twins_too() -> None:
    heads = ("甲", "乙") * 2
    data = of_rows(heads, ("张试", ONE, "李试", TWO))
    assert added(data) == ASKED
    assert added(data, Choice(0, Columns(1, 2))) == {"张试": ONE, "李试": TWO}

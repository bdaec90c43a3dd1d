"""What is read of each kind of file, and the sentence for each that is not."""

import pytest

from tests.rosters import files
from tests.rosters.files import HEADS, LAN, PING, a_csv, an_xlsx, saved, with_part
from volboard.rosters import errors
from volboard.rosters.arranging import arranged
from volboard.rosters.columns import Entry, People
from volboard.rosters.judging import judged
from volboard.rosters.reading import read
from volboard.rosters.rules import Verdict
from volboard.rosters.tables import Table

TEAMS = {"红帽队": 1}
TWO = [PING, LAN]


def sheet(data: bytes) -> Table:
    """The first sheet of a file."""
    return read(data, "名单.xlsx").tables[0]


def people(data: bytes, name: str = "名单.xlsx") -> People:
    """The people of the sheet that has them."""
    return arranged(read(data, name)).people


def found(data: bytes, name: str = "名单.xlsx") -> list[tuple[str, str]]:
    """Name and number of each person in a file."""
    return [(one.name, one.phone) for one in people(data, name).entries]


def verdicts(data: bytes) -> list[str]:
    """What becomes of each row."""
    return [line.verdict for line in judged(people(data).entries, TEAMS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_files_are_read_in_every_encoding_that_offices_use(encoding: str) -> None:
    assert found(a_csv(TWO, encoding), "名单.csv") == TWO


@pytest.mark.parametrize("between", [",", "\t", ";", "，"])
def test_columns_of_a_text_file_are_parted_by_whatever_parts_them(between: str) -> None:
    assert found(a_csv(TWO, "utf-8-sig", between), "名单.csv") == TWO


def test_excel_files_are_read_with_shared_strings_and_with_strings_in_the_cells() -> None:
    assert found(an_xlsx(TWO)) == found(files.a_long_xlsx(TWO)) == TWO


def test_a_number_that_excel_keeps_as_a_number_keeps_its_digits() -> None:
    rows: list[tuple[object, object]] = [("平安", 13900000001), ("兰花", 13900000002.0)]
    assert found(an_xlsx(rows)) == TWO


def test_headings_are_found_below_a_title_in_any_order_and_by_other_names() -> None:
    rows = [("", ""), ("联系电话（必填）", "志愿者姓名*"), ("13900000001", "平安")]
    assert found(an_xlsx(rows, ("沿河社区志愿者名单",))) == [PING]


def test_a_file_without_the_headings_or_without_people_is_told_so() -> None:
    with pytest.raises(errors.NoHeadings):
        found(an_xlsx([("平安", "兰花")], ("甲", "乙")))
    with pytest.raises(errors.NobodyInIt):
        found(an_xlsx([]))


def test_a_formula_is_never_computed_and_its_row_is_bad() -> None:
    data = an_xlsx([PING, ('=HYPERLINK("http://x","兰花")', "13900000002")])
    assert verdicts(data) == [Verdict.ADD, Verdict.FORMULA]
    assert found(data)[1] == ("", "13900000002")


def test_a_formula_in_a_text_file_is_a_formula_too() -> None:
    data = a_csv([("平安", '="13900000001"')], "gbk")
    (line,) = judged(people(data, "名单.csv").entries, TEAMS)
    assert line.verdict is Verdict.FORMULA


def test_a_formula_in_a_column_that_is_not_read_does_not_matter() -> None:
    assert verdicts(an_xlsx([(*PING, "", "", "=NOW()")])) == [Verdict.ADD]


def test_a_merged_cell_stands_for_every_row_that_it_covers() -> None:
    book = files.opened(an_xlsx([(*PING, "红帽队"), LAN, ("桂", "1")]))
    book.worksheets[0].merge_cells("C2:C3")
    table = sheet(saved(book))
    assert [one.team for one in people(saved(book)).entries] == ["红帽队", "红帽队", ""]
    assert table.merged == 1


def test_hidden_rows_and_columns_are_not_read() -> None:
    book = files.opened(an_xlsx([(*PING, "红帽队"), (*LAN, "红帽队")]))
    first = book.worksheets[0]
    first.row_dimensions[3].hidden = True
    first.column_dimensions["C"].hidden = True
    lines = list(judged(people(saved(book)).entries, {}))
    assert [line.verdict for line in lines] == [Verdict.ADD, Verdict.HIDDEN]
    assert (lines[0].team, lines[1].name, lines[1].phone) == ("", "", "")


def test_sheets_that_one_can_see_are_read_and_hidden_ones_counted() -> None:
    book = files.opened(an_xlsx(TWO))
    book.create_sheet("旧的", 0).sheet_state = "hidden"
    book.create_sheet("附表")
    book.active = 1
    read_in = read(saved(book), "名单.xlsx")
    assert len(arranged(read_in).people.entries) == 2
    assert [one.name for one in read_in.tables] == ["Sheet", "附表"]
    assert read_in.hidden_sheets == 1


LONG = "字" * 101


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (PING, Verdict.ADD),
        (("平安", "１３９ 0000-0001"), Verdict.ADD),
        (("", "13900000001"), Verdict.NO_NAME),
        (("很" * 41, "13900000001"), Verdict.BAD_NAME),
        (("=cmd|' /C calc'!A0", "13900000001"), Verdict.FORMULA),
        (("＝平安", "13900000001"), Verdict.BAD_NAME),
        (("+平安", "13900000001"), Verdict.BAD_NAME),
        (("@平安", "13900000001"), Verdict.BAD_NAME),
        (("平\x07安", "13900000001"), Verdict.BAD_NAME),
        (("平安", ""), Verdict.NO_PHONE),
        (("平安", "1390000001"), Verdict.BAD_PHONE),
        (("平安", "0453-3120001"), Verdict.BAD_PHONE),
        (("平安", "1.39E+10"), Verdict.CUT_PHONE),
        ((*PING, "蓝帽队"), Verdict.NO_TEAM),
        ((*PING, "红帽队", LONG), Verdict.TOO_LONG),
        ((*PING, "红帽队", "剪纸、书法"), Verdict.ADD),
    ],
    ids=str,
)
def test_each_row_is_judged_by_what_stands_in_it(row: tuple[str, ...], verdict: str) -> None:
    cells = (*row, "", "", "")[:5]
    entry = Entry(2, cells[0], cells[1], cells[2], cells[3], cells[0].startswith("="), False)
    assert [line.verdict for line in judged([entry], TEAMS)] == [verdict]


def test_the_same_person_twice_is_one_and_a_number_with_two_names_is_bad() -> None:
    data = an_xlsx([PING, PING, ("别人", PING[1])])
    assert verdicts(data) == [Verdict.ADD, Verdict.REPEAT, Verdict.OTHER_NAME]


PLAIN = an_xlsx([PING])
REFUSED = {
    "too big": (b"a" * 2_097_153, errors.TooBig),
    "zip bomb": (files.a_bomb(), errors.Packed),
    "entity bomb": (files.an_entity_bomb(), errors.Packed),
    "many entries": (b"PK\x03\x04" + b"PK\x01\x02" * 4_001, errors.Packed),
    "macro": (with_part(PLAIN, "xl/vbaProject.bin", b"x"), errors.HasMacros),
    "macro type": (
        with_part(PLAIN, "[Content_Types].xml",
                  files.part(PLAIN, "[Content_Types].xml").replace(b"sheet.main", b"macroEnabled")),
        errors.HasMacros,
    ),
    "program inside": (with_part(PLAIN, "xl/embeddings/a.bin", b"x"), errors.HasMacros),
    "link": (with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<a/>"), errors.HasLinks),
    "password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), errors.Encrypted),
    "old": (b"\xd0\xcf\x11\xe0" + b"Workbook", errors.OldExcel),
    "web page": (b"<html><table>", errors.NotATable),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\xff\xff", errors.NotATable),
    "empty": (b"", errors.NotATable),
    "no zip": (b"PK\x03\x04rubbish", errors.Unreadable),
    "no book": (with_part(PLAIN, "xl/workbook.xml", b"<a/>"), errors.Unreadable),
    "broken sheet": (with_part(PLAIN, "xl/worksheets/sheet1.xml", b"<a"), errors.Unreadable),
    "5,001 rows": (files.a_long_xlsx(files.people(5_001)), errors.TooManyRows),
    "5,001 lines": (a_csv(files.people(5_001), "utf-8"), errors.TooManyRows),
    "cells without end": (
        with_part(PLAIN, "xl/worksheets/sheet1.xml",
                  b"<worksheet><row>" + b"<c/>" * 1_200_001 + b"</row></worksheet>",
                  packing=0),
        errors.TooBig,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_its_own_sentence(case: str) -> None:
    data, refusal = REFUSED[case]
    with pytest.raises(refusal) as raised:
        found(data, "名单.xlsx")
    assert type(raised.value) is refusal


def test_a_macro_file_is_refused_by_its_name_too() -> None:
    with pytest.raises(errors.HasMacros):
        found(PLAIN, "名单.XLSM")


def test_headings_that_nobody_reads_are_told() -> None:
    read_in = people(an_xlsx([PING], ("姓名", "手机号", "身份证号", "住址")))
    assert read_in.unread == ("身份证号", "住址")
    assert len(HEADS) == 5

"""Separators, encodings, floats, names of parts, empty looks: as programs write them."""

import json
import zipfile
from io import BytesIO

import pytest

from tests.rosters import files
from tests.rosters.files import with_part
from tests.rosters.made import (
    ONE,
    PEOPLE,
    THREE,
    TWO,
    added,
    book_of,
    lines,
    of_rows,
    reading,
)
from volboard.rosters.arranging import arranged, signature
from volboard.rosters.errors import OpenQuote, Packed, TooManyRows
from volboard.rosters.kept import packed, unpacked
from volboard.rosters.reading import read
from volboard.rosters.rules import Verdict


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_the_separator_with_which_heads_are_found(separator: str, encoding: str) -> None:
    others = {",": ";", "，": ";"}.get(separator, "，")
    skills = others.join(["唱歌", "下棋", "做菜", "木工", "水電"])
    rows = [("姓名", "手機號", "特長"), ("李試", ONE, skills), ("王試", TWO, skills)]
    text = "\r\n".join(separator.join(row) for row in rows)
    text = text if encoding != "gb18030" else text.replace("手機號", "手机号")
    assert added(text.encode(encoding)) == {"李試": ONE, "王試": TWO}


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("13911110001.0", ONE),
        ("13911110001.00", ONE),
        ("1.3911110001E10", ONE),
        ("1.3911110001E+10", ONE),
        ("1.3911110001e+010", ONE),
        ("1.39E+10", Verdict.CUT_PHONE),
        ("1.391111E+10", Verdict.CUT_PHONE),
        ("1.391111E10", Verdict.CUT_PHONE),
        ("13911110001.5", Verdict.BAD_PHONE),
    ],
)
def test_digits_are_lost_only_where_they_are(typed: str, read_as: str) -> None:
    (line,) = lines(f"姓名,手机号\n张试,{typed}".encode())
    assert (line.phone if line.verdict == Verdict.ADD else line.verdict) in (read_as, "+86" + ONE)
    assert (line.verdict == Verdict.ADD) == (read_as == ONE)


def test_several_numbers_that_end_in_noughts_have_lost_their_digits_before() -> None:
    rows = (("姓名", "手机号"), ("张试", 13900000000), ("李试", 13800000000), ("王试", ONE))
    found = [line.verdict for line in lines(of_rows(*rows))]
    assert found == [Verdict.CUT_PHONE, Verdict.CUT_PHONE, Verdict.ADD]
    assert added(of_rows(*rows[:2])) == {"张试": "13900000000"}


def renamed(data: bytes, names: dict[str, str]) -> bytes:
    """The workbook with other names for its parts, and where these are told."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for entry in old.namelist():
            content = old.read(entry)
            for before, after in names.items():
                if entry.endswith((".rels", "[Content_Types].xml")):
                    content = content.replace(before.encode(), after.encode())
            name = entry
            for before, after in names.items():
                name = name.replace(before, after)
            new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        {"sharedStrings.xml": "SharedStrings.xml"},
        {"workbook.xml": "book2.xml"},
        {"worksheets/sheet1.xml": "worksheets/Tabelle1.xml"},
        {"sharedStrings.xml": "texts/all.xml"},
    ],
    ids=str,
)
def test_parts_are_found_by_their_relations(names: dict[str, str]) -> None:
    assert added(renamed(files.a_shared_xlsx(PEOPLE), names)) == {"张试": ONE}


def test_the_list_may_say_another_case_than_the_relations_or_part_folders_otherwise() -> None:
    whole = files.a_shared_xlsx(PEOPLE)
    for before, after in (("xl/sharedStrings", "XL/SHAREDSTRINGS"), ("xl/work", "xl\\work")):
        file = BytesIO()
        with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(file, "w", 8) as new:
            for entry in old.namelist():
                new.writestr(entry.replace(before, after), old.read(entry))
        assert added(file.getvalue()) == {"张试": ONE}


def of_looks(kind: str) -> bytes:
    """A small file in which very much is said of how empty cells look."""
    whole, sheet = of_rows(*PEOPLE), "xl/worksheets/sheet1.xml"
    if kind == "styles":
        return with_part(whole, "xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 2_000_000)
    if kind == "pictures":
        for number in range(200):
            whole = with_part(whole, f"xl/media/{number}.png", b"x") if number % 50 == 0 else whole
        return with_part(whole, "xl/media/large.bmp", b" " * 50_000_000)
    rows = {"rows": '<row r="%d" s="1" customFormat="1" ht="20"/>',
            "cells": '<row r="%d"><c s="1"/><c s="1"/><c s="1"/></row>',
            "formulas": '<row r="%d"><c t="str"><f>IF(1,"","")</f><v></v></c></row>'}  # fmt: skip
    empty = "".join(rows[kind] % number for number in range(3, 40_003))
    content = files.part(whole, sheet).replace(b"</sheetData>", empty.encode() + b"</sheetData>")
    return with_part(whole, sheet, content)


@pytest.mark.parametrize("kind", ["styles", "pictures", "rows", "cells", "formulas"])
def test_limits_count_what_is_opened_and_filled(kind: str) -> None:
    assert added(of_looks(kind)) == {"张试": ONE}


def test_what_would_be_opened_is_refused_before_it_is_unpacked() -> None:
    whole = files.a_shared_xlsx(PEOPLE)
    for name in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        with pytest.raises(Packed):
            reading(with_part(whole, name, files.part(whole, name) + b" " * 30_000_000))


def test_a_sheet_with_too_many_rows_is_named_and_the_other_one_read() -> None:
    long = [("网格", "门牌")] + [("一", n) for n in range(5_100)]
    assert added(book_of({"门牌": long, "名单": PEOPLE})) == {"张试": ONE}
    with pytest.raises(TooManyRows):
        reading(book_of({"名单": [PEOPLE[0]] + [("张试", ONE)] * 5_100}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f'姓名,手机号,备注\n张试,{ONE},"一\n二\n三"\n李试,{TWO},', 3),
        (f"姓名,手机号\n\n\n李试,{TWO}\n", 4),
        (f"sep=;\r\n姓名;手机号\r\n李试;{TWO}", 2),
        (f'"姓\n名",手机号\r\n李试,{TWO}', 2),
        (f"姓名,手机号\r张试,{ONE}\r李试,{TWO}", 3),
    ],
)
def test_rows_have_the_numbers_that_excel_shows(text: str, number: int) -> None:
    assert next(one.number for one in lines(text.encode()) if one.name == "李试") == number


def test_a_quote_that_swallows_people_is_told() -> None:
    for tail in (f'李试,{TWO},"好\n', f'李试,{TWO},"好\n王试,{THREE},"好\n'):
        with pytest.raises(OpenQuote):
            reading(f"姓名,手机号,备注\n{tail}张试,{ONE},\n".encode())


def test_what_waits_reads_as_it_did_and_holds_no_identity_number() -> None:
    heads, identity = ("姓名", "手机号", "身份证号"), "230001199001010011"
    data = of_rows(("表",), heads, ("张试", ONE, identity), ("合计", ""), merged=("A1:C1",))
    book = read(data, "名单.xlsx")
    kept = packed(book)
    assert identity not in kept
    assert "张试" in kept
    again = unpacked(kept)
    assert arranged(again).people == arranged(book).people
    assert json.loads(kept)[0] == 0


def test_the_same_heads_have_the_same_signature_whoever_stands_below() -> None:
    first, second = (read(of_rows(PEOPLE[0], row), "a") for row in (("甲", ONE), ("乙", TWO)))
    other = read(of_rows(("姓名", "手机"), ("甲", ONE)), "a")
    assert signature(first) == signature(second) != signature(other)
    assert signature(read(of_rows(("张试", ONE)), "a")) == ""

"""Rosters as a town's offices would make them, each from a number, and who is in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

import openpyxl
import xlsxwriter

NAMES = (
    "姓名",
    "姓　名",
    "您的姓名",
    "1、您的姓名",
    "真实姓名",
    "志愿者姓名",
    "姓名（必填）",
    "*姓名",
    "Name",
)
SURE = (
    "手机号",
    "手机号码",
    "2、您的手机号",
    "您的手机号码（必填）",
    "本人手机",
    "移动电话",
    "Mobile",
)
FAIR = ("联系电话", "电话", "联系方式", "电话号码")
OTHERS = ("家长电话", "紧急联系人电话", "单位电话", "社工电话", "网格员手机")
PLAIN = ("性别", "住址", "微信", "备注", "网格", "班次")
TITLES = ("沿河社区志愿者名单", "家长志愿者报名表（2026 年）", "端午活动报名统计表")
NOTES = (
    "合计：{n} 人", "共{n}人", "备注：请各楼长周五前交到居委会", "填表人：王某", "总计",
    "以上人员均已自愿报名。",
    "负责人签字：", "注：名单以群里为准", "审核：赵某", "填表日期：2026-11-01",
)  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
Cells = list[list[str]]


@dataclass
class Roster:
    """A file, who is in it with which number of their own, and what somebody would say if asked."""

    data: bytes
    people: dict[str, str]
    others: set[str]
    """Numbers in the file that are nobody's own."""
    is_sure: bool
    """Whether no question is needed."""
    about: list[str] = field(default_factory=list)


@dataclass
class Making:
    """A roster while it is made."""

    random: Random
    about: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    is_sure: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column, from 0."""

    def likely(self, chance: float, what: str) -> bool:
        """Whether it is so this time; it is written down."""
        is_so = self.random.random() < chance
        self.about += [what] if is_so else []
        return is_so

    def number(self) -> str:
        """A number that nobody in this file has."""
        while (number := f"139{self.random.randrange(10**8):08}") in (
            *self.people.values(),
            *self.others,
        ):
            continue
        return number

    def another(self) -> str:
        """The number of somebody who is not on the list."""
        number = self.number()
        self.others.add(number)
        return number

    def somebody(self) -> tuple[str, str]:
        """One more person."""
        pick = self.random.choice
        name = pick(SURNAMES) + pick(GIVEN) + pick(GIVEN)
        if name in self.people:
            return self.somebody()
        self.people[name] = self.number()
        return name, self.people[name]


def roster(seed: int) -> Roster:
    """The roster of this number."""
    making = Making(Random(seed))
    heads, fill = _columns(making)
    count = making.random.randint(1, 12)
    if making.likely(0.15, "blocks"):
        rows = [[*fill(), *fill()] for _row in range(count)]
        heads = [row * 2 for row in heads]
    else:
        rows = [fill() for _row in range(count)]
    table = _framed(making, heads, rows)
    data = _as_csv(making, table) if making.likely(0.4, "csv") else _as_xlsx(making, table)
    return Roster(data, making.people, making.others, making.is_sure, making.about)


def _columns(making: Making) -> tuple[Cells, Callable[[], list[str]]]:
    """The rows of the head, and what fills a row below it."""
    kinds = _kinds(making)
    labels = {kind: _label(making, kind) for kind in kinds}
    if "again" in kinds:
        labels["again"] = labels["sure" if "sure" in kinds else "fair"] + "2"
    return _heads(making, kinds, labels), lambda: _filled(making, kinds)


def _kinds(making: Making) -> list[str]:
    """What stands in the columns, from the left."""
    kinds = ["name", "sure" if making.likely(0.7, "sure head") else "fair"]
    kinds += ["theirs"] if making.likely(0.25, "theirs") else []
    kinds += ["parent", "parents number"] if making.likely(0.2, "parent beside") else []
    if kinds[1] == "sure" and making.likely(0.2, "landline"):
        kinds.insert(1, "landline")
    if making.likely(0.1, "two alike"):
        kinds.insert(2, "again")
        making.is_sure = False
    return _with_more(making, kinds)


def _with_more(making: Making, kinds: list[str]) -> list[str]:
    """The same with columns that nobody reads."""
    random = making.random
    for one in random.sample(PLAIN, random.randint(0, 3)):
        kinds.insert(random.randint(0, 1 if "parent" in kinds else len(kinds)), one)
    return ["序号", *kinds] if making.likely(0.3, "numbered") else kinds


def _label(making: Making, kind: str) -> str:
    offered = {"name": NAMES, "sure": SURE, "fair": FAIR, "theirs": OTHERS,
               "landline": ("固定电话", "办公电话", "座机"), "parent": ("家长姓名", "紧急联系人"),
               "parents number": ("联系电话", "电话", "家长手机", "手机号")}  # fmt: skip
    return making.random.choice(offered.get(kind, (kind,)))


def _heads(making: Making, kinds: list[str], labels: dict[str, str]) -> Cells:
    """One row, or two with a group over some columns."""
    lower = [labels[kind] for kind in kinds]
    if not making.likely(0.25, "two rows"):
        return [lower]
    upper = [""] * len(kinds)
    if "parent" in kinds:
        upper[kinds.index("parent")] = "家长"
        upper[kinds.index("name")] = "本人"
        return [upper, lower]
    upper[kinds.index("name")] = "姓名"
    lower[kinds.index("name")] = ""
    return [upper, lower]


def _filled(making: Making, kinds: list[str]) -> list[str]:
    """The cells of one more person."""
    name, number = making.somebody()
    own = _written(making, number)
    said = {"name": name, "sure": own, "fair": own, "landline": "0453-3120001", "parent": "王家长"}
    theirs = ("theirs", "parents number", "again")
    return [making.another() if kind in theirs else said.get(kind, "无") for kind in kinds]


def _written(making: Making, number: str) -> str:
    """The number as some program or person writes it."""
    ways = (number, number, number, f"{number[:3]} {number[3:7]} {number[7:]}", f"+86{number}",
            f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number}.0", f"\u202d{number}\u202c",
            f"{number[0]}.{number[1:]}E+10", f"{number}（微信同号）")  # fmt: skip
    return making.random.choice(ways)


def _framed(making: Making, heads: Cells, rows: Cells) -> Cells:
    """The table with what people write over it, in it and below it."""
    random = making.random
    table: Cells = []
    if making.likely(0.4, "title"):
        table.append([random.choice(TITLES)])
        making.merged.append((0, 0, 0, len(heads[0]) - 1))
    if making.likely(0.2, "line over the head"):
        table.append(["填表单位：沿河社区", f"联系人：王某 {making.another()}"])
    if making.likely(0.2, "empty row"):
        table.append([])
    table += heads
    middle = len(rows) // 2
    table += rows[:middle]
    if middle and making.likely(0.15, "heads again"):
        table += heads[-1:] if heads[-1].count("") == 0 else []
    table += rows[middle:]
    for _note in range(random.choice((0, 0, 1, 2, 3))):
        note = random.choice(NOTES).format(n=len(making.people))
        place = next(n for n, label in enumerate(heads[0]) if heads[-1][n] or label)
        name = _name_column(heads)
        row = [""] * len(heads[0])
        row[random.choice((place, name))] = note
        table.append(row)
        making.about.append("note")
    return table


def _name_column(heads: Cells) -> int:
    return next(n for n in range(len(heads[0])) if any(row[n] in NAMES for row in heads))


def _as_csv(making: Making, table: Cells) -> bytes:
    between = making.random.choice((",", "\t", ";"))
    chance = making.random.random
    quoted = [
        [f'"{cell}"' if between in cell or chance() < 0.1 else cell for cell in row]
        for row in table
    ]
    end = making.random.choice(("\r\n", "\n"))
    text = end.join(between.join(row) for row in quoted)
    return text.encode(making.random.choice(ENCODINGS))


def _as_xlsx(making: Making, table: Cells) -> bytes:
    """As openpyxl or xlsxwriter writes it, alone or beside another sheet."""
    sheets: list[tuple[str, Sequence[Sequence[str]]]] = [("名单", table)]
    if making.likely(0.3, "instructions"):
        sheets.insert(making.random.randint(0, 1), ("填表说明", [["填表说明"], ["每人一行"]]))
    if making.likely(0.08, "two lists"):
        sheets.append(("旧名单", [["姓名", "手机号"], ["老名字", making.another()]]))
        making.is_sure = False
    write = making.random.choice((_by_openpyxl, _by_xlsxwriter))
    making.about.append(write.__name__)
    return write(making, sheets)


def _by_openpyxl(making: Making, sheets: list[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(making, cell) for cell in row])
        for first, left, last, right in making.merged if name == "名单" else ():
            sheet.merge_cells(None, first + 1, left + 1, last + 1, right + 1)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(making: Making, text: str) -> object:
    """A number as a number, as often as not; nothing for nothing."""
    return int(text) if text.isdecimal() and making.random.random() < 0.5 else text or None


def _by_xlsxwriter(making: Making, sheets: list[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": making.likely(0.5, "inline")}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            look = book.add_format({"border": 1})
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write(number, column, _cell(making, text), look)
            for column in range(10):
                sheet.write_blank(len(rows) + 20, column, None, look)
    return file.getvalue()

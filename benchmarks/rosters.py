"""What reading and taking in a roster of 5,000 rows costs, each in a fresh process (Linux).

    .venv/bin/python -m benchmarks.rosters

Seconds of the clock and of the processor, and by how much the process grew at its peak, from the
moment the app stands (the modules that reading needs are loaded within the measured time).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADS = ("姓名", "手机号", "服务队", "技能", "备注", "住址", "楼栋", "网格")
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华"
ROWS = 5_000


def somebody(number: int) -> tuple[str, ...]:
    """The cells of a row."""
    name = FAMILY[number % 20] + GIVEN[number % 24] + GIVEN[number // 24 % 24]
    phone = f"1{(35, 36, 39, 50, 88)[number % 5]}{number * 7919 % 10**8:08}"
    return (name, phone, "", "剪纸，书法", f"备注{number}", f"河畔路 {number} 号", "三栋", "二网格")


def a_file(kind: str) -> bytes:
    """A roster of this kind."""
    import xlsxwriter

    if kind == "asked":
        return asked()
    if kind == "csv":
        lines = [",".join(HEADS), *(",".join(somebody(n)) for n in range(ROWS))]
        return "\r\n".join(lines).encode("gbk")
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": kind == "inline"}) as book:
        page = book.add_worksheet()
        for row, cells in enumerate((HEADS, *(somebody(n) for n in range(ROWS)))):
            for column, cell in enumerate(cells):
                bad = kind == "half bad" and row % 2 and column == 1
                page.write_string(row, column, cell[:9] if bad else cell)
    return bombed(file.getvalue(), kind)


def asked() -> bytes:
    """A roster with a title, a head of two rows and two columns that look alike."""
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("名单")
        page.merge_range(0, 0, 0, 7, "沿河社区志愿者名单")
        heads = (("姓名", "联系方式", "", *HEADS[2:]), ("", "手机1", "手机2", *HEADS[2:]))
        for row, cells in enumerate((*heads, *(somebody(n) for n in range(ROWS))), 1):
            more = cells if row < 3 else (cells[0], cells[1], cells[1], *cells[2:])
            for column, cell in enumerate(more):
                page.write_string(row, column, cell)
    return file.getvalue()


def bombed(data: bytes, kind: str) -> bytes:
    """The file as it is; or with a sheet of 40 MB, or of cells without end within all limits."""
    sheet = "xl/worksheets/sheet1.xml"
    cells = b"".join(b'<c t="n"><v>%d</v></c>' % (n % 7919) for n in range(300_000))
    looks = b"".join(b'<c s="1"/>' for _n in range(1_100_000))
    fillings = {"zip bomb": b" " * 40_000_000, "cells": cells, "empty cells": looks}
    if kind not in fillings:
        return data
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            if name != sheet:
                new.writestr(name, old.read(name))
        new.writestr(sheet, b"<worksheet><sheetData><row>" + fillings[kind] + b"</row>")
    return file.getvalue()


def measured(what: str, do: Callable[[], object]) -> None:
    """Print what it took, and what came of it."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before, clock, cpu = memory("VmRSS"), time.perf_counter(), time.process_time()
    try:
        said = str(do())[:40]
    except Exception as refusal:
        said = f"{type(refusal).__name__}: {refusal}"[:60]
    took = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{what:24} {took[0]:6.2f} s, {took[1]:5.2f} s of the processor, "
          f"+{memory('VmHWM') - before:5.1f} MB at the peak  {said}")  # fmt: skip


def memory(name: str) -> float:
    """What this process holds (VmRSS), or the most that it held (VmHWM), in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def child(path: str, kind: str) -> None:
    """Preview, take in, and export, in this process."""
    from volboard.app import create_app
    from volboard.core.access import Viewer

    data = Path(path).read_bytes()
    app = create_app()
    with app.app_context():
        from volboard.rosters import commands, queries
        from volboard.rosters.arranging import Choice
        from volboard.rosters.export_queries import residents_of
        from volboard.rosters.exports import Numbers, people_sheets
        from volboard.rosters.plans import Columns
        from volboard.rosters.workbooks import workbook

        by = Viewer(id=1, communities=frozenset({1}))
        keys: list[str] = []

        def look() -> str:
            keys.append(commands.keep_draft(data, "名单.xlsx", 1, by))
            found = queries.preview(keys[0], by)
            return f"{len(found.new)} new, {len(found.bad)} bad"

        measured(f"{kind}: preview", look)
        if kind == "asked":
            choice = Choice(0, Columns(1, 3))
            measured("asked: choose a column", lambda: commands.choose(keys[0], choice, by))
        if keys and kind in ("inline", "csv"):
            measured(f"{kind}: yes", lambda: commands.take_in(keys[0], by))
            measured(f"{kind}: the same again", look_again(commands, queries, data, by))
            with app.test_request_context():
                measured(f"{kind}: export them", lambda: len(workbook(
                    people_sheets(residents_of(1), Numbers(in_full=True)))))  # fmt: skip


def look_again(commands: object, queries: object, data: bytes, by: object) -> Callable[[], str]:
    """The preview of a file that was taken in a moment ago."""

    def look() -> str:
        key = commands.keep_draft(data, "名单.xlsx", 1, by)  # type: ignore[attr-defined]
        return f"{len(queries.preview(key, by).new)} new"  # type: ignore[attr-defined]

    return look


def main() -> None:
    if len(sys.argv) == 3:
        child(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        prepare = [sys.executable, "-m", "volboard", "prepare", "--demo"]
        subprocess.run(prepare, check=True, cwd=ROOT, env=living_in(made), capture_output=True)
        for kind in ("shared", "half bad", "inline", "csv", "asked", "zip bomb", "cells",
                     "empty cells"):  # fmt: skip
            home, path = Path(folder) / kind, Path(folder) / "roster"
            shutil.copytree(made, home)
            path.write_bytes(a_file(kind))
            print(f"{kind}: a file of {path.stat().st_size:,} bytes", flush=True)
            again = [sys.executable, "-m", "benchmarks.rosters", str(path), kind]
            subprocess.run(again, check=True, cwd=ROOT, env=living_in(home))


def living_in(folder: Path) -> dict[str, str]:
    """The settings of an installation in this folder."""
    return os.environ | {"VOLBOARD_INSTANCE": str(folder), "VOLBOARD_HTTPS": "0"}


if __name__ == "__main__":
    main()

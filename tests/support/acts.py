"""Which command writes what: held against the table of acts while all other tests run.

A command is what opens the outermost `transaction()`. Where a test makes one write to minutes,
names, power or proofs, it has to stand in `volboard.oversight.acts`, for what it touches.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

import volboard
from volboard.oversight.acts import ACTS, Touch

HOME = Path(volboard.__file__).parent
WRITE = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?(?:\s+SET\s+(.*?)\sWHERE)?', re.S
)
WATCHED: Mapping[str, tuple[Touch, str]] = {
    "hour_entries": (Touch.MINUTES, ""),
    "make_ups": (Touch.MINUTES, ""),
    "unconfirmed": (Touch.MINUTES, ""),
    "presence_witnesses": (Touch.MINUTES, ""),
    "sightings": (Touch.MINUTES, ""),
    "attendance_log": (Touch.MINUTES, ""),
    "worth_rules": (Touch.MINUTES, ""),
    "certificates": (Touch.PROOFS, ""),
    "seal_keys": (Touch.PROOFS, ""),
    "name_changes": (Touch.NAMES, ""),
    "name_requests": (Touch.NAMES, ""),
    "household_proposals": (Touch.NAMES, ""),
    "volunteers": (Touch.NAMES, r"\bname="),
    "memberships": (Touch.POWER, ""),
    "power_codes": (Touch.POWER, ""),
    "power_log": (Touch.POWER, ""),
    "desk_codes": (Touch.POWER, ""),
    "accounts": (Touch.POWER, r"\b(is_admin|password_hash)="),
}
"""The tables, and which columns of an UPDATE count; empty: every write does."""


def touched(statement: str) -> Touch | None:
    """What a statement writes to of that which the table of acts is about."""
    found = WRITE.match(statement)
    touch, columns = WATCHED.get(found[1], (None, "")) if found else (None, "")
    if not (found and touch and columns):
        return touch
    if found[2] is None:
        return None if touch is Touch.POWER else touch
    return touch if re.search(columns, found[2]) else None


@cache
def commands() -> frozenset[tuple[str, str]]:
    """Every function that opens a transaction: its module and its name."""
    return frozenset(
        (module_of(path), function.name)
        for path in HOME.rglob("*.py") if "migrations" not in path.parts
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and any(map(opens, ast.walk(function)))
    )  # fmt: skip


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(HOME.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def opens(node: ast.AST) -> bool:
    if not isinstance(node, ast.With):
        return False
    calls = (item.context_expr for item in node.items)
    return any(isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
               and one.func.id == "transaction" for one in calls)  # fmt: skip


def frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)
    while frame:
        yield frame
        frame = frame.f_back


def command() -> str:
    """The outermost command that is running; empty where a test writes by itself."""
    running = [(str(frame.f_globals.get("__name__")), frame.f_code.co_name) for frame in frames()]
    outermost = next((one for one in reversed(running) if one in commands()), None)
    return ".".join(outermost) if outermost else ""


def is_listed(name: str, touch: Touch) -> bool:
    act = ACTS.get(name)
    return act is not None and touch in act.touches


def watch() -> None:
    """Fail whatever test makes a command write to what it is not listed for."""

    @event.listens_for(Engine, "before_cursor_execute")
    def hold(_c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, _many: Any) -> None:
        touch = touched(statement)
        if touch is None:
            return
        name = command()
        if name and not name.startswith("volboard.demo.") and not is_listed(name, touch):
            raise AssertionError(
                f"{name} writes to {touch} and is not in volboard/oversight/acts.py for it: say"
                " there who has to agree, and try it alone in tests/acts."
            )

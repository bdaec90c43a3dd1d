"""Whatever touches minutes, names, power or proofs stands in one table, and says whom it needs."""

import ast
import importlib
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from scripts.acts import PAGE, page
from tests.attendance.gate_of_river import a_gate, at
from tests.support import acts
from tests.support.cast import MAI, OLGA, OTTO
from tests.support.town import NOON, viewer_of
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.hours.commands import correct
from volboard.oversight.acts import ACTS, Touch

TESTS = Path(__file__).parent.parent


def test_every_act_is_a_command() -> None:
    for name in ACTS:
        module, _dot, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function)), name
        assert (module, function) in acts.commands(), f"{name} opens no transaction"


@pytest.mark.parametrize("tried", sorted({act.tried for act in ACTS.values()}))
def test_every_act_is_tried_alone(tried: str) -> None:
    path, _colons, function = tried.partition("::")
    written = ast.parse((TESTS / path).read_text())
    assert function in {node.name for node in written.body if isinstance(node, ast.FunctionDef)}


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text() == page(), "run scripts/acts.py"


@pytest.mark.parametrize(
    ("statement", "touch"),
    [
        ("INSERT INTO hour_entries (id) VALUES (?)", Touch.MINUTES),
        ("DELETE FROM presence_witnesses WHERE id = ?", Touch.MINUTES),
        ("UPDATE volunteers SET name=?, folded=?, initials=? WHERE id = ?", Touch.NAMES),
        ("UPDATE volunteers SET removed_at=? WHERE id = ?", None),
        ("UPDATE accounts SET password_hash=? WHERE id = ?", Touch.POWER),
        ("UPDATE accounts SET language=? WHERE id = ?", None),
        ("INSERT INTO accounts (phone) VALUES (?)", None),
        ("INSERT INTO certificates (id) VALUES (?)", Touch.PROOFS),
        ("SELECT hour_entries.id FROM hour_entries", None),
    ],
)
def test_a_write_is_known_by_its_table(statement: str, touch: Touch | None) -> None:
    assert acts.touched(statement) is touch


def test_a_command_that_is_not_listed_fails_whoever_runs_it(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = a_gate(inside, MAI)
    with at(0):
        check_in(shift, MAI.id, viewer_of(OLGA), "gate", "test")
    with at(130):
        close_shift(shift, viewer_of(OLGA))
    short = {name: act for name, act in ACTS.items() if not name.endswith(".correct")}
    monkeypatch.setattr(acts, "ACTS", short)
    with pytest.raises(AssertionError, match="is not in volboard/oversight/acts"):
        correct(1, NOON, NOON + timedelta(hours=1), "早走", viewer_of(OTTO))

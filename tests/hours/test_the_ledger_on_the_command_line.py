"""`volboard ledger`: verify and seal, as a timer and a sceptic call them."""

from flask import Flask

from tests.attendance.gate_of_river import at
from tests.hours.late import LATER, OTTOS, closed_without, olga_asks
from tests.support.cast import OTTO
from tests.support.town import viewer_of
from volboard.cli import main
from volboard.core.db import db, sqlite_module
from volboard.hours.make_ups import approve


def told(app: Flask, *words: str) -> tuple[int, str]:
    """Status and words of a command."""
    with app.app_context():
        db.session.remove()
    answer = app.test_cli_runner().invoke(main, ["ledger", *words])
    return answer.exit_code, answer.output


def one_line(app: Flask) -> None:
    shift = closed_without(app)
    with app.app_context():
        number = olga_asks(shift)
        with at(LATER):
            approve(number, viewer_of(OTTO), OTTOS)


def test_an_honest_ledger_is_sealed_and_verified(app: Flask) -> None:
    assert told(app, "verify") == (0, "账是好的：0 条，0 天封存。最后的封存值：还没有\n")
    one_line(app)
    with at(LATER * 2):
        status, words = told(app, "seal")
        assert (status, told(app, "seal")) == (0, (0, "没有要封存的。\n"))
    assert words.startswith("2027-06-10 封存好了：1 条，")
    head = words.split("，")[-1].strip()
    assert told(app, "verify", "--against", head)[0] == 0
    assert told(app, "verify", "--against", head[:16].upper())[0] == 0
    status, words = told(app, "verify", "--against", "0" * 64)
    assert (status, words) == (1, f"封存值不在账里，{'0' * 64}\n")
    assert told(app, "verify", "--against", "xyz")[0] == 1
    assert told(app, "verify", "--against", head[:15])[0] == 1


def test_a_line_for_each_fault_and_status_one(app: Flask) -> None:
    one_line(app)
    with app.app_context():
        path = db.engine.url.database
        db.engine.dispose()
    touched = sqlite_module().connect(str(path))
    touched.execute("DROP TRIGGER hour_entries_append_only_update")
    touched.execute("UPDATE hour_entries SET minutes = 89, night_minutes = x'ff'")
    touched.execute("UPDATE entry_reasons SET words = '别的'")
    touched.commit()
    touched.close()
    status, words = told(app, "verify")
    assert status == 1
    assert sorted(words.splitlines()) == [
        "第 1 条，志愿者 1，原因改过",
        "第 1 条，志愿者 1，改过",
    ]

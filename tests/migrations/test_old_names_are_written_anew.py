"""Names as people typed them before one form was kept, after the upgrade."""

import flask_migrate
from flask import Flask
from sqlalchemy import text

from tests.conftest import both_engines
from tests.support.cast import BAO, MAI
from volboard.accounts.name_queries import names_of
from volboard.accounts.queries import household, person_named
from volboard.core import clock
from volboard.core.db import db, transaction

pytestmark = both_engines
WRITE = text(
    "INSERT INTO volunteers (account_id, name, initials, is_self, relation, code, created_at,"
    " removed_at) VALUES (:account, :name, 'x', false, '', :code, :at, :gone)"
)
READ = text("SELECT name, folded, initials, readings FROM volunteers ORDER BY id")


def written_before(*people: tuple[int, str, bool]) -> None:
    """Rows as the release before wrote them: account, name, whether they were removed."""
    flask_migrate.downgrade(revision="0017")
    with transaction():
        for number, (account, name, is_gone) in enumerate(people):
            now = clock.now()
            row = {"account": account, "name": name, "code": f"old-{number}", "at": now}
            db.session.execute(WRITE, row | {"gone": now if is_gone else None})
    flask_migrate.upgrade()


def test_a_padded_name_is_found_again_under_its_own(inside: Flask) -> None:
    written_before((MAI.id, "曾　小燕", False))
    found = person_named(MAI.id, "曾小燕")
    assert found is not None
    assert found.name == "曾小燕"
    assert names_of(found.volunteer_id) == (), "a tidied name is the same name"
    row = db.session.execute(READ).all()[-1]
    assert (row.folded, row.initials) == ("曾小燕", "zxy cxy")
    assert " zengxiaoyan " in row.readings


def test_who_stood_twice_in_a_household_stays_two_and_a_third_does_not_come(inside: Flask) -> None:
    written_before((MAI.id, "李 四", False), (MAI.id, "李四", False), (BAO.id, "李四", False),
                   (MAI.id, "李四", True))  # fmt: skip
    assert [one.name for one in household(MAI.id)][1:] == ["李四", "李四"]
    folded = [row.folded for row in db.session.execute(READ)][-4:]
    assert folded[0] == folded[2] == folded[3] == "李四"
    assert folded[1].startswith("李四 ")
    assert person_named(MAI.id, "李　四") is not None


def test_whose_name_was_taken_away_stays_nobody(inside: Flask) -> None:
    written_before((MAI.id, "已注销", True))
    row = db.session.execute(READ).all()[-1]
    assert tuple(row) == ("已注销", "已注销", "", "")

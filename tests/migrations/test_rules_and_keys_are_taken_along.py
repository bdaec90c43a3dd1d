"""What a community had decided, and the proofs that the site had sealed, after the upgrade."""

from datetime import date, timedelta

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text

from tests.certificates.service import LATER, a_service, proof_of, stored, without_guard
from tests.conftest import both_engines
from tests.support.cast import MAI, OLGA, RAIL, RIVER
from tests.support.keys import SITE_KEY
from tests.support.town import viewer_of
from tests.support.worth import hold_worth
from volboard.certificates import keys
from volboard.certificates.queries import check
from volboard.certificates.rules import seal, seal_key
from volboard.certificates.verdicts import Verdict
from volboard.communities.models import WorthRule
from volboard.communities.rule_queries import community_rules
from volboard.communities.rules import FOUNDING, Worth
from volboard.communities.worth_commands import propose
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.devices import Phone

pytestmark = both_engines
WIDE = Worth(night_percent=100, night_from=360, night_to=359)


def revision_before() -> str:
    config = current_app.extensions["migrate"].migrate.get_config()
    return str(ScriptDirectory.from_config(config).get_revision("0017").down_revision)


def test_what_was_decided_holds_since_ever_and_a_wide_night_is_cut(inside: Flask) -> None:
    flask_migrate.downgrade(revision=revision_before())
    with transaction():
        db.session.execute(text("UPDATE communities SET night_percent = 100, night_from = 360,"
                                " night_to = 359 WHERE id = 1"))  # fmt: skip
    with clock.standing_at(LATER):
        flask_migrate.upgrade()
        rules = community_rules(RIVER)
        assert rules.worth == rules.worth_on(date(2001, 1, 1)) == WIDE
    with clock.standing_at(LATER + timedelta(days=1)):
        assert community_rules(RIVER).worth == Worth(100, 360, 1080)
        propose(RIVER, FOUNDING, viewer_of(OLGA), Phone("a", ""))
    assert community_rules(RAIL).dated == ()
    assert [row.state for row in db.session.query(WorthRule).order_by(WorthRule.id)] == [
        "founding", "lowered", "lowered",
    ]  # fmt: skip


def test_going_down_brings_back_what_holds_today(inside: Flask) -> None:
    hold_worth(night_percent=40)
    hold_worth(night_percent=60, since=date(2999, 1, 1))
    flask_migrate.downgrade(revision=revision_before())
    found = db.session.execute(text("SELECT night_percent FROM communities ORDER BY id")).all()
    assert [row[0] for row in found] == [40, 0]
    db.session.rollback()
    flask_migrate.upgrade()
    assert community_rules(RIVER).worth.night_percent == 40


@pytest.mark.parametrize("settled", [True, False])
def test_proofs_of_the_site_s_secret_stand_after_the_upgrade(inside: Flask, settled: bool) -> None:
    a_service(MAI)
    number = proof_of()
    flask_migrate.downgrade(revision=revision_before())
    row = db.session.execute(text("SELECT number, code, facts FROM certificates")).one()
    without_guard("UPDATE certificates SET seal = :seal", seal=seal(seal_key(SITE_KEY), *row))
    db.session.rollback()
    flask_migrate.upgrade()
    if settled:
        keys.settle()
    assert check(stored(number).code).verdict == Verdict.GENUINE

"""Names are masked for everybody, unless their owner agreed to be shown, and for as long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, RIVER, Person
from tests.support.town import viewer_of
from volboard.accounts.commands import give_consent, withdraw_consent
from volboard.accounts.rules import ConsentKind
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.hours.models import StarAward
from volboard.teams.commands import TeamDraft, create_team, join_team
from volboard.teams.models import Team
from volboard.teams.rules import TeamKind

As = Callable[[Person], Visitor]


@pytest.fixture
def known(app: Flask) -> None:
    """Mai reached a star, and leads a team."""
    with app.app_context():
        team = create_team(RIVER, TeamDraft("看护队", TeamKind.RESIDENT, "看护"), viewer_of(OLGA))
        join_team(team, viewer_of(MAI))
        now = clock.now()
        with transaction():
            db.session.get_one(Team, team).leader_id = MAI.id
            db.session.add(StarAward(volunteer_id=MAI.id, community_id=RIVER, stars=1, hours=100,
                                     reached_at=now, final_at=now + timedelta(days=7)))  # fmt: skip


@pytest.mark.parametrize("path", ["/stars", "/teams", "/teams/1"])
def test_a_name_is_shown_while_its_owner_agrees(
    app: Flask, visitor: Visitor, known: None, path: str
) -> None:
    def shows() -> bool:
        page = visitor.open(path)
        assert (MAI.name in page.whole_text) != ("麦*芳" in page.whole_text)
        return MAI.name in page.whole_text

    assert not shows()
    with app.app_context():
        give_consent(MAI.id, ConsentKind.HAND_OVER, MAI.id)
    assert not shows(), "another consent is not this one"
    with app.app_context():
        give_consent(MAI.id, ConsentKind.PUBLIC_NAME, MAI.id)
    assert shows()
    with app.app_context():
        withdraw_consent(MAI.id, ConsentKind.PUBLIC_NAME, MAI.id)
    assert not shows()

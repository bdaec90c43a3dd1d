"""Ten thousand generated requests to the front cache, five hundred a round."""

from flask import Flask

from tests.drills.rush import ROUNDS
from tests.home.front_rounds import Town

A_ROUND = 500


def test_ten_thousand_requests_are_answered_as_by_the_page_made_anew(app: Flask) -> None:
    town = Town(app, seed=2027)
    different, tagged = town.play(A_ROUND * ROUNDS)
    assert different == []
    assert tagged > A_ROUND * ROUNDS / 4
    assert town.shelf()
    assert town.shows_somebody() == []

"""A place makes somebody at home in a community if they took it themself; an organizer who
signs a stranger up gains no power over the stranger's account."""

from flask import Flask

from tests.conftest import both_engines
from tests.support.cast import MAI, OLGA, RAIL, RIVER, TIAN
from tests.support.town import a_shift, an_event, viewer_of
from volboard.accounts.queries import account_by_phone
from volboard.communities.queries import homes
from volboard.signups.commands import sign_up
from volboard.signups.desk import sign_up_at_desk


@both_engines
def test_who_signs_up_elsewhere_is_at_home_there_too(inside: Flask) -> None:
    sign_up(MAI.id, a_shift(an_event(RAIL)), MAI.id)
    assert homes(MAI.id) == {RIVER, RAIL}


@both_engines
def test_an_organizer_cannot_make_a_resident_of_another_community_their_own(inside: Flask) -> None:
    shift = a_shift(an_event(RAIL))
    sign_up_at_desk(MAI.name, MAI.phone, shift, viewer_of(TIAN))
    assert homes(MAI.id) == {RIVER}


@both_engines
def test_somebody_new_is_at_home_where_the_desk_signed_them_up(inside: Flask) -> None:
    sign_up_at_desk("王大妈", "13912345678", a_shift(), viewer_of(OLGA))
    made = account_by_phone("13912345678")
    assert made is not None
    assert homes(made.id) == {RIVER}

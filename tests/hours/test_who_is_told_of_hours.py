"""What waits is told to the organizers, what became of it to the people; never to who acts."""

import pytest
from flask import Flask

from tests.attendance.gate_of_river import at
from tests.hours.late import LATER, OLGAS, OTTOS, closed_without, olga_asks
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.outbox import told, words_to
from tests.support.town import viewer_of
from volboard.communities.commands import grant
from volboard.core.db import db
from volboard.hours.dispute_commands import answer_dispute, open_dispute
from volboard.hours.make_ups import approve, refuse, withdraw
from volboard.messages.models import Message

WHERE = "端午包粽子·包粽子，6 月 9 日 星期三 12:00–14:00"


def of_everybody() -> dict[str, list[str]]:
    people = (MAI, BAO, OLGA, OTTO, TIAN, ADA)
    return {person.name: told(person) for person in people if told(person)}


def test_a_dispute_waits_for_the_organizers_and_its_answer_goes_home(
    inside: Flask, two_credits: None
) -> None:
    with at(LATER):
        opened = open_dispute(1, "wrong_time", "我十点就到了", viewer_of(MAI))
        open_dispute(1, "wrong_time", "我十点就到了", viewer_of(MAI))
        assert of_everybody() == {OLGA.name: ["dispute_waits"], OTTO.name: ["dispute_waits"]}
        assert words_to(OTTO) == [f"有人说一条时长记得不对，等您看：{WHERE}。"]
        answer_dispute(opened, "门口的人看过了", viewer_of(OTTO))
        answer_dispute(opened, "门口的人看过了", viewer_of(OTTO))
        assert of_everybody() == {MAI.name: ["dispute_answered"]}
        assert words_to(MAI) == [f"您问的那条时长有答复了：{WHERE}。"]


def test_an_organizer_who_disputes_a_line_of_theirs_is_not_told(
    inside: Flask, two_credits: None
) -> None:
    grant(MAI.id, RIVER, None)
    with at(LATER):
        open_dispute(1, "wrong_time", "我十点就到了", viewer_of(MAI))
    assert told(MAI) == []


def test_a_make_up_waits_for_the_others_and_its_end_is_told_twice(app: Flask) -> None:
    shift = closed_without(app)
    with app.app_context(), at(LATER):
        asked = olga_asks(shift)
        assert of_everybody() == {OTTO.name: ["approval_waits"]}
        approve(asked, viewer_of(OTTO), OTTOS)
        assert of_everybody() == {MAI.name: ["approval_decided"], OLGA.name: ["approval_decided"]}
        assert words_to(MAI) == words_to(OLGA) == [f"补录的时长有结果了：{WHERE}，批准了。"]
        paths = dict(db.session.query(Message.account_id, Message.path).all())
    assert paths == {OTTO.id: f"/organize/make-ups/{asked}", MAI.id: "/me/hours",
                     OLGA.id: f"/organize/make-ups/{asked}"}  # fmt: skip


@pytest.mark.parametrize("by", [OTTO, OLGA])
def test_a_refused_one_is_told_and_one_taken_back_is_not(app: Flask, by: Person) -> None:
    shift = closed_without(app)
    with app.app_context(), at(LATER):
        asked = olga_asks(shift)
        if by is OTTO:
            refuse(asked, "门口没有人看见", viewer_of(OTTO), OTTOS)
            assert words_to(OLGA) == [f"补录的时长有结果了：{WHERE}，没有批准。"]
        else:
            withdraw(asked, viewer_of(OLGA), OLGAS)
            assert of_everybody() == {}

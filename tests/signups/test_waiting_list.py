"""The queue: in order, seen by its people, promoted in the same moment, free to leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text, update

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, seats, viewer_of
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.events.drafts import ShiftDraft
from volboard.events.queries import get_managed_shift
from volboard.signups import places
from volboard.signups.changes import change_shift
from volboard.signups.commands import cancel, seat_out_of_turn, sign_up
from volboard.signups.errors import NeedsReason, NotOpen, NotWaiting
from volboard.signups.models import Signup
from volboard.signups.roster_queries import roster
from volboard.signups.rules import place_for

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]


def names(shift: int) -> list[tuple[str, int]]:
    """Who has a place, with their turn."""
    managed = get_managed_shift(shift, viewer_of(OLGA))
    return [(row.name, row.number) for row in roster(managed).rows]


def queue_up(shift: int, *people: Person) -> list[int]:
    return [sign_up(person.id, shift, person.id).signup_id for person in people]


def with_seats(capacity: int) -> ShiftDraft:
    return ShiftDraft("包粽子", "service", NOON, NOON + timedelta(hours=2), capacity)


def test_everybody_sees_their_own_turn_move_up(on_phone: OnPhone, shift_of: Shift) -> None:
    shift_of(capacity=1)
    mai, bao, otto = (on_phone(person) for person in (MAI, BAO, OTTO))
    first = mai.open("/events/1").press("报名", within="main")
    assert bao.open("/events/1").press("排候补").text(".person .seal") == "候补 第 1 位"
    last = otto.open("/events/1").press("满了，排候补", htmx=True)
    assert last.text(".seal") == "候补 第 2 位"
    assert last.text("#notices p").startswith("已满，先排候补第 2 位。")
    assert last.text(".seats__words") == "已满，候补 2 人"
    gone = first.press("确定不去", htmx=True)
    assert gone.text("#notices p") == "取消了：6 月 9 日 12:00，包粽子。"
    assert bao.open("/events/1").text(".person .seal") == "已报名"
    assert otto.open("/events/1").text(".person .seal") == "候补 第 1 位"


def test_somebody_who_leaves_the_queue_lets_the_others_move_up(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(capacity=1)
    with app.app_context():
        queue_up(shift, MAI, BAO, OTTO)
    page = on_phone(BAO).open("/events/1").press("确定不排")
    assert page.form("满了，排候补")
    with app.app_context():
        assert names(shift) == [("麦小芳", 0), ("奥志明", 1)]


def test_more_seats_go_to_the_queue_in_turn(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    queue_up(shift, MAI, BAO, OTTO, TIAN)
    change_shift(shift, with_seats(3), viewer_of(OLGA))
    assert names(shift) == [("麦小芳", 0), ("鲍国强", 0), ("奥志明", 0), ("田铁生", 1)]
    assert seats(shift) == (3, 1)


@both_engines
def test_the_queue_moves_up_in_turn_however_the_rows_lie(app: Flask, engine: str) -> None:
    """PostgreSQL writes a changed row behind the others, and reads them as they lie."""
    with app.app_context():
        shift = a_shift(capacity=1)
        _mai, bao, *_others = queue_up(shift, MAI, BAO, OTTO, TIAN)
        with transaction():
            db.session.execute(update(Signup).where(Signup.id == bao).values(request_key="x"))
        with transaction():
            for plan in ("indexscan", "bitmapscan") if engine == "postgres" else ():
                db.session.execute(text(f"SET LOCAL enable_{plan} = off"))
            change_shift(shift, with_seats(3), viewer_of(OLGA))
        assert [number for _name, number in names(shift)] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("capacity", "seated", "waiting", "state"),
    [(2, 1, 0, "seated"), (2, 2, 0, "waiting"), (2, 1, 1, "waiting"), (1, 0, 0, "seated")],
)
def test_a_seat_is_for_the_queue_first(
    capacity: int, seated: int, waiting: int, state: str
) -> None:
    assert place_for(capacity, seated, waiting) == state


def test_who_comes_later_does_not_slip_in_front_of_the_queue(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    first, _bao = queue_up(shift, MAI, BAO)
    cancel(first, viewer_of(MAI))
    assert sign_up(MAI.id, shift, MAI.id).number == 1


def test_if_promoting_fails_nobody_has_given_anything_back(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = a_shift(capacity=1)
    first, _bao = queue_up(shift, MAI, BAO)

    def stumble(shift_id: int, by: int | None) -> None:
        raise RuntimeError

    monkeypatch.setattr(places, "promote", stumble)
    with pytest.raises(RuntimeError):
        cancel(first, viewer_of(MAI))
    assert names(shift) == [("麦小芳", 0), ("鲍国强", 1)]


def test_nobody_is_seated_in_what_is_over(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    first, _bao = queue_up(shift, MAI, BAO)
    with clock.standing_at(NOON + timedelta(hours=3)):
        cancel(first, viewer_of(OLGA), "已经结束")
        assert seats(shift) == (0, 1)


def test_a_jump_needs_a_reason_and_keeps_it(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    _mai, _bao, third = queue_up(shift, MAI, BAO, OTTO)
    with pytest.raises(NeedsReason):
        seat_out_of_turn(third, "  ", viewer_of(OLGA))
    seat_out_of_turn(third, "带队的人", viewer_of(OLGA))
    rows = roster(get_managed_shift(shift, viewer_of(OLGA))).rows
    assert [(r.name, r.number, r.jump_reason) for r in rows] == [
        ("麦小芳", 0, None), ("奥志明", 0, "带队的人"), ("鲍国强", 1, None),
    ]  # fmt: skip
    assert seats(shift) == (2, 1)


def test_a_jump_of_somebody_who_left_meanwhile_changes_nothing(inside: Flask) -> None:
    shift = a_shift(capacity=1)
    _mai, second = queue_up(shift, MAI, BAO)
    cancel(second, viewer_of(BAO))
    with pytest.raises(NotWaiting):
        seat_out_of_turn(second, "带队的人", viewer_of(OLGA))
    assert seats(shift) == (1, 0)


def test_nobody_jumps_once_the_gate_is_closed(inside: Flask) -> None:
    shift = a_shift(capacity=1, closed_at=NOON)
    with pytest.raises(NotOpen):
        sign_up(MAI.id, shift, MAI.id)

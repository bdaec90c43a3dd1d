"""An organizer changes a shift, calls it off, or cancels the event: people's places move."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, OTTO, TIAN, Person
from tests.support.town import NOON, a_shift, an_event, seats, viewer_of
from volboard.core import clock
from volboard.core.errors import NotFound
from volboard.events.drafts import ShiftDraft
from volboard.events.errors import AlreadyOver, BadShift
from volboard.events.queries import changes
from volboard.signups.changes import call_off_shift, cancel_event, change_shift
from volboard.signups.commands import sign_up
from volboard.signups.errors import CalledOff, HasBegun, Overlaps

OnPhone = Callable[[Person], Visitor]
Shift = Callable[..., int]


def draft(start: timedelta = timedelta(), **columns: object) -> ShiftDraft:
    facts: dict[str, object] = {"title": "包粽子", "kind": "service", "starts_at": NOON + start,
             "ends_at": NOON + start + timedelta(hours=2), "capacity": 2}  # fmt: skip
    return ShiftDraft(**(facts | columns))  # type: ignore[arg-type]


def test_raising_the_capacity_seats_the_queue_on_the_page(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(capacity=1)
    with app.app_context():
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
    page = on_phone(OLGA).open("/organize/events/1").press("保存岗位", htmx=True, capacity="2")
    assert page.status == 200
    assert page.text(".seats__words") == "已满，可以候补"
    assert "改好了" in page.text(f"#shift-{shift}")
    assert on_phone(BAO).open("/events/1").text(".person .seal") == "已报名"


def test_fewer_seats_than_people_is_said_at_the_field(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(capacity=3)
    with app.app_context():
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
    olga = on_phone(OLGA)
    for htmx in (True, False):
        page = olga.open("/organize/events/1")
        page = page.press("保存岗位", htmx=htmx, capacity="1", title="包大粽子")
        assert page.status == 422
        assert page.text(f"#s{shift}-capacity-error") == "已经有 2 人报上名，名额不能比这少。"
        title = page.soup.select_one(f"#s{shift}-title")
        assert title is not None
        assert title["value"] == "包大粽子"
        assert page.soup.select(f"#shift-{shift} > div > details[open]")
    with app.app_context():
        assert seats(shift) == (2, 0)


def test_moving_a_shift_tells_the_people(on_phone: OnPhone, shift_of: Shift, app: Flask) -> None:
    shift = shift_of()
    with app.app_context():
        sign_up(MAI.id, shift, MAI.id)
    page = on_phone(OLGA).open("/organize/events/1").press("保存岗位", start="13:00", end="15:00")
    assert (page.status, page.url) == (200, "/organize/events/1")
    assert "12:00–14:00 改为" in on_phone(MAI).open("/events/1").whole_text


def test_moving_onto_another_shift_of_somebody_names_them_masked(inside: Flask) -> None:
    first = a_shift()
    second = a_shift(starts_at=NOON + timedelta(hours=4))
    for shift in (first, second):
        sign_up(MAI.id, shift, MAI.id)
    with pytest.raises(Overlaps, match=r"麦\*芳"):
        change_shift(first, draft(timedelta(hours=3)), viewer_of(OLGA))
    change_shift(first, draft(timedelta(hours=2)), viewer_of(OLGA))


def test_what_has_begun_keeps_its_time_and_nothing_moves_into_the_past(inside: Flask) -> None:
    shift = a_shift(starts_at=NOON)
    with pytest.raises(AlreadyOver):
        change_shift(shift, draft(timedelta(days=-9)), viewer_of(OLGA))
    with clock.standing_at(NOON - timedelta(minutes=1)), pytest.raises(AlreadyOver):
        change_shift(shift, draft(timedelta(minutes=-90)), viewer_of(OLGA))
    with pytest.raises(BadShift):
        change_shift(shift, draft(minimum=3), viewer_of(OLGA))
    with clock.standing_at(NOON):
        with pytest.raises(HasBegun):
            change_shift(shift, draft(timedelta(hours=1)), viewer_of(OLGA))
        change_shift(shift, draft(capacity=9), viewer_of(OLGA))


def test_calling_a_shift_off_ends_every_place_with_the_reason(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of(capacity=1)
    with app.app_context():
        for person in (MAI, BAO):
            sign_up(person.id, shift, person.id)
    page = on_phone(OLGA).open("/organize/events/1").press("确定停办", reason="下大雨")
    assert (page.status, page.url) == (200, "/organize/events/1")
    told = on_phone(BAO).open("/events/1")
    assert "“包粽子”取消：下大雨" in told.whole_text
    assert told.text(f"#shift-{shift} .shift__message") == "这个时段取消了"
    assert not told.soup.select(f"#shift-{shift} form")
    with app.app_context():
        assert seats(shift) == (0, 0)
        with pytest.raises(CalledOff):
            sign_up(MAI.id, shift, MAI.id)
        call_off_shift(shift, "又下雨", viewer_of(OLGA))
        assert len(changes(1)) == 1


@pytest.mark.parametrize(
    ("button", "title"),
    [("确定停办", "停办“包粽子”"), ("确定取消活动", "取消“端午包粽子”")],
)
def test_a_missing_reason_is_asked_for_again(
    on_phone: OnPhone, shift_of: Shift, button: str, title: str
) -> None:
    shift_of()
    page = on_phone(OLGA).open("/organize/events/1").press(button, reason=" \u3000 ")
    assert page.status == 422
    assert page.text("h1") == title
    assert "请写明原因" in page.text("#reason-error")
    again = page.press(button, reason="长" * 201)
    assert again.status == 422
    typed = again.soup.select_one("#reason")
    assert typed is not None
    assert typed["value"] == "长" * 201
    assert again.press(button, reason="下大雨").url == "/organize/events/1"


def test_cancelling_the_event_ends_every_place_and_keeps_the_page(inside: Flask) -> None:
    event = an_event()
    first = a_shift(event)
    second = a_shift(event, starts_at=NOON + timedelta(hours=2))
    for shift in (first, second):
        sign_up(MAI.id, shift, MAI.id)
    for reason in ("台风", "又一次"):
        cancel_event(event, reason, viewer_of(OLGA))
    assert seats(first) == seats(second) == (0, 0)
    assert [change.sentence for change in changes(event)] == ["活动取消：台风"]
    with pytest.raises(CalledOff):
        sign_up(BAO.id, first, BAO.id)


def test_an_event_of_which_a_part_has_begun_is_not_cancelled(inside: Flask) -> None:
    event = an_event()
    first = a_shift(event)
    second = a_shift(event, starts_at=NOON + timedelta(hours=4))
    sign_up(MAI.id, second, MAI.id)
    with clock.standing_at(NOON + timedelta(minutes=1)), pytest.raises(HasBegun):
        cancel_event(event, "台风", viewer_of(OLGA))
    assert seats(first) == (0, 0)
    assert seats(second) == (1, 0)


def test_a_draft_is_not_cancelled_in_public(inside: Flask) -> None:
    with pytest.raises(NotFound):
        cancel_event(an_event(state="draft"), "不办了", viewer_of(OLGA))


def test_the_power_ends_at_the_border_of_the_community(
    app: Flask, on_phone: OnPhone, shift_of: Shift
) -> None:
    shift = shift_of()
    for person in (TIAN, MAI):
        stranger = on_phone(person)
        token = stranger.open("/events/1").soup.select_one("[name=csrf_token]")
        assert token is not None
        data: dict[str, object] = {
            "csrf_token": token["value"], "reason": "x", "name": "王", "phone": "13912345678",
            "community_id": "1",
        }  # fmt: skip
        with app.app_context():
            place = sign_up(OTTO.id, shift, OTTO.id)
        for url in (
            f"/organize/shifts/{shift}", f"/organize/shifts/{shift}/call-off",
            "/organize/events/1/cancel", f"/organize/shifts/{shift}/people",
            *(f"/organize/signups/{place.signup_id}/{what}" for what in ("free", "seat", "phone")),
        ):  # fmt: skip
            there, nowhere = stranger.post(url, data), stranger.post(url.replace("1", "77"), data)
            assert (there.status, nowhere.status) == (404, 404), url
            assert there.text("main") == nowhere.text("main"), url
        for page in ("roster", "sheet"):
            assert stranger.open(f"/organize/shifts/{shift}/{page}").status == 404
    with app.app_context():
        assert seats(shift) == (1, 0)

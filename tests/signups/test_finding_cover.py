"""An organizer finds people for a shift, asks them, and they answer with one tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from tests.conftest import both_engines
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, LONG_AGO, MAI, OLGA, OTTO, RAIL, RIVER, TIAN, Person
from tests.support.crowd import a_crowd
from tests.support.statements import counted
from tests.support.town import NOON, a_shift, an_event, seats, viewer_of
from volboard.accounts.commands import add_family, remove_family
from volboard.accounts.models import Volunteer
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.communities.models import Pause, Residency
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.errors import NotFound
from volboard.events.models import Shift
from volboard.events.queries import get_managed_shift
from volboard.messages.models import Message
from volboard.messages.rules import Kind
from volboard.signups.changes import call_off_shift
from volboard.signups.commands import cancel, sign_up
from volboard.signups.cover import accept, ask_first_few, ask_these, decline
from volboard.signups.cover_queries import candidates
from volboard.signups.cover_rules import fitting
from volboard.signups.errors import AtTheGate, NobodyChosen, NobodyLeft, Overlaps, Paused
from volboard.signups.models import CoverAsk

OnPhone = Callable[[Person], Visitor]
COVER = "/organize/shifts/1/cover"


def who_could_come(shift: int = 1) -> list[int]:
    """In order, without Ada, who lives here too and is always free."""
    found = candidates(get_managed_shift(shift, viewer_of(OLGA))).people
    return [one.volunteer_id for one in found if one.volunteer_id != ADA.id]


def write(volunteer: int, **columns: object) -> None:
    with transaction():
        db.session.execute(update(Volunteer).where(Volunteer.id == volunteer).values(**columns))


def serve(person: Person, days_ago: int, title: str = "包粽子") -> None:
    """The person serves two hours in such a post, that many days before the event."""
    start = NOON - timedelta(days=days_ago)
    with clock.standing_at(start - timedelta(days=1)):
        shift = a_shift(title=title, starts_at=start, minutes=60)
        sign_up(person.id, shift, person.id)
    with clock.standing_at(start):
        check_in(shift, person.id, viewer_of(OLGA if person != OLGA else OTTO), "gate", "test")
    with clock.standing_at(start + timedelta(hours=1)):
        close_shift(shift, viewer_of(OTTO if person != OTTO else OLGA))


@pytest.mark.parametrize(
    ("wanted", "skills", "fits"),
    [
        ("会写毛笔字", "毛笔字, 做饭", ("毛笔字",)),
        ("毛笔", "写毛笔字", ("写毛笔字",)),
        ("会电工、会开车", "开车，唱歌", ("开车",)),
        ("急救", "做饭", ()),
        ("", "做饭", ()),
        ("急救", "", ()),
        ("CPR", "cpr", ("cpr",)),
    ],
)
def test_a_skill_fits_where_one_word_says_the_other(
    wanted: str, skills: str, fits: tuple[str, ...]
) -> None:
    assert fitting(wanted, skills) == fits


@both_engines
def test_only_who_is_free_and_lives_here_is_on_the_list(inside: Flask) -> None:
    shift = a_shift(capacity=3)
    mother = add_family(MAI.id, "陈桂香", "妈妈")
    child, gone = add_family(BAO.id, "鲍小宝", "儿子"), add_family(BAO.id, "鲍大山", "爸爸")
    write(child, age_band="child")
    remove_family(BAO.id, gone)
    sign_up(MAI.id, shift, MAI.id)
    sign_up(OLGA.id, a_shift(starts_at=NOON + timedelta(hours=1)), OLGA.id)
    assert who_could_come(shift) == [BAO.id, OTTO.id, mother]
    with transaction():
        db.session.add(Pause(volunteer_id=BAO.id, community_id=RIVER, until=NOON))
    ask_these(shift, [OTTO.id], viewer_of(OLGA))
    assert who_could_come(shift) == [mother]


def test_a_post_for_adults_asks_no_teenager(inside: Flask) -> None:
    shift = a_shift(ages="adults")
    write(MAI.id, age_band="teen")
    assert MAI.id not in who_could_come(shift)
    with transaction():
        db.session.execute(update(Shift).values(ages="any"))
    assert MAI.id in who_could_come(shift)


def test_who_gave_the_place_back_is_not_asked_for_it(inside: Flask) -> None:
    shift = a_shift()
    cancel(sign_up(MAI.id, shift, MAI.id).signup_id, viewer_of(MAI))
    assert MAI.id not in who_could_come(shift)


@both_engines
def test_who_can_do_it_comes_first_then_whoever_was_asked_longest_ago(inside: Flask) -> None:
    shift = a_shift(skill="会写毛笔字")
    write(OTTO.id, skills="做饭，毛笔字")
    serve(BAO, 30)
    other = a_shift(starts_at=NOON + timedelta(days=3))
    ask_these(other, [OTTO.id], viewer_of(OLGA))
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        ask_these(other, [MAI.id], viewer_of(OLGA))
    assert who_could_come(shift) == [BAO.id, OTTO.id, OLGA.id, MAI.id]


def test_of_those_never_asked_who_served_least_comes_first(inside: Flask) -> None:
    shift = a_shift()
    serve(MAI, 20, "看门")
    serve(BAO, 100, "看门")
    assert who_could_come(shift) == [BAO.id, OLGA.id, OTTO.id, MAI.id]


def test_the_page_masks_names_and_says_why_somebody_stands_there(
    app: Flask, on_phone: OnPhone
) -> None:
    with app.app_context():
        a_shift(skill="会写毛笔字")
        write(MAI.id, skills="毛笔字，唱歌")
        serve(BAO, 360)
    page = on_phone(OLGA).open(COVER)
    people = dict(zip(page.texts(".person__name"), page.texts(".person__note"), strict=True))
    assert people["麦*芳"] == "会毛笔字 · 还没请过 · 近 90 天没来过"
    assert people["鲍*强"] == "去年做过“包粽子” · 还没请过 · 近 90 天没来过"
    assert MAI.name not in page.whole_text
    assert "唱歌" not in page.whole_text


@both_engines
def test_the_first_five_are_asked_by_one_press_and_once(
    app: Flask, on_phone: OnPhone, engine: str
) -> None:
    with app.app_context():
        a_shift(capacity=9)
        for person in a_crowd(12):
            with transaction():
                db.session.add(Residency(account_id=person, community_id=RIVER, since=LONG_AGO))
    page = on_phone(OLGA).open(COVER).press("请前 5 位")
    assert page.text("#notices") == "请了 5 个人，等他们回。"
    assert len(page.texts("section[aria-labelledby=asked-title] .person")) == 5
    page.press("请前 5 位")
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.kind == Kind.COVER)).all()
        asks = db.session.scalars(select(CoverAsk)).all()
        assert len(told) == len(asks) == 10
        assert {m.path for m in told} == {f"/asks/{ask.id}" for ask in asks}


def test_those_who_are_ticked_are_asked_and_an_empty_form_is_told_so(
    app: Flask, on_phone: OnPhone
) -> None:
    with app.app_context():
        a_shift()
    olga = on_phone(OLGA)
    page = olga.open(COVER)
    nobody = page.press("请勾上的人")
    assert nobody.status == 422
    assert "还没有选人" in nobody.text("main")
    data = {"csrf_token": page.form("请勾上的人").select_one("[name=csrf_token]")["value"]}  # type: ignore[index]
    for _twice in range(2):
        olga.post(COVER, data | {"volunteer": [str(MAI.id), str(TIAN.id), "x", "٣", "9" * 5000]})
    with app.app_context():
        assert [a.volunteer_id for a in db.session.scalars(select(CoverAsk))] == [MAI.id]


def test_a_yes_takes_a_seat_and_a_second_tap_answers_with_the_first(
    app: Flask, on_phone: OnPhone
) -> None:
    with app.app_context():
        shift = a_shift(capacity=1)
        ask_these(shift, [MAI.id, BAO.id], viewer_of(OLGA))
        asks = {a.volunteer_id: a.id for a in db.session.scalars(select(CoverAsk))}
    mai, bao = on_phone(MAI), on_phone(BAO)
    first = mai.open(f"/asks/{asks[MAI.id]}")
    assert first.text("h1") == "想请您帮个忙"
    assert "您说了来" in first.press("来", within="main").text(".notice")
    assert "您说了来" in first.press("来不了").text(".notice")
    page = bao.open(f"/asks/{asks[BAO.id]}")
    assert "先排候补" in page.text("main")
    page.press("来", within="main")
    with app.app_context():
        assert seats(shift) == (1, 1)
    page = on_phone(OLGA).open(COVER)
    assert [note.split(" · ")[0] for note in page.texts(".person__note")[:2]] == ["来", "来"]


def test_a_no_is_shown_to_the_organizer_and_takes_no_seat(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        shift = a_shift()
        ask_these(shift, [MAI.id], viewer_of(OLGA))
    page = on_phone(MAI).open("/asks/1").press("来不了")
    assert "下回再请您" in page.text(".notice")
    assert on_phone(OLGA).open(COVER).texts(".person__note")[0].startswith("来不了")
    with app.app_context():
        assert seats(shift) == (0, 0)
        assert accept(1, viewer_of(MAI)) == "no"
        assert seats(shift) == (0, 0)


def test_what_refuses_a_signup_refuses_a_yes_and_leaves_the_question_open(inside: Flask) -> None:
    shift = a_shift()
    ask_these(shift, [MAI.id, BAO.id], viewer_of(OLGA))
    sign_up(MAI.id, a_shift(), MAI.id)
    with pytest.raises(Overlaps):
        accept(1, viewer_of(MAI))
    with transaction():
        db.session.add(Pause(volunteer_id=BAO.id, community_id=RIVER, until=NOON))
    with pytest.raises(Paused):
        accept(2, viewer_of(BAO))
    assert [a.answer for a in db.session.scalars(select(CoverAsk))] == ["", ""]
    assert seats(shift) == (0, 0)


def test_a_question_belongs_to_its_household(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        shift = a_shift()
        mother = add_family(MAI.id, "陈桂香", "妈妈")
        ask_these(shift, [mother], viewer_of(OLGA))
        for say in (accept, decline):
            with pytest.raises(NotFound):
                say(1, viewer_of(BAO))
    assert on_phone(MAI).open("/asks/1").text("h1") == "想请妈妈帮个忙"
    for stranger in (BAO, OLGA):
        assert on_phone(stranger).open("/asks/1").status == 404


def test_another_community_s_people_and_shifts_are_not_there(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        shift = a_shift(an_event(community=RAIL))
        for ask in (ask_first_few, lambda shift, by: ask_these(shift, [BAO.id], by)):
            with pytest.raises(NotFound):
                ask(shift, viewer_of(OLGA))
            with pytest.raises(NotFound):
                ask(shift, viewer_of(MAI))
        with pytest.raises(NobodyChosen):
            ask_these(shift, [BAO.id], viewer_of(TIAN))
        assert ask_first_few(shift, viewer_of(TIAN)) == 1
        with pytest.raises(NobodyLeft):
            ask_first_few(shift, viewer_of(TIAN))
        call_off_shift(shift, "下雨", viewer_of(TIAN))
        with pytest.raises(NotFound):
            ask_first_few(shift, viewer_of(OLGA))
    assert on_phone(OLGA).open(COVER).status == 404


def test_nobody_is_asked_once_it_has_begun(app: Flask, on_phone: OnPhone) -> None:
    with app.app_context():
        shift = a_shift()
        with clock.standing_at(NOON), pytest.raises(AtTheGate):
            ask_first_few(shift, viewer_of(OLGA))
    with clock.standing_at(NOON):
        page = on_phone(OLGA).open(COVER)
        assert not page.soup.select("main form")


def test_the_list_takes_the_same_statements_for_five_and_for_many(
    app: Flask, on_phone: OnPhone
) -> None:
    with app.app_context():
        a_shift(skill="毛笔字")
    olga = on_phone(OLGA)
    olga.open(COVER)
    with counted(app) as few:
        olga.open(COVER)
    with app.app_context():
        people = a_crowd(60)
        with transaction():
            db.session.execute(insert(Residency), [
                {"account_id": one, "community_id": RIVER, "since": LONG_AGO} for one in people
            ])  # fmt: skip
    with counted(app) as many:
        page = olga.open(COVER)
    assert len(page.texts(".person__name")) == 20
    assert len(page.follow("下一页").texts(".person__name")) == 20
    assert len(few) == len(many) == 5

"""Somebody signed in looks at what lies ahead of the household."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from tests.home.planting import MORNING, planting
from tests.support.browser import Page, Visitor
from tests.support.cast import BAO, MAI, OLGA, RIVER
from tests.support.town import NOON, a_shift, an_event, viewer_of
from volboard.accounts.commands import add_family
from volboard.accounts.models import Volunteer
from volboard.attendance.shown_codes import shown_now
from volboard.core import clock
from volboard.core.db import db
from volboard.events.commands import EventDraft, change_event
from volboard.signups.commands import sign_up

SignedIn = Callable[..., Visitor]


def look(visitor: Visitor, url: str = "/me") -> Page:
    with clock.standing_at(MORNING):
        return visitor.open(url)


def a_mother(account: int) -> int:
    return add_family(account, "陈桂香", "妈妈")


def test_a_visitor_is_asked_to_sign_in_and_comes_back(visitor: Visitor) -> None:
    for url in ("/me", "/me/code"):
        page = visitor.open(url)
        assert page.url.startswith("/sign-in?next=/me")


def test_an_empty_page_invites(as_: SignedIn) -> None:
    page = look(as_(MAI))
    assert "还没有报名" in page.text(".empty")
    assert page.soup.select_one('a[href="/me/family"]')
    with clock.standing_at(MORNING):
        assert page.follow("看看活动").url == "/"


def test_seals_the_queue_and_what_changed_are_told(app: Flask, as_: SignedIn) -> None:
    with planting(app), clock.standing_at(MORNING):
        event = an_event(title="满的")
        full = a_shift(event, capacity=1)
        sign_up(BAO.id, full, BAO.id)
        sign_up(MAI.id, full, MAI.id)
        change_event(event, EventDraft(RIVER, "满的", "二楼", NOON.date()), viewer_of(OLGA))
    page = look(as_(MAI))
    assert page.text(".shift .seal") == "候补 第 1 位"
    assert "满的有改动：地点由“社区活动室”改为“二楼”" in page.text(".people .person__note")
    assert look(as_(BAO)).text(".shift .seal") == "已报名"


def test_a_place_is_given_back_from_here(app: Flask, as_: SignedIn) -> None:
    with planting(app), clock.standing_at(MORNING):
        sign_up(MAI.id, a_shift(), MAI.id)
    with clock.standing_at(MORNING):
        mai = as_(MAI)
        page = mai.open("/me")
        assert "我不去了" in page.text(".confirm summary")
        page.press("确定不去")
        assert "还没有报名" in mai.open("/me").whole_text


def test_the_family_s_places_and_codes_are_here_too(app: Flask, as_: SignedIn) -> None:
    with planting(app), clock.standing_at(MORNING):
        mother = a_mother(MAI.id)
        sign_up(mother, a_shift(), MAI.id)
    page = look(as_(MAI))
    assert page.text(".shift .chip") == "妈妈"
    assert "妈妈不去了" in page.text(".confirm summary")
    assert "陈桂香 妈妈 报了 1 个" in page.text(".people .person")
    code = page.soup.select_one(f'a[href="/me/code?person={mother}"]')
    assert code


def test_the_code_is_this_person_s_address_as_a_picture(app: Flask, as_: SignedIn) -> None:
    with planting(app):
        mother = a_mother(MAI.id)
        code = db.session.scalar(select(Volunteer.code).where(Volunteer.id == mother))
    mai = as_(MAI)
    with clock.standing_at(NOON):
        own, hers = mai.open("/me/code"), mai.open(f"/me/code?person={mother}")
        with app.app_context():
            shown = f"?shown={shown_now(MAI.id)}"
    assert own.text(".code-sheet").endswith(MAI.name)
    assert hers.text(".code-sheet").endswith("陈桂香")
    assert code
    assert drawn(own, f"http://localhost/codes/code-{MAI.id}{shown}")
    assert drawn(hers, f"http://localhost/codes/{code}{shown}")
    assert not drawn(hers, f"http://localhost/codes/code-{MAI.id}{shown}")


def drawn(page: Page, address: str) -> bool:
    """Whether the page's QR code says this address."""
    from volboard.core.qr import code

    with page.visitor.client.application.test_request_context():
        path = str(code(address)).split(' d="')[-1].split('"')[0]
    return page.soup.select(".code-sheet svg path")[-1]["d"] == path


def test_a_stranger_s_code_is_not_shown(as_: SignedIn) -> None:
    page = as_(MAI).open(f"/me/code?person={BAO.id}")
    assert page.text(".code-sheet").endswith(MAI.name)
    assert BAO.name not in page.whole_text

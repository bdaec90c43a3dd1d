"""A photo, a forwarded link, a forged code, another household's form: none lets anybody in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.attendance.gate_of_river import a_gate, at
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, PASSWORD, RIVER, TIAN, Person
from tests.support.town import NOON, a_shift, an_event
from tests.venue.at_the_door import (
    SECRET,
    family_of,
    on_screen,
    scan,
    sent,
    stored,
    token_of,
    who_came,
)
from volboard.accounts.queries import account
from volboard.communities.commands import grant, revoke
from volboard.core import clock
from volboard.core.db import db
from volboard.venue.tokens import Screen, Sheet, Ticket, sign

As = Callable[[Person], Visitor]


@pytest.mark.parametrize(
    ("seconds", "is_fresh"),
    [(0, True), (59, True), (59.9, True), (60, False), (61, False), (3600, False), (-5, False)],
)
def test_a_photo_of_the_screen_is_worthless_a_minute_later(
    app: Flask, as_: As, seconds: float, is_fresh: bool
) -> None:
    shift = a_gate(app)
    with at(0):
        photo = on_screen(shift)
    with clock.standing_at(NOON + timedelta(seconds=seconds)):
        page = as_(MAI).open(photo)
    assert page.status == (200 if is_fresh else 409)
    assert ("这个码过期了，请扫屏幕上现在的码" in page.text("main")) is not is_fresh


def test_slow_fingers_have_ten_minutes(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(as_(MAI), shift)
    with clock.standing_at(NOON + timedelta(minutes=10)):
        late = page.press("签到")
        assert (late.status, "十分钟" in late.text("main")) == (409, True)
        assert page.visitor.open(page.url).status == 409
    assert stored(app) == (0, 0, 0)
    with clock.standing_at(NOON + timedelta(minutes=9, seconds=58)):
        assert page.press("签到").text(".seal") == "已签到 12:09"


def test_a_visitor_signs_in_and_comes_back_to_the_same_page(app: Flask, visitor: Visitor) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(visitor, shift)
        assert "请到签到台" in page.text("main")
        assert not page.soup.select("main form")
    with at(3):
        form = page.follow("登录，接着签到")
        back = form.press("登录", within="main", phone=MAI.phone, password=PASSWORD)
        assert back.press("麦小芳 签到").text(".seal") == "已签到 12:03"
    assert who_came(app) == [(MAI.id, "present", "venue", OLGA.id)]


def test_a_forwarded_link_is_of_no_use(app: Flask, as_: As, visitor: Visitor) -> None:
    shift = a_gate(app)
    with at(0):
        mine = scan(as_(MAI), shift)
        unsigned = scan(visitor, shift)
        for link in (mine.url, unsigned.url):
            page = as_(BAO).open(link)
            assert page.status == 409
            assert "别的手机" in page.text("main")
    assert stored(app) == (0, 0, 0)


def test_a_forwarded_form_is_of_no_use(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        ticket = scan(as_(MAI), shift).url.rsplit("/", 1)[1]
        bao = as_(BAO)
        own = sent(scan(bao, shift))
        for stolen in (ticket, "", "x", ticket[:-1], own["ticket"][:20] + ticket[20:]):
            answer = bao.post("/arrive/check-in", own | {"ticket": stolen})
            assert answer.status in (404, 409), stolen
        assert stored(app) == (0, 0, 0)
        assert bao.post("/arrive/check-in", dict(own)).status == 200
    assert who_came(app) == [(BAO.id, "present", "venue", OLGA.id)]


def test_a_ticket_is_for_one_account_and_one_phone(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(as_(MAI), shift)
        other_phone = Visitor(app).sign_in(MAI.phone, PASSWORD)
        assert other_phone.open(page.url).status == 409
        page.visitor.open("/me").press("退出登录")
        same_phone = page.visitor.sign_in(BAO.phone, PASSWORD)
        assert same_phone.open(page.url).status == 409


def test_nobody_presses_for_another_household(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        form = sent(scan(as_(BAO), shift))
        bao = as_(BAO)
        form = sent(scan(bao, shift))
        for people in ([str(MAI.id)], [str(BAO.id), str(MAI.id)], [], ["x"], ["0"], ["-1"],
                       ["9" * 12], ["９"], ["1"] * 21, [str(TIAN.id)], ["777"]):  # fmt: skip
            answer = bao.post("/arrive/check-in", form | {"volunteer": people})
            assert answer.status == 404, people
    assert stored(app) == (0, 0, 0)


def test_the_organizers_own_household_cannot_use_their_screen(app: Flask, as_: As) -> None:
    shift = a_gate(app, MAI, OLGA)
    mother = family_of(app, OLGA, "欧母", seats=shift)[0]
    with at(0):
        olga = as_(OLGA)
        page = scan(olga, shift)
        assert "另一位组织者" in page.text(".notice")
        assert not page.soup.select('form[action^="/arrive"]')
        ticket, token = page.url.rsplit("/", 1)[1], token_of(olga)
        for verb in ("check-in", "check-out", "come-back"):
            form = {"ticket": ticket, "volunteer": [str(mother)], "csrf_token": token}
            answer = olga.post(f"/arrive/{verb}", dict(form))
            assert answer.status == 409
            assert "不能给自己或家人签到" in answer.text("main")
        assert stored(app) == (0, 0, 0)
        assert scan(olga, shift, by=OTTO).press("全家 2 人一起签到").status == 200
    assert {row[3] for row in who_came(app)} == {OTTO.id}


def test_scanning_makes_no_number_a_real_one(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context():
        db.session.execute(db.text(f"UPDATE accounts SET verified_at=NULL WHERE id={MAI.id}"))
        db.session.commit()
    with at(0):
        scan(as_(MAI), shift).press("签到")
    with app.app_context():
        found = account(MAI.id)
        assert found is not None
        assert found.verified_at is None


def test_a_phone_that_makes_codes_up_is_slowed_down(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        mai, url = as_(MAI), on_screen(shift)
        assert {mai.client.get(url).status_code for _try in range(70)} == {303}
        statuses = [mai.client.get(f"{url}{n}").status_code for n in range(61)]
    assert statuses == [404] * 60 + [429]
    with at(0):
        assert as_(BAO).client.get(url).status_code == 303, "the neighbour behind the same address"


@pytest.mark.parametrize("path", ["/arrive/{}", "/arrive/with/{}", "/arrive/paper/{}"])
def test_what_the_site_did_not_sign_for_this_is_unreadable(app: Flask, as_: As, path: str) -> None:
    shift = a_gate(app)
    with at(0):
        right = {kind: sign(SECRET, said) for kind, said in said_of(shift).items()}
        forged = [sign("another key", said) for said in said_of(shift).values()]
        own = {"/arrive/{}": "screen", "/arrive/with/{}": "ticket", "/arrive/paper/{}": "sheet"}
        token = right.pop(own[path])
        elsewhere = sign(SECRET, Screen(shift + 1, OLGA.id))
        spliced = elsewhere.split(".")[0] + "." + token.split(".", 1)[1]
        mai = as_(MAI)
        for wrong in (*right.values(), *forged, token[:-1], token[1:], token + "A", spliced,
                      token.swapcase(), "x", ".", "..", "WzFd", "🙂", "%00", "%ff", "a" * 401,
                      "a" * 5000, "' OR 1=1 --", token.replace(".", "%2e", 1) + "x"):  # fmt: skip
            page = mai.open(path.format(wrong))
            assert page.status == 404, wrong
            assert not page.soup.select('form[action^="/arrive"]')
        assert mai.open(path.format(token)).status in (200, 409)
    assert stored(app) == (0, 0, 0)


def test_a_true_code_for_no_shift_or_by_no_organizer_opens_nothing(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with app.app_context():
        draft = a_shift(an_event(title="草稿", state="draft"), starts_at=NOON)
    with at(0):
        for said in (Screen(999, OLGA.id), Screen(draft, OLGA.id), Screen(shift, BAO.id),
                     Screen(shift, TIAN.id), Screen(shift, 999)):  # fmt: skip
            assert as_(MAI).open(f"/arrive/{sign(SECRET, said)}").status == 404
        assert as_(MAI).open(f"/arrive/paper/{sign(SECRET, Sheet(draft))}").status == 404


def test_the_code_of_somebody_who_organizes_no_more_is_void(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(as_(MAI), shift)
        with app.app_context():
            revoke(OLGA.id, RIVER, ADA.id)
        assert page.press("签到").status == 404
        assert page.visitor.open(page.url).status == 404
    assert stored(app) == (0, 0, 0)


def test_nobody_leaves_or_comes_back_by_a_void_code(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(as_(MAI), shift).press("签到")
        out = page.press("我走了")
        with app.app_context():
            revoke(OLGA.id, RIVER, ADA.id)
        assert out.press("我回来了").status == 404
        assert who_came(app)[0][1] == "left"
        with app.app_context():
            grant(OLGA.id, RIVER, ADA.id)
        out.press("我回来了")
        with app.app_context():
            revoke(OLGA.id, RIVER, ADA.id)
        assert page.press("我走了").status == 404
    assert who_came(app) == [(MAI.id, "present", "venue", OLGA.id)]


def test_a_press_needs_the_sites_own_form(app: Flask, as_: As) -> None:
    shift = a_gate(app)
    with at(0):
        page = scan(as_(MAI), shift)
        form = sent(page) | {"csrf_token": ""}
        assert page.visitor.post("/arrive/check-in", form).status == 400
        foreign = page.visitor.client.post(
            "/arrive/check-in", data=sent(page), headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert foreign.status_code == 403
    assert stored(app) == (0, 0, 0)


def said_of(shift: int) -> dict[str, Screen | Ticket | Sheet]:
    """What each kind of code would say of this shift."""
    return {"screen": Screen(shift, OLGA.id), "sheet": Sheet(shift),
            "ticket": Ticket(shift, OLGA.id, MAI.id, "0" * 24)}  # fmt: skip

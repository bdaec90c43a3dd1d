"""What happens to a proof after it was issued: corrections, forgeries, and taking it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.certificates.service import LATER, a_make_up, a_service, proof_of, stored, without_guard
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, OTTO, TIAN, Person
from tests.support.statements import counted
from tests.support.town import viewer_of
from volboard.core import clock
from volboard.core.db import db
from volboard.hours.commands import correct
from volboard.hours.models import HourEntry

As = Callable[[Person], Visitor]


@pytest.fixture(autouse=True)
def served(app: Flask) -> None:
    """Mai served twice, and has an hour that was entered afterwards."""
    with app.app_context():
        a_service(MAI, title="端午包粽子", place="社区一楼活动室")
        a_service(MAI, days=3, minutes=50)
        a_make_up(MAI)


def test_a_later_correction_is_told_to_the_holder_only(app: Flask, as_: As) -> None:
    with app.app_context():
        number = proof_of()
        code = stored(number).code
    assert "之后记录有更正" not in as_(MAI).open(f"/certificates/{number}").whole_text
    with app.app_context(), clock.standing_at(LATER + timedelta(days=1)):
        entry = db.session.query(HourEntry).order_by(HourEntry.id).first()
        assert entry is not None
        correct(entry.id, entry.served_from, entry.served_from + timedelta(minutes=20), "走得早",
                viewer_of(OTTO))  # fmt: skip
    page = as_(MAI).open(f"/certificates/{number}")
    assert "之后记录有更正" in page.text(".notice")
    assert "3 小时 50 分" in page.text(".proof__words")
    stranger = Visitor(app).open(f"/verify/{code}")
    assert "更正" not in stranger.whole_text
    assert "3 小时 50 分" in stranger.text(".facts")


def test_what_is_not_what_was_sealed_is_not_shown(app: Flask, as_: As) -> None:
    with app.app_context():
        number = proof_of()
        without_guard("UPDATE certificates SET minutes = 999")
    for kind in ("", ".pdf", ".png"):
        page = as_(MAI).open(f"/certificates/{number}{kind}")
        assert page.status == 409
        assert "不能再用" in page.whole_text


def test_an_organizer_takes_a_proof_back_and_says_why(app: Flask, as_: As) -> None:
    with app.app_context():
        number = proof_of()
        code = stored(number).code
    with clock.standing_at(LATER):
        form = as_(OLGA).open(f"/organize/certificates/{number}/revoke")
        assert "麦*芳" in form.whole_text
        for reason, sentence in (("", "请写明"), ("长" * 201, "太长"), ("a\x00b", "看不见")):
            again = form.press("作废", within="main", reason=reason)
            assert again.status == 422
            assert sentence in again.text("#reason-error")
        page = form.press("作废", within="main", reason="姓名写错了，另开一张")
        assert page.url == f"/certificates/{number}"
        assert form.press("作废", within="main", reason="再来").status == 409
    holder = as_(MAI).open(f"/certificates/{number}")
    assert "姓名写错了" in holder.text(".notice")
    assert "已作废" in holder.text(".proof")
    assert not holder.soup.select('a[href$=".pdf"], img[src$=".png"]')
    assert "姓名写错了" in as_(MAI).open("/me/certificates").text(".people")
    for kind in (".pdf", ".png"):
        refused = as_(MAI).open(f"/certificates/{number}{kind}")
        assert (refused.status, refused.text("h1")) == (409, "已经作废")
    assert Visitor(app).open(f"/verify/{code}").text("h1") == "这张证明已经作废"


def test_a_holder_cannot_take_a_proof_back(app: Flask, as_: As) -> None:
    with app.app_context():
        number = proof_of()
    for person in (MAI, TIAN):
        page = as_(person).open("/me/certificates")
        token = page.soup.select_one("[name=csrf_token]")["value"]  # type: ignore[index]
        url = f"/organize/certificates/{number}/revoke"
        assert page.visitor.post(url, {"csrf_token": token, "reason": "x"}).status == 404
    with app.app_context():
        assert stored(number).revoked_at is None


def test_the_list_turns_its_pages(app: Flask, as_: As) -> None:
    with app.app_context():
        for day in range(32):
            proof_of(moment=LATER + timedelta(days=day))
    first = as_(OLGA).open("/organize/certificates")
    assert len(first.soup.select(".people > li")) == 30
    second = first.follow("下一页")
    assert len(second.soup.select(".people > li")) == 2
    assert as_(TIAN).open("/organize/certificates").soup.select(".people") == []
    for odd in ("x", "-1", "0", "9" * 30, "%00"):
        assert as_(OLGA).open(f"/organize/certificates?page={odd}").status == 200


def test_a_page_takes_as_many_statements_for_many_as_for_one(app: Flask, as_: As) -> None:
    def cost(person: Person, path: str) -> int:
        visitor = as_(person)
        visitor.open(path)
        with counted(app) as statements, clock.standing_at(LATER):
            assert visitor.open(path).status == 200
        return len(statements)

    with app.app_context():
        number = proof_of()
    pages = [(MAI, "/me/certificates"), (OLGA, "/organize/certificates"),
             (MAI, f"/certificates/{number}")]  # fmt: skip
    before = [cost(*page) for page in pages]
    with app.app_context():
        for day in range(1, 9):
            a_service(MAI, days=day + 10)
            number = proof_of(moment=LATER + timedelta(days=day))
    pages[2] = (MAI, f"/certificates/{number}")
    assert [cost(*page) for page in pages] == before

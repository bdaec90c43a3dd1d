"""An organizer sees what was told and how it went, and says what a gateway could not."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.messages.gateway import gateway
from tests.messages.post_office import a_message, delivery, reached_by, state
from tests.support.browser import Visitor
from tests.support.cast import ADA, BAO, MAI, OLGA, RAIL, TIAN, Person
from tests.support.statements import counted
from tests.support.town import NOON
from volboard.core import clock
from volboard.messages import delivering
from volboard.messages.commands import tell_group
from volboard.messages.delivering import deliver
from volboard.messages.resting import Rests
from volboard.messages.rules import Kind

As = Callable[[Person], Visitor]
LIST = "/organize/messages"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(delivering, "rests", Rests())
    with clock.standing_at(NOON):
        yield


def told_through(app: Flask, manner: int | str, person: Person = MAI, **columns: object) -> int:
    """Tell somebody through a gateway of this manner; answers the delivery's id."""
    with gateway(manner) as gate, app.app_context():
        reached_by(app, webhook_url=gate.url)
        one = a_message(person, **columns)  # type: ignore[arg-type]
        deliver(one)
        return one


def state_of(app: Flask, one: int) -> str:
    with app.app_context():
        return state(one)


def test_each_state_is_said_in_words_with_its_reason(app: Flask, as_: As) -> None:
    told_through(app, 200, MAI)
    told_through(app, 500, BAO)
    told_through(app, 400, OLGA)
    told_through(app, 503, ADA)
    lines = as_(OLGA).open(LIST).texts(".person")
    assert len(lines) == 4
    whole = {line.split()[0]: line for line in lines}
    assert "送到了" in whole["麦*芳"]
    assert "说不准" in whole["鲍*强"]
    assert "对方回答 500" in whole["鲍*强"]
    assert "没送成" in whole["欧*兰"]
    assert "再试" in whole["艾*"]
    assert all("端午包粽子" in line and "138****" in line for line in lines)
    assert "13800000001" not in as_(OLGA).open(LIST).whole_text


@pytest.mark.parametrize(
    ("label", "names"), [("还在等", ["艾*"]), ("送到了", ["麦*芳"]), ("没送成", [])]
)
def test_the_list_can_be_asked_for_one_state(
    app: Flask, as_: As, label: str, names: list[str]
) -> None:
    told_through(app, 200, MAI)
    told_through(app, 503, ADA)
    page = as_(OLGA).open(LIST).follow(label)
    assert [line.split()[0] for line in page.texts(".person")] == names


def test_nothing_was_told_yet(as_: As) -> None:
    page = as_(OLGA).open(LIST)
    assert "这里没有消息" in page.whole_text
    assert "没有接短信和邮件" in page.whole_text


def test_nonsense_in_the_address_is_read_as_not_asked(as_: As) -> None:
    for query in ("?state=x&page=0", "?page=-1", "?page=99999999999", "?page=二", "?page=9"):
        assert as_(OLGA).open(LIST + query).status == 200


def test_more_than_a_page_is_turned_over(app: Flask, as_: As) -> None:
    with app.app_context():
        for number in range(31):
            a_message(number=number)
    olga = as_(OLGA)
    with counted(app) as sent:
        page = olga.open(LIST)
    assert len(page.soup.select(".person")) == 30
    assert len(page.follow("下一页").soup.select(".person")) == 1
    assert len(sent) <= 4


def test_an_unsure_one_goes_out_again_only_when_a_person_says(app: Flask, as_: As) -> None:
    one = told_through(app, 500)
    page = as_(OLGA).open(f"{LIST}?state=unsure")
    assert "可能收到两遍" in page.whole_text
    after = page.press("还是再发一次")
    assert "马上再发一次" in after.whole_text
    with gateway() as gate, app.app_context():
        reached_by(app, webhook_url=gate.url)
        assert delivering.due(9) == (one,)
        deliver(one)
        assert (state(one), len(gate.posts)) == ("delivered", 1)


def test_a_failed_one_may_be_known_to_have_arrived(app: Flask, as_: As) -> None:
    one = told_through(app, 400)
    page = as_(OLGA).open(LIST).press("已送到")
    assert "记下了" in page.whole_text
    with app.app_context():
        found = delivery(one)
        assert (found.state, found.ended_by) == ("delivered", OLGA.id)


def test_two_organizers_press_at_once(app: Flask, as_: As) -> None:
    one = told_through(app, 400)
    olga, otto = as_(OLGA).open(LIST), as_(ADA).open(LIST)
    olga.press("已送到")
    assert "已经有结果了" in otto.press("再发一次").whole_text
    assert state_of(app, one) == "delivered"


def test_what_is_over_is_not_sent_again(app: Flask, as_: As) -> None:
    one = told_through(app, 400, expires_at=NOON + HOUR)
    page = as_(OLGA).open(LIST)
    with clock.standing_at(NOON + HOUR):
        assert "已经过去了" in page.press("再发一次").whole_text
        assert "再发一次" not in as_(OLGA).open(LIST).whole_text
    assert state_of(app, one) == "failed"


def test_another_community_sees_and_settles_nothing(app: Flask, as_: As) -> None:
    told_through(app, 400)
    told_through(app, 200, TIAN, community=RAIL)
    tian = as_(TIAN).open(LIST)
    assert len(tian.soup.select(".person")) == 1
    form = as_(OLGA).open(LIST).form("已送到")
    token = tian.soup.select_one('[name="csrf_token"]')
    assert token
    data: dict[str, object] = {"csrf_token": token["value"]}
    assert tian.visitor.post(str(form["action"]), data).status == 404
    assert len(as_(ADA).open(LIST).soup.select(".person")) == 2


def test_a_group_is_named_and_a_message_on_the_page_only_too(app: Flask, as_: As) -> None:
    reached_by(app, robots={"yanhe": "http://127.0.0.1:9/robot"})
    with app.app_context():
        tell_group("g", Kind.CANCELLED, "shift:1", 1, {"活动": "端午"}, "")
        assert a_message(MAI, kind=Kind.INVITED) == 1, "goes out by no way of its own"
    lines = as_(OLGA).open(LIST).texts(".person")
    assert any("居民群" in line and "群里" in line for line in lines)
    assert any("只在网页" in line for line in lines)

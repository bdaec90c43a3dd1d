"""A proof says under which names its minutes were served."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.certificates.service import LATER, a_make_up, code_of_proof, proof_of, stored
from tests.support.browser import Visitor
from tests.support.cast import BAO, MAI, OLGA, Person
from tests.support.known import see
from tests.support.town import NOON, viewer_of
from volboard.accounts.commands import add_family, change_own_name
from volboard.accounts.commands.names import ask_for_name, decide_name
from volboard.certificates.errors import NotSeen
from volboard.certificates.printing import order
from volboard.certificates.queries import find
from volboard.certificates.rules import facts_of
from volboard.core import clock

As = Callable[[Person], Visitor]
SAID = "服务时登记的姓名：麦小芳，2027 年 6 月 20 日改为 买家。"


def rename(name: str, days: float) -> None:
    """Mai asks for another name, and Olga agrees, so many days after the service."""
    with clock.standing_at(NOON + timedelta(days=days)):
        decide_name(ask_for_name(MAI.id, name, "买来的", MAI.id), True, OLGA.id)


@pytest.fixture(autouse=True)
def served(app: Flask) -> None:
    """Mai, whom Olga has seen, has an hour on the day after NOON."""
    with app.app_context():
        see(MAI.id)
        a_make_up(MAI)


def test_renamed_to_a_buyer_the_proof_says_so_everywhere(app: Flask, as_: As) -> None:
    with app.app_context():
        rename("买家", 11)
        number = proof_of(shows_name=True)
        told = str(order(find(number, viewer_of(MAI)), "https://example.org/", "pdf"))
    with clock.standing_at(LATER):
        page = as_(MAI).open(f"/certificates/{number}").text(".proof")
        verdict = as_(BAO).open(f"/verify/{code_of_proof(app, number)}")
    assert SAID in page
    assert "兹证明 买家" in page
    assert SAID in verdict.whole_text
    assert "这张证明是真的" in verdict.whole_text
    assert "'old': '麦小芳', 'new': '买家', 'day': '2027-06-20'" in told


def test_a_stranger_reads_masked_names(app: Flask, as_: As) -> None:
    with app.app_context():
        rename("买家", 11)
        number = proof_of()
    words = as_(BAO).open(f"/verify/{code_of_proof(app, number)}").whole_text
    assert "服务时登记的姓名：麦*芳，2027 年 6 月 20 日改为 买*。" in words
    assert "麦小芳" not in words


def test_renamed_back_both_changes_are_told(app: Flask, as_: As) -> None:
    with app.app_context():
        rename("买家", 11)
        rename("麦小芳", 12)
        number = proof_of()
    words = as_(MAI).open(f"/certificates/{number}").text(".proof")
    assert "麦小芳，2027 年 6 月 20 日改为 买家，2027 年 6 月 21 日改为 麦小芳。" in words


def test_a_change_before_the_first_service_is_nobodys_business(inside: Flask) -> None:
    rename("麦晓芳", -3)
    facts = facts_of(stored(proof_of()).facts)
    assert (facts.name, facts.former) == ("麦晓芳", ())


def test_a_name_that_only_lost_its_spaces_is_not_told(inside: Flask) -> None:
    with clock.standing_at(NOON + timedelta(days=5)):
        change_own_name(MAI.id, "麦 小芳")
    assert facts_of(stored(proof_of()).facts).former == ()


def test_a_proof_of_before_stays_as_it_is(app: Flask, as_: As) -> None:
    """Issued under the old name, in the words of version 1, it verifies as it did."""
    with app.app_context():
        number = proof_of(shows_name=True)
        before = stored(number).facts
        rename("买家", 31)
        assert stored(number).facts == before
    words = as_(BAO).open(f"/verify/{code_of_proof(app, number)}").whole_text
    assert "这张证明是真的" in words
    assert "麦小芳" in words
    assert "买家" not in words


def test_facts_of_version_1_are_read(inside: Flask) -> None:
    facts = facts_of(stored(proof_of()).facts)
    first = facts.text().replace('"former":[],', "").replace('"version":2', '"version":1')
    assert facts_of(first).former == ()
    assert facts_of(first).version == 1


def test_nobody_proves_what_nobody_saw(app: Flask, as_: As) -> None:
    with app.app_context():
        a_make_up(BAO, days=2)
        with pytest.raises(NotSeen):
            proof_of(BAO)
        at_the_desk = proof_of(BAO, by=viewer_of(OLGA))
        assert stored(at_the_desk).minutes == 60
        son = add_family(BAO.id, "鲍小宝", "儿子")
        see(son)
        with pytest.raises(NotSeen):
            proof_of(BAO)
    with clock.standing_at(LATER):
        page = as_(BAO).open("/me/certificates").press("开证明", within="main")
    assert page.status == 422
    assert "还没有组织者见过这位" in page.text("#who-error")
    with app.app_context():
        see(BAO.id)
        assert proof_of(BAO)

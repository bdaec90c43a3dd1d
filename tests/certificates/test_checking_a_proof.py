"""A stranger checks a proof: genuine, revoked or unknown, and no changed figure passes."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.certificates.service import (
    FOREIGN,
    LATER,
    a_service,
    code_of_proof,
    proof_of,
    without_guard,
)
from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA
from tests.support.statements import counted
from tests.support.town import viewer_of
from volboard.certificates.commands import revoke
from volboard.certificates.queries import find
from volboard.core import clock
from volboard.core.security import limiter


def test_a_genuine_proof_tells_a_stranger_five_facts(
    app: Flask, visitor: Visitor, number: str
) -> None:
    page = visitor.open(f"/verify/{code_of_proof(app, number)}")
    assert (page.status, page.text("h1")) == (200, "这张证明是真的")
    assert page.texts("dt") == ["姓名", "出具单位", "服务时间", "合计时长", "编号、日期"]
    assert page.texts("dd") == [
        "麦*芳", "沿河社区", "2027 年 1 月 1 日 – 2027 年 7 月 9 日", "2 小时",
        f"{number} · 2027 年 7 月 9 日",
    ]  # fmt: skip
    for secret in ("麦小芳", "端午包粽子", "社区活动室", "0001", "欧阳兰"):
        assert secret not in page.text("main").replace(number, ""), secret
    assert "按出具之日的记录" in page.whole_text


def test_the_full_name_is_shown_where_the_holder_chose_so(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        a_service(MAI)
        number = proof_of(shows_name=True)
    assert visitor.open(f"/verify/{code_of_proof(app, number)}").texts("dd")[0] == "麦小芳"


def test_a_revoked_proof_says_since_when_and_not_why(
    app: Flask, visitor: Visitor, number: str
) -> None:
    with app.app_context(), clock.standing_at(LATER + timedelta(days=1)):
        revoke(number, "冒名顶替", viewer_of(OLGA))
    page = visitor.open(f"/verify/{code_of_proof(app, number)}")
    assert (page.status, page.text("h1")) == (200, "这张证明已经作废")
    assert "7 月 10 日" in page.text(".notice")
    assert "冒名" not in page.whole_text


def test_what_nobody_has_looks_the_same_whatever_it_is(
    app: Flask, visitor: Visitor, number: str
) -> None:
    real = code_of_proof(app, number)
    with app.app_context():
        without_guard("UPDATE certificates SET facts = replace(facts, '麦小芳', '鲍国强')")
    pages = []
    for asked in (real, FOREIGN, real[:-1], real.upper(), "x", "0" * 500, "%00", "a b", "'--"):
        with counted(app) as statements:
            answer = visitor.client.get(f"/verify/{asked}")
        assert answer.status_code == 200, asked
        assert sum("certificates" in one for one in statements) == 1, asked
        pages.append(re.search(r"<main.*</main>", answer.text, re.DOTALL)[0])  # type: ignore[index]
    assert len(set(pages)) == 1
    assert "没有查到这张证明" in pages[0]


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [("2", "0"), ("2", ""), ("0", "120"), ("1", "60"), ("２", "０"), ("02", "00")],
)
def test_number_and_total_as_printed_lead_to_the_proof(
    app: Flask, visitor: Visitor, number: str, hours: str, minutes: str
) -> None:
    page = visitor.open("/verify").press("查验", within="main", number=number, hours=hours,
                                         minutes=minutes)  # fmt: skip
    assert page.url == f"/verify/{code_of_proof(app, number)}"
    assert page.text("h1") == "这张证明是真的"


@pytest.mark.parametrize(
    ("number_typed", "hours", "minutes"),
    [
        ("{number}", "2", "1"), ("{number}", "12", "0"), ("{number}", "0", ""),
        ("001-2027-000009-27", "2", "0"), ("x", "2", "0"), ("{number}0", "2", "0"),
    ],
)  # fmt: skip
def test_whatever_does_not_fit_gets_the_one_sentence(
    visitor: Visitor, number: str, number_typed: str, hours: str, minutes: str
) -> None:
    typed = number_typed.format(number=number)
    page = visitor.open("/verify").press("查验", within="main", number=typed, hours=hours,
                                         minutes=minutes)  # fmt: skip
    assert page.status == 422
    assert (
        page.text("#number-error") == "没有查到这样一张证明。请照着纸上的编号和合计时长再填一遍。"
    )
    kept = page.soup.select_one("#number")
    assert kept is not None
    assert kept["value"] == typed


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "", "请写证明上的编号"), ("number", "9" * 41, "太长了"),
        ("number", "001\x00", "看不见的符号"), ("hours", "", "不到一小时的填 0"),
        ("hours", "-1", "0 到"), ("hours", "两", "0 到"),
        ("minutes", "9" * 30, "0 到"), ("minutes", "1.5", "0 到"),
    ],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_a_sentence(
    visitor: Visitor, field: str, typed: str, sentence: str
) -> None:
    values: dict[str, Any] = {"number": "001-2027-000001-36", "hours": "2", "minutes": "0"} | {
        field: typed
    }
    page = visitor.open("/verify").press("查验", within="main", **values)
    assert page.status == 422
    assert sentence in page.text(f"#{field}-error")


def test_the_heads_of_the_ledger_are_published(app: Flask, visitor: Visitor) -> None:
    assert "还没有封存过" in visitor.open("/verify").whole_text
    with app.app_context():
        a_service(MAI)
        a_service(MAI, days=3)
        told = find(proof_of(), viewer_of(MAI)).facts
    page = visitor.open("/verify")
    assert told.seal_digest in page.texts("main code")
    assert told.seal_day in page.text("main ol")


def private(answer: TestResponse) -> bool:
    return (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        "no-store", "noindex, nofollow"
    )  # fmt: skip


def test_nobody_keeps_or_finds_these_pages(app: Flask, visitor: Visitor, number: str) -> None:
    for path in ("/verify", f"/verify/{code_of_proof(app, number)}", f"/verify/{FOREIGN}"):
        answer = visitor.client.get(path)
        assert private(answer), path
        assert '<meta name="robots" content="noindex">' in answer.text


def test_the_log_names_nobody(
    app: Flask, visitor: Visitor, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    real = code_of_proof(app, number)
    visitor.open(f"/verify/{real}")
    visitor.open("/verify").press("查验", within="main", number=number, hours="2", minutes="0")
    logged = [line for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert len([line for line in logged if "/verify" in json.loads(line)["route"]]) >= 4
    for line in logged:
        assert not any(word in line for word in (real, number, "麦", MAI.phone)), line


def test_guessing_is_slowed_down(visitor: Visitor, number: str) -> None:
    limiter.reset()
    page = visitor.open("/verify")
    tries = [page.press("查验", within="main", number=number, hours="1", minutes=str(n)).status
             for n in range(13)]  # fmt: skip
    assert tries == [422] * 12 + [429]
    limiter.reset()
    asked = [visitor.client.get(f"/verify/{n:032x}").status_code for n in range(61)]
    assert asked == [200] * 60 + [429]
    limiter.reset()


def test_reading_a_proof_is_no_guess(app: Flask, visitor: Visitor, number: str) -> None:
    limiter.reset()
    real = code_of_proof(app, number)
    assert {visitor.client.get(f"/verify/{real}").status_code for _one in range(70)} == {200}
    for _one in range(13):
        page = visitor.open("/verify").press(
            "查验", within="main", number=number, hours="2", minutes="0"
        )
        assert page.status == 200

"""Bytes that are no text are refused in words, wherever they stand, and nothing is stored."""

import io
import json
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.browser import Visitor
from tests.support.cast import MAI, OLGA, PASSWORD
from tests.support.town import a_shift
from volboard.accounts.queries import account_by_phone
from volboard.core.security import limiter

As = Callable[..., Visitor]
BROKEN = (b"\xcd\xf5", b"\xff\xfe", b"\xed\xa0\x80", b"\xe7\xb2", b"\xc0\xaf")
"""王 in GBK, no letter, half of a pair, half of a sign, a slash written too long."""
PHONE = "13912345678"


def is_refused(answer: TestResponse) -> bool:
    return answer.status_code == 400 and "文字坏了" in answer.text


def percent(raw: bytes) -> str:
    return "".join(f"%{byte:02X}" for byte in raw)


@pytest.mark.parametrize("raw", BROKEN)
def test_in_a_path_and_in_a_query(visitor: Visitor, raw: bytes) -> None:
    client, latin = visitor.client, raw.decode("latin-1")
    for path in (f"/events/{latin}", f"/{latin}", f"/verify/{latin}", f"/feed/{latin}.ics"):
        assert is_refused(client.get("/", environ_overrides={"PATH_INFO": path})), path
    for query in (f"q={latin}", f"q={percent(raw)}", f"{percent(raw)}=1", f"x={percent(raw)}"):
        assert is_refused(client.get("/", environ_overrides={"QUERY_STRING": query})), query


@pytest.mark.parametrize("raw", BROKEN)
def test_in_a_form_and_no_such_word_is_stored(app: Flask, visitor: Visitor, raw: bytes) -> None:
    with app.app_context():
        shift = a_shift()
    page = visitor.open(f"/shifts/{shift}/sign-up")
    token = str(page.form("报名", "main").select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    url, rest = f"/shifts/{shift}/sign-up", f"phone={PHONE}&csrf_token={token}"
    for body in (f"name={percent(raw)}&{rest}", f"{rest}&name=%E7%8E%8B&{percent(raw)}=1"):
        sent = visitor.client.post(url, data=body, content_type="application/x-www-form-urlencoded")
        assert is_refused(sent), body
    sent = visitor.client.post(
        url, data=b"name=" + raw + b"&" + rest.encode(),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert is_refused(sent)
    assert is_refused(visitor.client.post(url, **parts(token, raw)))
    with app.app_context():
        assert account_by_phone(PHONE) is None
    assert page.press("报名", "main", name="王桂芳", phone=PHONE).status == 200


def parts(token: str, raw: bytes, head: bytes = b'name="name"') -> dict[str, object]:
    """A form in parts, with raw bytes as the value of one, or in its heading."""
    fields = {b'name="csrf_token"': token.encode(), b'name="phone"': PHONE.encode(), head: raw}
    body = b"".join(b"--x\r\nContent-Disposition: form-data; " + name + b"\r\n\r\n" + value
                    + b"\r\n" for name, value in fields.items())  # fmt: skip
    return {"data": body + b"--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize("raw", BROKEN)
def test_in_the_name_of_a_file_and_of_a_field(as_: As, raw: bytes) -> None:
    olga = as_(OLGA)
    form = olga.open("/organize/rosters/import").soup.select_one("main form [name=csrf_token]")
    assert form is not None
    for head in (b'name="roster"; filename="' + raw + b'.csv"', b'name="' + raw + b'"'):
        sent = olga.client.post("/organize/rosters/import", **parts(str(form["value"]), b"x", head))
        assert is_refused(sent), head


@pytest.mark.parametrize("raw", BROKEN)
def test_in_json(app: Flask, as_: As, raw: bytes) -> None:
    with app.app_context():
        shift = a_shift()
    olga, url = as_(OLGA), f"/organize/shifts/{shift}/scans"
    token = str(olga.open("/me").soup.select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    headers = {"X-CSRFToken": token}
    whole = json.dumps({"account": OLGA.id, "scans": []}).encode()
    good = olga.client.post(url, data=whole, content_type="application/json", headers=headers)
    assert good.status_code == 200
    body = whole.replace(b"account", b"account" + raw)
    sent = olga.client.post(url, data=body, content_type="application/json", headers=headers)
    assert is_refused(sent)
    for odd in (whole.replace(b"{", b'{"account": 4, '), whole.replace(b"3", b"NaN"),
                whole.decode().encode("utf-16")):  # fmt: skip
        sent = olga.client.post(url, data=odd, content_type="application/json", headers=headers)
        assert sent.status_code in (400, 422), odd


def test_half_a_pair_in_json_costs_that_press_and_not_the_others(app: Flask, as_: As) -> None:
    with app.app_context():
        shift = a_shift()
    olga, url = as_(OLGA), f"/organize/shifts/{shift}/scans"
    token = str(olga.open("/me").soup.select_one("[name=csrf_token]")["value"])  # type: ignore[index]
    press = {"nonce": "nonce-0001", "action": "walk_in", "at": "2027-06-09T12:00:00+08:00",
             "phone": PHONE}  # fmt: skip
    scans = [press | {"name": "王\ud800"}, press | {"name": "王\x00芳", "nonce": "nonce-0002"},
             press | {"name": "\udfff", "nonce": "nonce-0003"}]  # fmt: skip
    sent = olga.client.post(
        url, json={"account": OLGA.id, "scans": scans}, headers={"X-CSRFToken": token}
    )
    assert sent.status_code == 200
    assert sent.json is not None
    assert [one["outcome"] for one in sent.json["results"]] == ["refused"] * 3
    with app.app_context():
        assert account_by_phone(PHONE) is None


def test_in_a_cookie_of_ours_which_the_phone_then_forgets(visitor: Visitor) -> None:
    client = visitor.client.application.test_client(use_cookies=False)
    for name in ("language", "size", "session"):
        sent = client.get("/", headers={"Cookie": f"{name}=\xcd\xf5"})
        assert is_refused(sent)
        assert f"{name}=; Expires=Thu, 01 Jan 1970" in sent.headers["Set-Cookie"]


def test_in_a_cookie_of_another_program_which_is_none_of_our_business(as_: As) -> None:
    mai = as_(MAI)
    cookie = mai.client.get_cookie("session")
    assert cookie is not None
    bare = mai.client.application.test_client(use_cookies=False)
    for raw in BROKEN:
        others = f'x={raw.decode("latin-1")}; session={cookie.value}; y="{raw.decode("latin-1")}'
        answer = bare.get("/me", headers={"Cookie": others})
        assert answer.status_code == 200
        assert MAI.name in answer.text


def test_in_a_header_it_is_read_as_nothing(visitor: Visitor) -> None:
    for name in ("User-Agent", "Referer", "Accept-Language", "Accept-Encoding", "X-Request-ID",
                 "HX-Request", "HX-Target", "If-None-Match", "Range", "Accept"):  # fmt: skip
        for path in ("/", "/sign-in", "/nothing"):
            answer = visitor.client.get(path, headers={name: "\xcd\xf5"})
            assert answer.status_code in (200, 404), name


def test_a_body_of_another_kind_is_no_form(visitor: Visitor) -> None:
    token = visitor.open("/sign-in").form("登录", "main").select_one("[name=csrf_token]")
    assert token is not None
    body = f"phone={MAI.phone}&password={PASSWORD}&csrf_token={token['value']}"
    for kind in ("application/json", "text/plain", "multipart/form-data", "", "x", "\xcd\xf5",
                 "multipart/form-data; boundary=\xff", "application/x-www-form-urlencoded, x",
                 "application/xml", "multipart/form-data; boundary="):  # fmt: skip
        limiter.reset()
        sent = visitor.client.post("/sign-in", data=body, content_type=kind)
        assert sent.status_code == 400, kind
        assert "<h1" in sent.text
    assert visitor.client.post(
        "/sign-in", input_stream=io.BytesIO(body.encode()), content_length=len(body),
        content_type="application/x-www-form-urlencoded; charset=gbk",
    ).status_code == 303  # fmt: skip

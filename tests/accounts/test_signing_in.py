"""A person signs in."""

from flask import Flask

from tests.support.browser import Visitor
from tests.support.cast import MAI, PASSWORD


def test_a_person_signs_in_with_phone_and_password(visitor: Visitor) -> None:
    page = visitor.open("/sign-in?next=/me/account").press("登录", "main", phone=MAI.phone, password=PASSWORD)
    assert page.text("h1") == "我的账号"
    assert "麦小芳" in page.text(".facts")

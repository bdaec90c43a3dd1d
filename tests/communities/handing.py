"""Power that passes from hand to hand: offered by the admin, accepted by its holder."""

from flask import Flask

from tests.support.browser import Page, Visitor
from tests.support.cast import ADA, RAIL, Person
from volboard.communities import commands

FRESH = "a word of the true one 8"


def an_offer(app: Flask, to: Person, community: int = RAIL) -> str:
    """The code of an office that Ada offers."""
    with app.app_context():
        return commands.offer_office(to.phone, community, ADA.id).code


def accept(visitor: Visitor, phone: str, code: str, password: str = FRESH) -> Page:
    """Take an office with a code, as it is done."""
    page = visitor.open("/sign-in").follow("用管理员给的验证码接任")
    return page.press("接任，设新密码并登录", "main", phone=phone, code=code, password=password)

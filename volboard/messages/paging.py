"""Which page of a list the address asks for."""

from flask import request

LAST_PAGE = 999


def page_number() -> int:
    """The `page` of the address, from 1; 1 for whatever no list has."""
    asked = request.args.get("page", "")
    is_number = asked.isascii() and asked.isdecimal() and 0 < int(asked[:9]) <= LAST_PAGE
    return int(asked) if is_number else 1

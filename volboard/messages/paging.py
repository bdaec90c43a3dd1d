"""Which page of a list the address asks for."""

from flask import request

from volboard.core.web import number_in

LAST_PAGE = 999


def page_number() -> int:
    """The `page` of the address, from 1; 1 for whatever no list has."""
    return number_in(request.args.get("page"), LAST_PAGE) or 1

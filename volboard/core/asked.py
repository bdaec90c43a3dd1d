"""What a form asks for by its boxes; views only."""

from flask import request

from volboard.core.web import LAST_ID


def ticked(name: str, most: int) -> frozenset[int]:
    """The ids whose boxes were ticked, `most` of them at most; what is no id is left out."""
    sent = request.form.getlist(name)[:most]
    numbers = (int(one[:11]) for one in sent if one.isascii() and one.isdecimal())
    return frozenset(number for number in numbers if 0 < number <= LAST_ID)

"""What a form asks for by its boxes; views only."""

from flask import request

from volboard.core.web import number_in


def ticked(name: str, most: int) -> frozenset[int]:
    """The ids whose boxes were ticked, `most` of them at most; what is no id is left out."""
    numbers = map(number_in, request.form.getlist(name)[:most])
    return frozenset(number for number in numbers if number)

"""Asking for a reason that was missing, with what was typed still there."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from volboard.core.web import page
from volboard.signups.forms import ReasonForm


@dataclass(frozen=True)
class Question:
    """A press that needs a reason."""

    form: ReasonForm
    title: str
    button: str
    url: str
    back_url: str


def ask_again(form: ReasonForm, title: str, button: str, back_url: str) -> ResponseReturnValue:
    """The same form as a page of its own, with what is to be mended; 422."""
    question = Question(form, title, button, request.path, back_url)
    return page("signups/reason.html", 422, question=question)

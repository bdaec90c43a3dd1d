"""The pages on which a community changes what its messages say."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, number_in, page
from volboard.messages import text_commands as commands
from volboard.messages.blueprint import bp
from volboard.messages.errors import HoldsAddress, StrangeGap
from volboard.messages.text_forms import TextForm
from volboard.messages.text_queries import text, texts

LIST = "/organize/messages/texts"
ONE = "/organize/communities/<id:community_id>/texts/<kind>"


@bp.get(LIST, access=Access.ORGANIZER)
def show_texts() -> ResponseReturnValue:
    """All kinds of messages, as this community says them."""
    asked = number_in(request.args.get("community")) or None
    return page("messages/texts.html", all=texts(asked, viewer()))


@bp.get(ONE, access=Access.ORGANIZER)
def show_text(community_id: int, kind: str) -> ResponseReturnValue:
    _community, one = text(community_id, kind, viewer())
    return text_page(community_id, kind, TextForm.blank(words=one.own or one.default))


@bp.post(ONE, access=Access.ORGANIZER)
def change_text(community_id: int, kind: str) -> ResponseReturnValue:
    """Store the words, or with the other button only show how they read."""
    _community, one = text(community_id, kind, viewer())
    form = TextForm()
    if not form.is_right():
        return text_page(community_id, kind, form, 422)
    try:
        commands.check_text(one.kind, form.text("words"))
        if "look" in request.form:
            return text_page(community_id, kind, form, words=form.text("words"))
        commands.change_text(community_id, one.kind, form.text("words"), viewer())
    except (StrangeGap, HoldsAddress) as refusal:
        form.refuse("words", refusal)
        return text_page(community_id, kind, form, 422)
    flash(_("存好了，以后就这么说。"), "done")
    return go_to(f"{LIST}?community={community_id}")


@bp.post(ONE + "/reset", access=Access.ORGANIZER)
def reset_text(community_id: int, kind: str) -> ResponseReturnValue:
    _community, one = text(community_id, kind, viewer())
    commands.reset_text(community_id, one.kind, viewer())
    flash(_("用回大家的话了。"), "done")
    return go_to(f"{LIST}?community={community_id}")


def text_page(
    community_id: int, kind: str, form: TextForm, status: int = 200, words: str = ""
) -> ResponseReturnValue:
    """The words with their gaps, and how they read; `words` where others were typed."""
    community, one = text(community_id, kind, viewer())
    return page("messages/text.html", status, community=community, text=one, form=form,
                words=words)  # fmt: skip

"""Changing what a community says in its messages."""

from sqlalchemy import delete, select

from volboard.communities.models import Community
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked, transaction
from volboard.core.errors import NotFound
from volboard.core.logs import log
from volboard.messages.errors import HoldsAddress, StrangeGap
from volboard.messages.models import MessageText
from volboard.messages.rules import Kind
from volboard.messages.text_queries import gaps_for
from volboard.messages.text_rules import holds_address, strange_braces
from volboard.messages.wording import default_words


def change_text(community_id: int, kind: Kind, words: str, by: Viewer) -> None:
    """Say it in these words from now on; the default's words again take the own ones away.

    Raises NotFound outside this person's communities, StrangeGap, HoldsAddress.
    """
    check_text(kind, words)
    with transaction():
        db.session.execute(
            locked(select(Community.id).where(Community.id == community_id), of=Community)
        )
        reset_text(community_id, kind, by)
        if words != default_words(kind):
            db.session.add(MessageText(community_id=community_id, kind=kind, words=words,
                                       changed_by=by.id, changed_at=clock.now()))  # fmt: skip
    log.info("message text changed", community=community_id, by=by.id, kind=str(kind))


def check_text(kind: Kind, words: str) -> None:
    """Raise StrangeGap or HoldsAddress where nobody should be told in these words."""
    strange = strange_braces(words, gaps_for(kind))
    if strange:
        raise StrangeGap(strange)
    if holds_address(words):
        raise HoldsAddress


def reset_text(community_id: int, kind: Kind, by: Viewer) -> None:
    """Say it again as everybody does; done twice it changes nothing. Raises NotFound."""
    if not by.manages(community_id):
        raise NotFound
    t = MessageText
    with transaction():
        db.session.execute(delete(t).where(t.community_id == community_id, t.kind == kind))

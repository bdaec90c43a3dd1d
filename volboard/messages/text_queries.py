"""A community's own words for its messages."""

from dataclasses import dataclass

from sqlalchemy import select

from volboard.communities.queries import CommunityFact, communities, community
from volboard.core.access import Viewer
from volboard.core.db import db
from volboard.core.errors import NotFound
from volboard.messages import wording
from volboard.messages.models import MessageText
from volboard.messages.rules import FIXED, Kind
from volboard.messages.text_rules import gaps_of

CHANGEABLE = tuple(kind for kind in Kind if kind not in FIXED)
ABOUT_NO_EVENT = (Kind.LEAVING, Kind.RULE_WAITS, Kind.RULE_DECIDED)
EVERYWHERE = ("活动", "姓名", "电话")
"""Gaps that every message about an event can fill."""


@dataclass(frozen=True)
class Text:
    """The words of one kind of message in one community."""

    kind: Kind
    own: str | None
    """None where the community says it as everybody does."""

    @property
    def title(self) -> str:
        return str(wording.TITLES[self.kind])

    @property
    def default(self) -> str:
        """What is said where a community has no words of its own; Chinese in every language."""
        return wording.default_words(self.kind)

    @property
    def gaps(self) -> tuple[str, ...]:
        return gaps_for(self.kind)

    def preview(self, words: str = "") -> str:
        """How it reads with an example; of other words than those that stand, if any are given."""
        return wording.preview(self.kind, words or self.own)


@dataclass(frozen=True)
class TextPage:
    """All words of one community, and the communities to choose from."""

    community: CommunityFact
    texts: tuple[Text, ...]
    mine: tuple[CommunityFact, ...]


def texts(community_id: int | None, by: Viewer) -> TextPage:
    """The words of this community, or of the first one that this person organizes.

    Two statements. Raises NotFound outside this person's communities.
    """
    mine = tuple(one for one in communities() if by.manages(one.id))
    chosen = next((one for one in mine if community_id in (None, one.id)), None)
    if chosen is None:
        raise NotFound
    t = MessageText
    rows = db.session.execute(select(t.kind, t.words).where(t.community_id == chosen.id))
    own = {row.kind: row.words for row in rows}
    return TextPage(chosen, tuple(Text(kind, own.get(kind)) for kind in CHANGEABLE), mine)


def gaps_for(kind: Kind) -> tuple[str, ...]:
    """The gaps that a message of this kind can fill."""
    if kind in ABOUT_NO_EVENT:
        return gaps_of(wording.default_words(kind))
    return tuple(dict.fromkeys((*gaps_of(wording.default_words(kind)), *EVERYWHERE)))


def text(community_id: int, kind: str, by: Viewer) -> tuple[CommunityFact, Text]:
    """One of them, with its community. Raises NotFound outside this person's communities."""
    if kind not in CHANGEABLE or not by.manages(community_id):
        raise NotFound
    t = MessageText
    own = select(t.words).where(t.community_id == community_id, t.kind == kind)
    return community(community_id), Text(Kind(kind), db.session.scalar(own))

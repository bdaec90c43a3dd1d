"""The public notice of new stars."""

from dataclasses import dataclass
from itertools import groupby

from flask.typing import ResponseReturnValue

from volboard.core.access import Access
from volboard.core.web import page
from volboard.hours import star_wording as wording
from volboard.hours.blueprint import bp
from volboard.hours.star_facts import Notice
from volboard.hours.star_queries import on_notice


@dataclass(frozen=True)
class Posted:
    """What one community has on notice."""

    notices: tuple[Notice, ...]

    @property
    def place(self) -> Notice:
        """Any of them: all name the same community and desk."""
        return self.notices[0]


@bp.get("/stars", access=Access.PUBLIC)
def show_stars() -> ResponseReturnValue:
    by_community = groupby(on_notice(), key=lambda notice: notice.community_id)
    posted = tuple(Posted(tuple(notices)) for _id, notices in by_community)
    return page("hours/stars.html", posted=posted, words=wording)

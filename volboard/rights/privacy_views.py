"""What is kept, why, how long, and who sees it: one plain page (PIPL art. 7, 17)."""

from flask.typing import ResponseReturnValue

from volboard.accounts.rules import NOTICE_VERSION
from volboard.communities.queries import communities
from volboard.core.access import Access
from volboard.core.web import page
from volboard.rights import rules
from volboard.rights.blueprint import bp


@bp.get("/privacy", access=Access.PUBLIC)
def show_privacy() -> ResponseReturnValue:
    return page("rights/privacy.html", version=NOTICE_VERSION, communities=communities(),
                keeps=rules)  # fmt: skip

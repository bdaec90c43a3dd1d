"""What is odd, for those who answer for it: the list, one of it, and saying that it was seen."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.oversight import commands, wording
from volboard.oversight.anomaly_forms import ReviewForm
from volboard.oversight.blueprint import bp
from volboard.oversight.errors import AlreadyReviewed, OwnPresses
from volboard.oversight.queries import Odd, odd, odd_desk
from volboard.oversight.rules import MOST_ROWS

LIST, ONE = "/organize/anomalies", "/organize/anomalies/<id:community_id>/<key>"


@bp.get(LIST, access=Access.ORGANIZER)
def show_anomalies() -> ResponseReturnValue:
    return page("oversight/anomalies.html", desk=odd_desk(viewer()), words=wording)


@bp.get(ONE, access=Access.ORGANIZER)
def show_anomaly(community_id: int, key: str) -> ResponseReturnValue:
    return odd_page(odd(community_id, key, viewer()), ReviewForm.blank())


@bp.post(ONE, access=Access.ORGANIZER)
def review_anomaly(community_id: int, key: str) -> ResponseReturnValue:
    """Keep the words beside it; a refusal stands at the form, which keeps what was typed."""
    found, form = odd(community_id, key, viewer()), ReviewForm()
    if not form.is_right():
        return odd_page(found, form, 422)
    try:
        commands.review(community_id, key, form.text("words"), viewer())
    except (AlreadyReviewed, OwnPresses) as refusal:
        form.form_errors.append(str(refusal))
        return odd_page(odd(community_id, key, viewer()), form, 422)
    flash(_("记下了：看过了。别的组织者也看得到您写的。"), "done")
    return go_to(LIST)


def odd_page(found: Odd, form: ReviewForm, status: int = 200) -> Response:
    """What is odd, its rows, and the form for what was found."""
    return page("oversight/anomaly.html", status, found=found, form=form, words=wording,
                most_rows=MOST_ROWS)  # fmt: skip

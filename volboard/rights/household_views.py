"""Those who gave the household's number at the gate: is it family?"""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.errors import FamilyFull, HadAHand, NameTaken
from volboard.accounts.household_queries import proposed_to
from volboard.core.access import Access, viewer
from volboard.core.web import go_to, page
from volboard.rights import household_commands as commands
from volboard.rights.blueprint import bp
from volboard.signups.households import ANSWER

ONE = f"{ANSWER}/<id:proposal_id>"


@bp.get(ANSWER, access=Access.SIGNED_IN)
def show_household() -> ResponseReturnValue:
    """Who gave this number; their names are masked until the household says yes."""
    return page("rights/household.html", asked=proposed_to(viewer().id))


@bp.post(f"{ONE}/yes", access=Access.SIGNED_IN)
def take_into_household(proposal_id: int) -> ResponseReturnValue:
    try:
        found = commands.answer(proposal_id, True, viewer())
    except (FamilyFull, HadAHand, NameTaken) as refusal:
        flash(str(refusal), "warn")
        return go_to(ANSWER)
    flash(_("记下了，%(name)s 现在在您的家人里，报名和时长都跟过来了。", name=found.name), "done")
    return go_to("/me/family")


@bp.post(f"{ONE}/no", access=Access.SIGNED_IN)
def leave_apart(proposal_id: int) -> ResponseReturnValue:
    commands.answer(proposal_id, False, viewer())
    flash(_("记下了，不是您家的人。这位不会进您的家人里。"), "done")
    return go_to(ANSWER)

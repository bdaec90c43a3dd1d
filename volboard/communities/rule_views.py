"""The page on which a community decides for itself."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities.blueprint import bp
from volboard.communities.queries import CommunityFact, community
from volboard.communities.rule_commands import change_rules
from volboard.communities.rule_forms import RulesForm
from volboard.communities.rule_queries import community_rules
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page

RULES = "/organize/communities/<id:community_id>/rules"


@bp.get(RULES, access=Access.ORGANIZER)
def show_rules(community_id: int) -> ResponseReturnValue:
    found = managed(community_id)
    return rules_page(found, RulesForm.of(community_rules(community_id)))


@bp.post(RULES, access=Access.ORGANIZER)
def change_community_rules(community_id: int) -> ResponseReturnValue:
    found, form = managed(community_id), RulesForm()
    if not form.is_right():
        return rules_page(found, form, 422)
    changed = change_rules(community_id, form.draft(), viewer())
    flash(_("存好了，从现在起照新的来。") if changed else _("和原来一样，没有改动。"), "done")
    return go_to(f"/organize/communities/{community_id}/rules")


def managed(community_id: int) -> CommunityFact:
    """The community within this person's power; raises NotFound."""
    if not viewer().manages(community_id):
        raise NotFound
    return community(community_id)


def rules_page(found: CommunityFact, form: RulesForm, status: int = 200) -> Response:
    """All rules in one form."""
    return page("communities/rules.html", status, community=found, form=form)

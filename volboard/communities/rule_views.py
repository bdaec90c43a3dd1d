"""The page on which a community decides for itself, and the public page of what it decided."""

from dataclasses import dataclass

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities import rule_wording as wording
from volboard.communities import worth_commands
from volboard.communities.blueprint import bp
from volboard.communities.queries import CommunityFact, community
from volboard.communities.rule_commands import change_rules
from volboard.communities.rule_forms import RulesForm, WorthForm
from volboard.communities.rule_queries import CommunityRules, community_rules
from volboard.communities.rules import FOUNDING, Worth, WorthState
from volboard.communities.worth_queries import History, Step, history, waiting
from volboard.core.access import Access, viewer
from volboard.core.devices import this_phone
from volboard.core.errors import NotFound, Refusal
from volboard.core.web import go_to, page

RULES = "/organize/communities/<id:community_id>/rules"
ONE = "/organize/rules/<id:rule_id>"
LAST_PAGE = 999


@dataclass(frozen=True)
class RulesPage:
    """All that a community decides, before an organizer."""

    community: CommunityFact
    form: RulesForm
    worth_form: WorthForm
    coming: Step | None
    """The proposal that waits."""
    account_id: int
    phone: str

    @property
    def is_mine(self) -> bool:
        return self.coming is not None and self.coming.proposed_by == self.account_id

    @property
    def is_same_phone(self) -> bool:
        return self.coming is not None and self.coming.proposed_on == self.phone


@dataclass(frozen=True)
class PublicRules:
    """What a community decided, for everybody."""

    community: CommunityFact
    rules: CommunityRules
    coming: Step | None
    history: History


@bp.get("/communities/<id:community_id>/rules", access=Access.PUBLIC)
def show_public_rules(community_id: int) -> ResponseReturnValue:
    """What holds today, what is to come, and every change that was ever made or proposed."""
    shown = PublicRules(
        community(community_id), community_rules(community_id), waiting(community_id),
        history(community_id, min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)),
    )  # fmt: skip
    return page("communities/public_rules.html", shown=shown, words=wording)


@bp.get(RULES, access=Access.ORGANIZER)
def show_rules(community_id: int) -> ResponseReturnValue:
    return rules_page(managed(community_id))


@bp.post(RULES, access=Access.ORGANIZER)
def change_community_rules(community_id: int) -> ResponseReturnValue:
    found, form = managed(community_id), RulesForm()
    if not form.is_right():
        return rules_page(found, form, status=422)
    changed = change_rules(community_id, form.draft(), viewer())
    flash(_("存好了，从现在起照新的来。") if changed else _("和原来一样，没有改动。"), "done")
    return go_to(f"/organize/communities/{community_id}/rules")


@bp.post(RULES + "/worth", access=Access.ORGANIZER)
def propose_worth(community_id: int) -> ResponseReturnValue:
    found, form = managed(community_id), WorthForm()
    if not form.is_right():
        return rules_page(found, worth_form=form, status=422)
    try:
        made = worth_commands.propose(community_id, form.worth(), viewer(), this_phone())
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return rules_page(found, worth_form=form, status=refusal.status)
    waits = _("提好了。另一位组织者用自己的手机同意，第二天起才照新的算。")
    lower = _("存好了，从明天起照新的算。今天的还照今天的。")
    flash(lower if made.state == WorthState.LOWERED else waits, "done")
    return go_to(f"/organize/communities/{community_id}/rules")


@bp.post(ONE + "/agree", access=Access.ORGANIZER)
def agree_to_worth(rule_id: int) -> ResponseReturnValue:
    community_id = worth_commands.agree(rule_id, viewer(), this_phone())
    return decided(community_id, _("同意了，从明天起照新的算。今天的还照今天的。"))


@bp.post(ONE + "/refuse", access=Access.ORGANIZER)
def refuse_worth(rule_id: int) -> ResponseReturnValue:
    community_id = worth_commands.refuse(rule_id, viewer(), this_phone())
    return decided(community_id, _("没有同意，还照原来的算。"))


@bp.post(ONE + "/withdraw", access=Access.ORGANIZER)
def withdraw_worth(rule_id: int) -> ResponseReturnValue:
    community_id = worth_commands.withdraw(rule_id, viewer(), this_phone())
    return decided(community_id, _("撤回了，还照原来的算。"))


def decided(community_id: int, said: str) -> ResponseReturnValue:
    """Back to the rules, with what was done."""
    flash(said, "done")
    return go_to(f"/organize/communities/{community_id}/rules")


def managed(community_id: int) -> CommunityFact:
    """The community within this person's power; raises NotFound."""
    if not viewer().manages(community_id):
        raise NotFound
    return community(community_id)


def last_worth(rules: CommunityRules) -> Worth:
    """What holds, or is to hold, after all else."""
    return rules.last.worth if rules.last else FOUNDING


def rules_page(
    found: CommunityFact, form: RulesForm | None = None, worth_form: WorthForm | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    """What minutes are worth in one form, all other rules in another."""
    rules = community_rules(found.id)
    shown = RulesPage(
        found, form or RulesForm.of(rules), worth_form or WorthForm.of(last_worth(rules)),
        waiting(found.id), viewer().id, this_phone().id,
    )  # fmt: skip
    return page("communities/rules.html", status, shown=shown, rules=rules, words=wording)

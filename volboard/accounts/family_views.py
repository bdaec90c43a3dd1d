"""The family: who is looked after with this account."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts import commands
from volboard.accounts.blueprint import bp
from volboard.accounts.commands import agreed
from volboard.accounts.errors import NameNeedsTwo, NameTaken
from volboard.accounts.forms import FamilyForm
from volboard.accounts.household_queries import proposed_to
from volboard.accounts.name_queries import is_seen
from volboard.accounts.queries import Person, household
from volboard.accounts.rules import ConsentKind
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page

FAMILY = "/me/family"


@bp.get("/me/family", access=Access.SIGNED_IN)
def show_family() -> ResponseReturnValue:
    return family_page(FamilyForm.blank())


@bp.post("/me/family", access=Access.SIGNED_IN)
def add_family() -> ResponseReturnValue:
    form = FamilyForm()
    if not form.is_right():
        return family_page(form, 422)
    try:
        commands.add_family(viewer().id, *form.names, form.about)
    except NameTaken as refusal:
        form.refuse("name", refusal)
        return family_page(form, 422)
    flash(_("加好了。以后报名，一按就能给%(name)s报。", name=form.called), "done")
    return go_to(FAMILY)


@bp.get("/me/family/<id:volunteer_id>", access=Access.SIGNED_IN)
def show_member(volunteer_id: int) -> ResponseReturnValue:
    member = my_family(volunteer_id)
    form = FamilyForm.of(member, agreed(volunteer_id, ConsentKind.GUARDIAN))
    return member_page(member, form)


@bp.post("/me/family/<id:volunteer_id>", access=Access.SIGNED_IN)
def change_member(volunteer_id: int) -> ResponseReturnValue:
    member = my_family(volunteer_id)
    form = FamilyForm(meta={"guardian_agreed": agreed(volunteer_id, ConsentKind.GUARDIAN)})
    if not form.is_right():
        return member_page(member, form, 422)
    try:
        commands.change_family(viewer().id, volunteer_id, *form.names, form.about)
    except (NameTaken, NameNeedsTwo) as refusal:
        form.refuse("name", refusal)
        return member_page(member, form, 422)
    flash(_("改好了。"), "done")
    return go_to(FAMILY)


@bp.post("/me/family/<id:volunteer_id>/remove", access=Access.SIGNED_IN)
def remove_member(volunteer_id: int) -> ResponseReturnValue:
    commands.remove_family(viewer().id, volunteer_id)
    flash(_("已经从家人里移出。要找回来，再加一次同样的名字就行。"), "done")
    return go_to(FAMILY)


def my_family(volunteer_id: int) -> Person:
    """The member of this person's family; raises NotFound for everybody else."""
    for person in household(viewer().id):
        if person.volunteer_id == volunteer_id and not person.is_self:
            return person
    raise NotFound


def member_page(member: Person, form: FamilyForm, status: int = 200) -> Response:
    """One of the family; once an organizer has seen them, the name has a page of its own."""
    return page("accounts/family_member.html", status, member=member, form=form,
                is_seen=is_seen(member.volunteer_id))  # fmt: skip


def family_page(form: FamilyForm, status: int = 200) -> Response:
    """The household, and a form to add to it."""
    return page("accounts/family.html", status, family=household(viewer().id), form=form,
                asked=proposed_to(viewer().id))  # fmt: skip

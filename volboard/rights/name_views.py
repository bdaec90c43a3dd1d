"""Another name: the household's own page, and the organizers' desk."""

from dataclasses import dataclass

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.errors import NameTaken, NotAName, NothingToRename
from volboard.accounts.name_queries import is_seen
from volboard.accounts.queries import Person, person
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.security import limiter
from volboard.core.web import go_to, page
from volboard.rights import name_commands as commands
from volboard.rights.blueprint import bp
from volboard.rights.errors import NobodyOfThatName
from volboard.rights.name_commands import DESK
from volboard.rights.name_forms import DeskNameForm, NewNameForm
from volboard.rights.name_queries import Change, Wish, name_desk, own_changes, own_wish

OWN = "/me/names/<id:volunteer_id>"
ONE = f"{DESK}/<id:request_id>"
CANNOT = (NameTaken, NotAName, NothingToRename)
per_account = limiter.limit("10/hour", key_func=lambda: f"name {viewer().id}")
per_organizer = limiter.limit("20/minute; 120/hour", key_func=lambda: f"name desk {viewer().id}")


@dataclass(frozen=True)
class OwnName:
    """Somebody of the household, what they were called, and what waits."""

    person: Person
    is_seen: bool
    wish: Wish | None
    changes: tuple[Change, ...]
    back: str
    """The page on which the name stands."""


@bp.get(OWN, access=Access.SIGNED_IN)
def show_name(volunteer_id: int) -> ResponseReturnValue:
    return own_page(volunteer_id, NewNameForm.blank())


@bp.post(OWN, access=Access.SIGNED_IN)
@per_account
def ask_for_name(volunteer_id: int) -> ResponseReturnValue:
    """Let another name wait for an organizer."""
    form = NewNameForm()
    if not form.is_right():
        return own_page(volunteer_id, form, 422)
    name, reason = form.text("new_name"), form.text("reason")
    try:
        commands.ask_for_own(volunteer_id, name, reason, viewer())
    except CANNOT as refusal:
        form.refuse("new_name", refusal)
        return own_page(volunteer_id, form, 422)
    flash(_("记下了。组织者同意以前，还是现在的名字。"), "done")
    return go_to(f"/me/names/{volunteer_id}")


@bp.post(f"{OWN}/withdraw", access=Access.SIGNED_IN)
def withdraw_own_name(volunteer_id: int) -> ResponseReturnValue:
    found = of_household(volunteer_id).wish
    if found is None:
        raise NotFound
    commands.withdraw(found.id, viewer())
    flash(_("不改了，还是现在的名字。"), "done")
    return go_to(f"/me/names/{volunteer_id}")


@bp.get(DESK, access=Access.ORGANIZER)
def show_names() -> ResponseReturnValue:
    """Names that wait for a second person, and those that changed lately."""
    return page("rights/names.html", desk=name_desk(viewer()))


@bp.get(f"{DESK}/new", access=Access.ORGANIZER)
def show_new_name() -> ResponseReturnValue:
    return page("rights/new_name.html", form=DeskNameForm.blank())


@bp.post(f"{DESK}/new", access=Access.ORGANIZER)
@per_organizer
def ask_at_the_desk() -> ResponseReturnValue:
    form = DeskNameForm()
    if not form.is_right():
        return page("rights/new_name.html", 422, form=form)
    phone, name, new, why = (form.text(key) for key in ("phone", "name", "new_name", "reason"))
    try:
        commands.ask_at_the_desk(phone, name, new, why, viewer())
    except NobodyOfThatName as refusal:
        form.refuse("name", refusal)
    except CANNOT as refusal:
        form.refuse("new_name", refusal)
    else:
        flash(_("记下了。另一位组织者同意以后，名字才改。"), "done")
        return go_to(DESK)
    return page("rights/new_name.html", 422, form=form)


@bp.post(f"{ONE}/agree", access=Access.ORGANIZER)
def agree_to_name(request_id: int) -> ResponseReturnValue:
    found = commands.decide(request_id, True, viewer())
    flash(_("同意了。%(name)s 从现在起用新名字，以前的名字留在历史里。", name=found.name), "done")
    return go_to(DESK)


@bp.post(f"{ONE}/refuse", access=Access.ORGANIZER)
def refuse_name(request_id: int) -> ResponseReturnValue:
    found = commands.decide(request_id, False, viewer())
    flash(_("没有同意，还是叫 %(name)s。", name=found.name), "done")
    return go_to(DESK)


@bp.post(f"{ONE}/withdraw", access=Access.ORGANIZER)
def withdraw_name(request_id: int) -> ResponseReturnValue:
    """Take back what one asked for at the desk."""
    commands.withdraw(request_id, viewer())
    flash(_("不改了，还是现在的名字。"), "done")
    return go_to(DESK)


def of_household(volunteer_id: int) -> OwnName:
    """One of this person's household; raises NotFound for everybody else."""
    found = person(volunteer_id)
    if found is None or found.account_id != viewer().id:
        raise NotFound
    back = "/me/account" if found.is_self else f"/me/family/{volunteer_id}"
    return OwnName(found, is_seen(volunteer_id), own_wish(volunteer_id),
                   own_changes(volunteer_id), back)  # fmt: skip


def own_page(volunteer_id: int, form: NewNameForm, status: int = 200) -> Response:
    """The page of a name, with the form for another one."""
    return page("rights/name.html", status, own=of_household(volunteer_id), form=form)

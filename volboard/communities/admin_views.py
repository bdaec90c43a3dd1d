"""The admin's desk: communities, and who organizes in them."""

from flask import Response, current_app, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities import commands
from volboard.communities.blueprint import bp
from volboard.communities.errors import CommunityNameTaken, HasPower, NoSuchAccount
from volboard.communities.forms import CommunityForm, GrantForm, RevokeForm
from volboard.communities.power_queries import open_offers
from volboard.communities.queries import communities, community, organizers
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, page


@bp.get("/admin", access=Access.ADMIN)
def show_admin() -> ResponseReturnValue:
    return admin_page(GrantForm.blank())


@bp.post("/admin/organizers", access=Access.ADMIN)
def grant() -> ResponseReturnValue:
    """Offer an office. The code stands on this one answer only."""
    form = GrantForm()
    form.offer(communities())
    if not form.is_right():
        return admin_page(form, 422)
    place = community(form["community"].data)
    try:
        offer = commands.offer_office(form.text("phone"), place.id, viewer().id)
    except (NoSuchAccount, HasPower) as refusal:
        form.refuse("phone", refusal)
        return admin_page(form, 422)
    return page("communities/power_code.html", offer=offer, place=place)


@bp.post("/admin/offers/<id:code_id>/withdraw", access=Access.ADMIN)
def withdraw_offer(code_id: int) -> ResponseReturnValue:
    commands.withdraw(code_id, viewer().id)
    flash(_("收回了，这个验证码没有用了。"), "done")
    return go_to("/admin")


@bp.post("/admin/organizers/remove", access=Access.ADMIN)
def revoke() -> ResponseReturnValue:
    form = RevokeForm()
    if not form.is_right():
        raise NotFound
    commands.revoke(form["account_id"].data, form["community_id"].data, viewer().id)
    flash(_("已经取消，从现在起生效。"), "done")
    return go_to("/admin")


@bp.get("/admin/communities/new", access=Access.ADMIN)
def show_new_community() -> ResponseReturnValue:
    return page("communities/community_form.html", form=CommunityForm.blank(), community=None)


@bp.post("/admin/communities/new", access=Access.ADMIN)
def create_community() -> ResponseReturnValue:
    form = CommunityForm()
    if not form.is_right():
        return page("communities/community_form.html", 422, form=form, community=None)
    try:
        commands.create_community(form.draft())
    except CommunityNameTaken as refusal:
        form.refuse("name", refusal)
        return page("communities/community_form.html", 422, form=form, community=None)
    flash(_("社区建好了。"), "done")
    return go_to("/admin")


@bp.get("/admin/communities/<id:community_id>", access=Access.ADMIN)
def show_community(community_id: int) -> ResponseReturnValue:
    found = community(community_id)
    form = CommunityForm.blank(obj=found)
    return page("communities/community_form.html", form=form, community=found)


@bp.post("/admin/communities/<id:community_id>", access=Access.ADMIN)
def change_community(community_id: int) -> ResponseReturnValue:
    found, form = community(community_id), CommunityForm()
    if not form.is_right():
        return page("communities/community_form.html", 422, form=form, community=found)
    try:
        commands.change_community(community_id, form.draft())
    except CommunityNameTaken as refusal:
        form.refuse("name", refusal)
        return page("communities/community_form.html", 422, form=form, community=found)
    flash(_("存好了。"), "done")
    return go_to("/admin")


def admin_page(form: GrantForm, status: int = 200) -> Response:
    """All communities with their organizers, who may become one, and a form for another."""
    places = communities()
    form.offer(places)
    return page("communities/admin.html", status, form=form, places=places,
                organizers=organizers(), offers=open_offers(),
                base_url=current_app.extensions["settings"].base_url)  # fmt: skip

"""Who may enter: no route can be written without saying it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any, cast

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from volboard.core.errors import NotFound
from volboard.core.web import safe_path, sign_in_url

View = Callable[..., ResponseReturnValue]
LOGIN = "_login_user"
"""Under what flask-login keeps the viewer for the time of a request."""


class Access(StrEnum):
    """Who may enter a route; what they may see there is the query's business."""

    PUBLIC = "public"
    """Everybody."""
    SIGNED_IN = "signed_in"
    """Whoever has signed in; visitors are sent to the sign-in page and back."""
    ORGANIZER = "organizer"
    """Organizers of any community and the admin; to others the page does not exist."""
    ADMIN = "admin"
    """The admin; to others the page does not exist."""


@dataclass(frozen=True)
class Viewer:
    """The person behind a request, as facts: what flask-login calls the user."""

    id: int = 0
    """The account's id; 0 for a visitor."""
    volunteer_id: int = 0
    name: str = ""
    session_version: int = 0
    is_admin: bool = False
    communities: frozenset[int] = field(default_factory=frozenset)
    """Ids of the communities that this person organizes."""
    language: str | None = None
    large_text: bool | None = None
    helped_by: int | None = None
    """The organizer whose desk code opened this account last, until another one has seen the
    person; none where that is so or no code was used."""
    helped_at: datetime | None = None
    """When the code was used."""
    has_password: bool = True
    """Whether they can sign in on another phone by themself."""

    @property
    def is_signed_in(self) -> bool:
        return self.id != 0

    @property
    def is_organizer(self) -> bool:
        return self.is_admin or bool(self.communities)

    def manages(self, community_id: int) -> bool:
        """Whether this person's power reaches the community."""
        return self.is_admin or community_id in self.communities

    @property
    def is_authenticated(self) -> bool:
        return self.is_signed_in

    @property
    def is_active(self) -> bool:
        return self.is_signed_in

    @property
    def is_anonymous(self) -> bool:
        return not self.is_signed_in

    def get_id(self) -> str:
        return f"{self.id}.{self.session_version}"


def viewer() -> Viewer:
    """The person behind the current request. Views only; nothing below asks for it."""
    return cast(Viewer, current_user._get_current_object())


def known_id() -> int | None:
    """The account behind this request, if somebody has asked for it; asks nobody itself."""
    known: Viewer | None = g.get(LOGIN)
    return (known and known.id) or None


def look_no_further() -> None:
    """Take who is not known by now for a visitor: the database is not to be asked any more."""
    if LOGIN not in g:
        setattr(g, LOGIN, Viewer())


class GuardedBlueprint(Blueprint):
    """A blueprint on which a route without `access=` cannot be written."""

    def route(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        register = super().route(rule, **options)

        def decorate(view: View) -> View:
            register(guarded(view, access))
            return view

        return decorate

    def get(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.route(rule, access=access, methods=["GET"], **options)

    def post(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.route(rule, access=access, methods=["POST"], **options)


def guarded(view: View, access: Access) -> View:
    """The view, answering only those whom `access` lets in."""

    @wraps(view)
    def guard(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if access is Access.PUBLIC or lets_in(access, viewer()):
            return view(*args, **kwargs)
        if viewer().is_signed_in:
            raise NotFound
        return _to_sign_in()

    guard.access = access  # type: ignore[attr-defined]
    return guard


def lets_in(access: Access, person: Viewer) -> bool:
    """Whether this person passes a door of this kind."""
    if access is Access.ADMIN:
        return person.is_admin
    if access is Access.ORGANIZER:
        return person.is_organizer
    return person.is_signed_in or access is Access.PUBLIC


def _to_sign_in() -> ResponseReturnValue:
    flash(_("请先登录，再接着做。"), "info")
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    url = sign_in_url(safe_path(back, default="/me"))
    if request.headers.get("HX-Request") == "true":
        return "", 401, {"HX-Redirect": url}
    return redirect(url, 303)

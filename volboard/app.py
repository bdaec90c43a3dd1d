"""The application factory: settings, core, then each slice's blueprint."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, request
from flask_compress import Compress
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix

from volboard.accounts.giving_away import ENDING, TELL_OF_HELP
from volboard.accounts.sign_in_views import DESKS
from volboard.attendance import absences
from volboard.attendance import queries as gate
from volboard.communities.queries import communities, load_viewer
from volboard.communities.worth_commands import TELL_OF_WORTH
from volboard.config import ROOT, Settings
from volboard.core import (
    access,
    assets,
    failures,
    formats,
    i18n,
    logs,
    reading,
    security,
    site,
    templates,
    tongues,
)
from volboard.core.db import db, engine_options
from volboard.core.web import IdConverter, safe_path
from volboard.events.commands import TELL
from volboard.events.inviting import INVITING, Inviting
from volboard.home import front
from volboard.invitations.commands import invite
from volboard.invitations.queries import last_time
from volboard.messages.help_telling import tell_of_help
from volboard.messages.rule_notices import tell_of_worth
from volboard.signups.cards import ABSENCES, GATE
from volboard.signups.ending import end_given_away
from volboard.signups.telling import tell_event_changed
from volboard.slices import BLUEPRINTS

MAX_FORM_BYTES = 256 * 1024
SIGNED_IN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Site:
    """What every page shows of the installation and of the request."""

    name: str
    demo: bool
    language: str
    large: bool
    path: str


def create_app(settings: Settings | None = None) -> Flask:
    """Build the WSGI application; reads the settings from the environment by default."""
    settings = settings or Settings.from_environ()
    app = Flask(
        __name__,
        static_folder=None,
        template_folder=ROOT / "templates",
        instance_path=str(settings.instance),
    )
    app.jinja_environment = templates.Templates
    app.config.update(_flask_config(settings))
    app.url_map.converters["id"] = IdConverter
    reading.init_app(app)
    app.extensions["settings"] = settings
    _start_core(app, settings)
    app.extensions[GATE] = gate.marks
    app.extensions[ABSENCES] = absences.noted
    app.extensions[DESKS] = communities
    app.extensions[INVITING] = Inviting(last_time, invite)
    app.extensions[TELL] = tell_event_changed
    app.extensions[TELL_OF_WORTH] = tell_of_worth
    app.extensions[ENDING] = end_given_away
    app.extensions[TELL_OF_HELP] = tell_of_help
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": MAX_FORM_BYTES,
        "MAX_FORM_PARTS": 500,
        "SITE_HOSTS": security.hosts_of(settings.base_url, settings.trusted_hosts),
        "RATELIMIT_STORAGE_URI": settings.ratelimit_url,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 2,  # half the time of 4 for a page that is 8 % larger
        "COMPRESS_MIN_SIZE": 500,
        "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": False,  # only the front cache makes ETags
    }


def _start_core(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    login = LoginManager(app)
    login.session_protection = None  # type: ignore[assignment]
    login.anonymous_user = access.Viewer  # type: ignore[assignment]
    login.user_loader(load_viewer)
    logs.init_app(app)
    i18n.init_app(app)
    templates.init_app(app)
    failures.init_app(app)
    security.init_app(app)
    formats.init_app(app)
    Compress(app)
    if settings.front_cache:
        front.init_app(app)
    tongues.init_app(app)
    assets.init_app(app, settings.instance)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    _add_page_context(app, settings)


def _add_page_context(app: Flask, settings: Settings) -> None:
    @cache
    def is_demo() -> bool:
        return site.is_demo()

    @app.context_processor
    def page_context() -> dict[str, object]:
        is_read = request.method in ("GET", "HEAD")
        return {
            "viewer": access.viewer(),
            "site": Site(
                name=settings.site_name,
                demo=not failures.is_without_database() and is_demo(),
                language=i18n.language(),
                large=i18n.large_text(),
                path=request.full_path.rstrip("?") if is_read else safe_path(request.referrer),
            ),
        }

"""Headers, CSRF, the host, the same-origin check and limits, on every request and answer."""

import re
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask_babel import lazy_gettext as _l
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.sansio.utils import host_is_trusted

from volboard.core.assets import styles_hash
from volboard.core.errors import Refusal

CONTENT_POLICY = "; ".join(
    f"{name} {value}"
    for name, value in {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' {styles_hash()}",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
    }.items()
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_MINUTE = 60
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SAME_SITE = ("same-origin", "none")
"""What a browser says of a write from our own page, and of one that somebody began by hand."""
ORIGIN = re.compile(r"https?://([^/@?#\s]+)")
WELLNESS = ("/healthz", "/readyz")
"""Asked by address, by whoever watches over the server; they name no address of ours."""


class ForeignHost(Refusal):
    """A request for a site that this one is not: its links would lead to whoever sent it."""

    status = 400
    title = _l("不是这个网站")
    message = _l("这个网址不是本站的。请用社区给的网址，或扫社区的二维码再来。")


class RouteLimiter(Limiter):
    """Counts where a route says so with `@limiter.limit`; before all others it asks nothing."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


csrf = CSRFProtect()
limiter = RouteLimiter(get_remote_address, headers_enabled=False)
"""Counts per worker process unless VOLBOARD_RATELIMIT_URL names a shared store."""


def init_app(app: Flask) -> None:
    """Put the guards in front of every request and the headers on every answer."""
    app.before_request(refuse_broken_text)
    app.before_request(refuse_foreign_hosts)
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(refuse_foreign_writes)
    app.after_request(forget_broken_cookies)
    app.after_request(add_headers)


def refuse_foreign_writes() -> None:
    """Refuse a write that another site's page sends, whatever token it carries."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in SAME_SITE:
        abort(403)
    if origin is not None and not _is_of_this_host(origin):
        abort(403)


def _is_of_this_host(origin: str) -> bool:
    """Whether a page of this host sent it; TLS ends before us, so the scheme is not compared."""
    found = ORIGIN.fullmatch(origin)
    return found is not None and found[1].lower() == request.host.lower() != ""


def refuse_broken_text() -> None:
    """Refuse a path, a query or a cookie of ours whose bytes are no UTF-8."""
    request.refuse_broken_text()  # type: ignore[attr-defined]


def forget_broken_cookies(response: Response) -> Response:
    """Let a phone drop what was refused, for nobody can empty it by hand inside WeChat."""
    for name in request.broken_cookies:  # type: ignore[attr-defined]
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")
    return response


def hosts_of(base_url: str, trusted: Iterable[str]) -> tuple[str, ...]:
    """The names of this site: of its own address, and those named besides; none: any will do."""
    own = urlsplit(base_url).hostname
    return tuple(name for name in (own, *trusted) if name)


def refuse_foreign_hosts() -> None:
    """Refuse a name that is not the site's, once its names are known.

    Whether we are well may be asked under any name: who watches knows only an address.
    """
    hosts = current_app.config["SITE_HOSTS"]
    if not hosts or request.path in WELLNESS:
        return
    if not host_is_trusted(request.host.lower(), hosts):
        raise ForeignHost


def cookie_cannot_come() -> bool:
    """Whether the browser keeps no cookie of ours: it is for TLS alone, and this request came
    without, as far as the proxy before us tells. Then no form can ever be sent."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    by_tls = request.is_secure or request.headers.get("X-Forwarded-Proto", "").startswith("https")
    return (
        secure and not by_tls and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies
    )


def seconds_to_wait() -> int:
    """Until the limit that this request met lets the next one through; at least one."""
    met = limiter.current_limit
    return max(1, int(met.reset_at - time.time())) if met else A_MINUTE


def add_headers(response: Response) -> Response:
    """Add the security headers; an answer that says nothing of caching is private."""
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend(pair for pair in HEADERS.items() if pair[0].lower() not in present)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if response.status_code == 429:
        response.headers["Retry-After"] = str(seconds_to_wait())
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response

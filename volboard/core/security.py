"""Headers, CSRF, the same-origin check and rate limits, on every answer and request."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

from volboard.core.assets import styles_hash

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
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


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
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(refuse_foreign_writes)
    app.after_request(add_headers)


def refuse_foreign_writes() -> None:
    """Refuse a write that another site's page sends, whatever token it carries."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site in ("cross-site", "same-site"):
        abort(403)
    if origin and _host_of(origin) != request.host:
        abort(403)


def _host_of(origin: str) -> str:
    """The host of an address; empty for what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def add_headers(response: Response) -> Response:
    """Add the security headers; an answer that says nothing of caching is private."""
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend(pair for pair in HEADERS.items() if pair[0].lower() not in present)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response

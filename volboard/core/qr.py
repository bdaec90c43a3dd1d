"""QR codes, and the absolute addresses that they say."""

import io

import segno
from flask import Request, current_app
from flask_babel import gettext as _
from markupsafe import Markup

PICTURE_SCALE = 16
"""Points for a module of the code: large enough for a photograph of the screen."""


def absolute(request: Request, path: str) -> str:
    """The address of a path as another phone must write it.

    VOLBOARD_BASE_URL decides, so that no sender of a forged Host header does; where it is not
    set, the host of this request.
    """
    base = current_app.extensions["settings"].base_url or request.host_url.rstrip("/")
    return f"{base}{path}"


def picture(url: str) -> bytes:
    """A QR code as a PNG, which a phone can keep among its photographs."""
    drawing = io.BytesIO()
    segno.make(url, micro=False, error="m").save(drawing, kind="png", scale=PICTURE_SCALE, border=4)
    return drawing.getvalue()


def code(url: str, border: int = 2) -> Markup:
    """A QR code as inline SVG with a name for screen readers; its size is the style sheet's."""
    drawing = io.BytesIO()
    segno.make(url, micro=False, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=border,
        light="#fff", dark="#000", svgclass=None, lineclass=None, title=_("二维码"),
    )  # fmt: skip
    return Markup(drawing.getvalue().decode())  # noqa: S704 - drawn by segno from an address
